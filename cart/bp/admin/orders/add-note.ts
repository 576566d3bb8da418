import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { MAX_NOTE_LETTERS } from "@rose-ash/shared/models/order-notes.ts";
import { z } from "zod";
import { type OrderParams, orderParams } from "../../order/order.ts";
import { getOrder, sendOrder } from "./show.ts";

const body = z.object({
  words: z
    .string()
    .max(10 * MAX_NOTE_LETTERS)
    .catch("")
    .default(""),
});

/** POST /admin/orders/:reference/notes: somebody writes something down about an order, for whoever looks at it later. */
export const addNote: Route<{ Params: OrderParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/orders/:reference/notes",
  schema: { params: orderParams, body },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const order = await getOrder(request);
    const words = request.body.words.replaceAll("\u0000", "").trim();
    if (words === "" || words.length > MAX_NOTE_LETTERS) {
      const message =
        words === "" ? "Write something down." : `A note has at most ${MAX_NOTE_LETTERS} letters, and this one ${words.length}.`;
      return sendOrder(request, reply.code(422), order, { typed: { words }, messages: { words: message } });
    }
    const { userId: by } = adminOf(request);
    await transaction(async (tx) => {
      await services.orders.addNote(tx, order.id, { by, words });
      const entry = { app: "cart", by, action: "write note", subject: `order:${order.id}`, reason: "" } as const;
      await services.audit.record(tx, { ...entry, before: null, after: { letters: words.length } });
    });
    return reply.redirect(`/admin/orders/${order.reference}#notes`, 303);
  },
};
