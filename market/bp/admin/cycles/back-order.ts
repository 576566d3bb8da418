import type { AmendResult, SendResult } from "@rose-ash/shared/contracts/back-orders.ts";
import { adminOf, adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { type NoticeCode, withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { ORDER_PATH, type OrderParams, orderParams, orderPath } from "./params.ts";
import { mayPayBack } from "./pay-back.ts";
import { orderBadge } from "./words.ts";

/** GET /admin/cycles/:id/suppliers/:supplier: the order to one supplier, with who ordered what behind each line. */
export const showBackOrder: Route<{ Params: OrderParams }> = {
  method: "GET",
  url: ORDER_PATH,
  schema: { params: orderParams },
  onRequest: adminOnly("operate"),
  handler: (request, reply) => sendPage(request, reply, request.params, { messages: {} }),
};

/** The page; with messages: a form of it that came back, with what was typed into it. */
export async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  params: OrderParams,
  { messages, typed = {} }: { messages: Readonly<Record<string, string>>; typed?: Readonly<Record<string, string>> },
): Promise<FastifyReply> {
  const { backOrders } = request.server.services;
  const [order, short] = await Promise.all([
    backOrders.getBackOrder(params.id, params.supplier),
    backOrders.listShortOrders(params.id, params.supplier),
  ]);
  return reply.page("admin/cycles/back-order.html", {
    ...{ menu: menuOf(request), order, badge: orderBadge(order.state), messages, typed, here: orderPath(params) },
    ...{ short, isOwed: short.some(({ owedMinor }) => owedMinor > 0), mayPayBack: short.length > 0 && (await mayPayBack(request)) },
    errors: Object.entries(messages).map(([field, message]) => ({ field, message })),
  });
}

const SAID: Record<Exclude<SendResult["kind"] | AmendResult["kind"], "sent">, NoticeCode> = {
  "already-sent": "order-sent-already",
  "not-closed": "order-not-closed",
  "no-address": "order-no-address",
  nothing: "order-unchanged",
  undecided: "order-undecided",
  conflict: "not-there-now",
  unchanged: "order-unchanged",
  arrived: "not-there-now",
};

function answer(reply: FastifyReply, params: OrderParams, { kind }: SendResult | AmendResult): FastifyReply {
  return reply.redirect(withNotice(orderPath(params), kind === "sent" ? "order-sent" : SAID[kind]), 303);
}

/** POST …/sending: freezes it and mails it, once. */
export const sendOrder: Route<{ Params: OrderParams }> = {
  method: "POST",
  url: `${ORDER_PATH}/sending`,
  schema: { params: orderParams },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id, supplier } = request.params;
    const order = { cycleId: id, supplierId: supplier, by: adminOf(request).userId };
    return answer(reply, request.params, await transaction((tx) => services.backOrders.sendBackOrder(tx, order)));
  },
};

/** number: of the last sending, as the page showed it. */
const body = z.object({ number: z.coerce.number().int().min(1).max(10_000) });

/** POST …/amendment: what changed since it was sent goes to the supplier, too. */
export const amendOrder: Route<{ Params: OrderParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: `${ORDER_PATH}/amendment`,
  schema: { params: orderParams, body },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id, supplier } = request.params;
    const order = { cycleId: id, supplierId: supplier, number: request.body.number, by: adminOf(request).userId };
    return answer(reply, request.params, await transaction((tx) => services.backOrders.amendBackOrder(tx, order)));
  },
};
