import { randomUUID } from "node:crypto";
import type { Shortfall } from "@rose-ash/shared/contracts/cycles.ts";
import type { OrderDetail } from "@rose-ash/shared/contracts/orders.ts";
import { adminOf, adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { writeLocal } from "@rose-ash/shared/infrastructure/zoned-time.ts";
import { amountText } from "@rose-ash/shared/models/money.ts";
import { TRANSITIONS } from "@rose-ash/shared/models/order-states.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type OrderParams, orderParams } from "../../order/order.ts";
import { REFUND_WORDS, STATUS_WORDS } from "../../order/words.ts";
import { matterView } from "./matters.ts";

/** A form given back: what was typed, and what is wrong with it. */
export interface Again {
  typed: Readonly<Record<string, string>>;
  messages: Readonly<Record<string, string>>;
}

/** GET /admin/orders/:reference: everything about one order, and what can be done with it. */
export const showOrder: Route<{ Params: OrderParams }> = {
  method: "GET",
  url: "/admin/orders/:reference",
  schema: { params: orderParams },
  onRequest: adminOnly("operate"),
  handler: async (request, reply) => sendOrder(request, reply, await getOrder(request), { typed: {}, messages: {} }),
};

export async function getOrder({ server, params }: FastifyRequest<{ Params: OrderParams }>): Promise<OrderDetail> {
  const order = await server.services.orders.find(params.reference);
  if (order === null) throw nothingHere();
  return order;
}

export async function sendOrder(request: FastifyRequest<{ Params: OrderParams }>, reply: FastifyReply, order: OrderDetail, again: Again) {
  const { payments, cycles, orders, audit } = request.server.services;
  const maySeeLog = adminOf(request).actions.includes("read-audit");
  const [matters, missing, owed, notes, log] = await Promise.all([
    payments.listMatters(),
    cycles.listShortfalls(order.id),
    payments.findOwed(order.id),
    orders.listNotes(order.id),
    maySeeLog ? audit.listAbout(`order:${order.id}`) : [],
  ]);
  const ways = TRANSITIONS.filter(({ from, by }) => from === order.status && by === "staff").map(({ to }) => to);
  const isSold = order.payment?.state === "paid" && order.receipt !== null;
  const leftMinor = isSold ? order.totalMinor - order.refundedMinor : 0;
  const owedMinor = Math.min(leftMinor, owedFor(order, missing));
  return reply.page("admin/orders/show.html", {
    menu: menuOf(request),
    ...{ order, missing, notes, log, maySeeLog },
    status: STATUS_WORDS[order.status],
    refunds: order.refunds.map((refund) => ({ ...refund, words: REFUND_WORDS[refund.state] })),
    matters: matters.filter(({ orderReference }) => orderReference === order.reference).map(matterView),
    ways: ways.map((to) => ({ to, words: STATUS_WORDS[to].words })),
    ...{ leftMinor, owed },
    today: writeLocal(request.server.runtime.clock.now(), request.server.runtime.site.timeZone).slice(0, 10),
    first: { amount: amountText(owedMinor || leftMinor, order.currency), reason: owedMinor > 0 ? "shortfall" : "asked" },
    isPayable: order.status === "pending_payment" || order.status === "expired",
    requestKey: randomUUID(),
    ...again,
  });
}

/** What was paid for what does not come, less what went back for it. */
function owedFor({ refunds }: OrderDetail, missing: readonly Shortfall[]): number {
  const back = refunds.filter(({ reason, state }) => reason === "shortfall" && state !== "refused");
  const sum = (amounts: readonly { amountMinor: number }[]) => amounts.reduce((total, { amountMinor }) => total + amountMinor, 0);
  return Math.max(0, sum(missing) - sum(back));
}
