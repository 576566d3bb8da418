import type { OrderDetail } from "@rose-ash/shared/contracts/orders.ts";
import type { ProofView, RelationHandle } from "@rose-ash/shared/contracts/relations.ts";
import { adminOf, adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { type OrderStatus, TRANSITIONS } from "@rose-ash/shared/models/order-states.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type OrderParams, orderParams } from "../../order/order.ts";
import { STATUS_WORDS } from "../../order/words.ts";
import { type Again, getOrder } from "./show.ts";

/** Of these relations whoever works on orders may see everything. */
const SHOWN = [
  ...["may_move", "held", "state", "transition", "line", "awaiting_stock", "by_order", "set_aside", "to_come"],
  ...["attention", "matter", "payment", "paid_amount", "due"],
].map((name) => `cart.${name}`);

const ATTENTION: RelationHandle<{ order: number; matter: string }> = {
  relation: "cart.attention",
  columns: { order: "order", matter: "text" },
};

/** A way that an order could go. why: what lets it, or, where it is held, what holds it; null: nobody knows of either. */
interface WayView {
  to: OrderStatus;
  words: string;
  by: string;
  isByStaff: boolean;
  may: boolean;
  why: ProofView | null;
}

const MOVERS = {
  payment: "money that comes",
  refund: "money that goes back",
  time: "the end of its time",
  buyer: "its buyer",
  staff: "staff",
};

/** GET /admin/orders/:reference/why: which ways an order can go, which it can't yet, and why. */
export const showWhy: Route<{ Params: OrderParams }> = {
  method: "GET",
  url: "/admin/orders/:reference/why",
  schema: { params: orderParams },
  onRequest: adminOnly("operate"),
  handler: async (request, reply) => sendWhy(request, reply, await getOrder(request), { typed: {}, messages: {} }),
};

export async function sendWhy(request: FastifyRequest<{ Params: OrderParams }>, reply: FastifyReply, order: OrderDetail, again: Again) {
  const { relations } = request.server.services;
  const { userId, actions } = adminOf(request);
  const fact = (relation: string, ...values: string[]) => ({ relation: `cart.${relation}`, values: [`order:${order.id}`, ...values] });
  const ways = TRANSITIONS.filter(({ from }) => from === order.status);
  const [views, matters] = await Promise.all([
    Promise.all(
      ways.map(async ({ to, by }): Promise<WayView> => {
        const lets = await relations.explain(userId, fact("may_move", order.status, to), SHOWN);
        const why = lets ?? (await relations.explain(userId, fact("held", order.status, to), SHOWN));
        return { to, words: STATUS_WORDS[to].words, by: MOVERS[by], isByStaff: by === "staff", may: lets !== null, why };
      }),
    ),
    relations.list(ATTENTION, { order: order.id }),
  ]);
  const proofs = await Promise.all(matters.map(({ matter }) => relations.explain(userId, fact("attention", matter), SHOWN)));
  return reply.page("admin/orders/why.html", {
    menu: menuOf(request),
    order,
    status: STATUS_WORDS[order.status],
    ways: views,
    attention: proofs.filter((proof) => proof !== null),
    mayOverride: actions.includes("assert-facts"),
    ...again,
  });
}

/** Whether staff may bring an order there now; money, time and buyers are not asked about it. */
export function mayMove({ server }: FastifyRequest, { id, status }: OrderDetail, to: OrderStatus): Promise<boolean> {
  return server.services.relations.holds({ relation: "cart.may_move", values: [`order:${id}`, status, to] });
}
