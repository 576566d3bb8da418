import { type CartOwner, type CartView, cartOwnerOf } from "@rose-ash/shared/contracts/cart.ts";
import { type CyclePickUps, deliveryFee, type PickUp } from "@rose-ash/shared/contracts/cycles.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { letFormsEndAtSumUp } from "../forms-to-sumup.ts";
import { payablePart, sellersOf } from "./payable.ts";

/** What somebody typed, and what is wrong with it, when the form comes back. trouble: why nothing was placed. */
export interface Again {
  typed: Readonly<Record<string, string>>;
  messages: Readonly<Record<string, string>>;
  trouble: { title: string; lines: readonly string[] } | null;
}

const FRESH: Again = { typed: {}, messages: {}, trouble: null };

/** GET /checkout: who buys, where it is fetched, and what it comes to. An empty cart is shown as itself. */
export const showCheckout: Route = {
  method: "GET",
  url: "/checkout",
  async handler(request, reply) {
    const owner = cartOwnerOf(request.viewer);
    if (owner === null) return reply.redirect("/", 303);
    return sendCheckout(request, reply, owner, FRESH);
  },
};

/** The page, fresh or with what was typed and what is wrong. Without anything that can be paid here, the cart is shown as itself. */
export async function sendCheckout(request: FastifyRequest, reply: FastifyReply, owner: CartOwner, again: Again): Promise<FastifyReply> {
  const { services } = request.server;
  const [whole, cycles, toAgree] = await Promise.all([
    services.cart.getCart(owner),
    services.cycles.pickUpsFor(owner),
    services.site.listToAgree(owner.kind === "member" ? owner.userId : null),
  ]);
  const cart = payablePart(whole, await sellersOf(request.server, whole));
  if (cart.count === 0) return reply.redirect("/", 303);
  const offered = cycles.filter(({ pickUps }) => pickUps.length > 0);
  letFormsEndAtSumUp(reply);
  return reply.header("cache-control", "no-store").page("checkout/show.html", {
    cart,
    staysBehind: whole.count > cart.count,
    cycles: offered.map((cycle) => ({ ...cycle, pickUps: cycle.pickUps.map((one) => ({ ...one, feeMinor: feeOf(one, cycle, cart) })) })),
    canBeBrought: offered.some(({ pickUps }) => pickUps.some(({ delivery }) => delivery !== null)),
    toAgree,
    isMember: owner.kind === "member",
    buyerName: request.viewer.kind === "member" ? request.viewer.name : "",
    errors: Object.entries(again.messages).map(([field, message]) => ({ field: `field-${field}`, message })),
    ...again,
  });
}

/** What bringing it costs, by what the seller of the first thing of its cycle gets; null: it is fetched. */
function feeOf({ delivery }: PickUp, { cycleId }: CyclePickUps, { lines, sellers }: CartView): number | null {
  if (delivery === null) return null;
  const first = lines.find(({ cycle }) => cycle?.cycleId === cycleId);
  return deliveryFee(delivery, sellers.find(({ id }) => id === first?.merchantId)?.totalMinor ?? 0);
}
