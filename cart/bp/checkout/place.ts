import { setTimeout as sleep } from "node:timers/promises";
import { cartOwnerOf } from "@rose-ash/shared/contracts/cart.ts";
import { type CyclePickUps, isBroughtTo, type LineRefusal } from "@rose-ash/shared/contracts/cycles.ts";
import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { PlaceResult, Placing } from "@rose-ash/shared/contracts/orders.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { OrderId, PickUpId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { sellersOf } from "./payable.ts";
import { type Again, sendCheckout } from "./show.ts";

const typed = z.record(z.string().max(60), z.string().max(300).catch(""));
const email = z.email().max(200);
const id = /^[1-9]\d{0,14}$/;

/** From one address, behind which many may sit: what is ordered is kept from others for half an hour. */
const MOST_A_MINUTE = 60;

/** How long a buyer waits for SumUp; what was begun goes on, and pressing again finds it. */
const PATIENCE_MS = 6_000;

/** POST /checkout: makes the order and leads to where it is paid. What can't be had, or costs something else by now, is said instead. */
export const placeOrder: Route<{ Body: z.output<typeof typed> }> = {
  method: "POST",
  url: "/checkout",
  schema: { body: typed },
  config: { requestsPerMinute: MOST_A_MINUTE, rateLimit: { groupId: "checkout" } }, // counted by itself
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const owner = cartOwnerOf(request.viewer);
    if (owner === null) return reply.redirect("/", 303);
    const cart = await services.cart.getCart(owner);
    const sellers = (await sellersOf(request.server, cart)).filter(({ isPayable }) => isPayable);
    const form = request.body;
    const cycles = cart.lines.some(({ cycle }) => cycle !== null) ? await services.cycles.pickUpsFor(owner) : [];
    const { typed: said, messages } = readForm(
      form,
      owner.kind === "device",
      cycles.filter(({ pickUps }) => pickUps.length > 0),
    );
    const userId = owner.kind === "member" ? owner.userId : null;
    const [holds, toAgree] = await Promise.all([services.site.listToAgree(null), services.site.listToAgree(userId)]);
    if (toAgree.some(({ kind, version }) => form[`agree-${kind}`] !== String(version)))
      messages["agreed"] = "Please read the texts as they are now, and agree to them.";
    if (Object.keys(messages).length > 0) return sendCheckout(request, reply.code(422), owner, { typed: form, messages, trouble: null });
    const placing = { ...said, sellers: sellers.map(({ id: seller }) => seller) };
    const result = await transaction(async (tx) => {
      const placed = await services.orders.placeFromCart(tx, owner, placing);
      for (const { orderId } of placed.kind === "placed" ? placed.orders : [])
        if (!(await services.site.agree(tx, { userId, orderId }, holds))) throw changedMeanwhile();
      return placed;
    });
    if (result.kind === "placed") return leadToPayment(request.server, reply, result);
    if (result.kind === "empty") return reply.redirect(result.latest === null ? "/" : `/orders/${result.latest}`, 303);
    return sendCheckout(request, reply.code(409), owner, { typed: form, messages: {}, trouble: troubleOf(result) });
  },
};

const changedMeanwhile = () =>
  new CodedError("unprocessable-form", "The texts to agree to were changed just now. Please go back and read them again.");

/** To SumUp; where SumUp is away, to the order's page, which waits and lets them try again. */
export async function leadToPayment(
  { paymentFlow, log }: FastifyInstance,
  reply: FastifyReply,
  { orderId, reference }: { orderId: OrderId; reference: string },
): Promise<FastifyReply> {
  const beginning = paymentFlow.begin(orderId).catch((error: unknown) => {
    log.warn({ err: error }, "a payment could not be begun");
    return { kind: "away" } as const;
  });
  const begun = await Promise.race([beginning, sleep(PATIENCE_MS, { kind: "away" } as const, { ref: false })]);
  if (begun.kind === "go") return reply.redirect(begun.url, 303);
  const why = { away: "?away=1", "no-merchant": "?away=2", "not-payable": "" }[begun.kind];
  return reply.redirect(`/orders/${reference}${why}`, 303);
}

function readForm(form: z.output<typeof typed>, isGuest: boolean, cycles: readonly CyclePickUps[]) {
  const messages: Record<string, string> = {};
  const text = (name: string) => (form[name] ?? "").replaceAll("\u0000", "").trim();
  if (isGuest && !email.safeParse(text("email")).success) messages["email"] = "Give an address that mail reaches: the receipt goes there.";
  if (isGuest && text("name") === "") messages["name"] = "Say a name: it stands on the crate.";
  const pickUps = cycles.map(({ cycleId, pickUps: offered }) => {
    const chosen = text(`pickUp-${cycleId}`);
    return { cycleId, chosen, delivery: offered.find((one) => String(one.id) === chosen)?.delivery ?? null };
  });
  for (const { cycleId, chosen } of pickUps) if (!id.test(chosen)) messages[`pickUp-${cycleId}`] = "Choose where you fetch it.";
  const rules = pickUps.flatMap(({ delivery }) => delivery ?? []);
  const lines = text("address")
    .split(/[\r\n]+/)
    .map((line) => line.trim());
  const address = { lines: lines.filter(Boolean).join("\n").slice(0, 300), postcode: text("postcode").toUpperCase().slice(0, 12) };
  if (rules.length > 0 && address.lines.length < 5) messages["address"] = "Say where it is brought to: house, street, place.";
  if (rules.some((rule) => !isBroughtTo(rule, address.postcode)))
    messages["postcode"] = "It is not brought there. Choose where you fetch it instead, or another address.";
  const typed: Omit<Placing, "sellers"> = {
    email: isGuest ? text("email").toLowerCase() : null,
    name: isGuest ? text("name").slice(0, 100) : "",
    shownTotalMinor: minorOf(text("shownTotalMinor")),
    pickUps: pickUps.map(({ cycleId, chosen, delivery }) => ({
      ...{ cycleId, pickUpId: Number(chosen) as PickUpId, address: delivery === null ? null : address },
      shownFeeMinor: delivery === null ? 0 : minorOf(text(`fee-${chosen}`)),
    })),
  };
  return { typed, messages };
}

/** What a page said; -1, which nothing costs: that is no amount. */
function minorOf(shown: string): number {
  return /^\d{1,9}$/.test(shown) ? Number(shown) : -1;
}

function troubleOf(result: Exclude<PlaceResult, { kind: "placed" | "empty" }>): Again["trouble"] {
  switch (result.kind) {
    case "price-changed":
      return {
        title: "The prices have changed",
        lines: ["What you see now is what it costs. Nothing was ordered yet: press again if that is fine with you."],
      };
    case "too-many":
      return {
        title: "Several of your orders wait for their payment",
        lines: [`Pay them, or call them off, before you order more. The newest is ${result.latest}: it is on your list of orders.`],
      };
    case "short":
      return {
        title: "Not all of it can be had",
        lines: result.lines.map(({ name, left }) => (left > 0 ? `${name}: ${left} left` : `${name}: sold out`)),
      };
    case "refused":
      return { title: "Not all of it can be ordered", lines: result.lines.map((line) => `${line.name}: ${whyOf(line)}`) };
    case "not-had":
      return {
        title: "Not all of it can be had",
        lines: result.lines.map(
          ({ name, trouble, left }) => `${name}: ${trouble || (left > 0 ? `${left} left` : "others have taken all of it")}`,
        ),
      };
    case "not-sold":
      return {
        title: "Something in the cart can’t be paid here",
        lines: ["Look at the cart: what is for some members only can’t be ordered by others."],
      };
  }
}

function whyOf({ why }: LineRefusal): string {
  if (why.kind === "cut-off") return "its order is closed";
  if (why.kind === "not-for-you") return "it is for others";
  return why.left > 0 ? `${why.left} left` : "others have taken all of it";
}
