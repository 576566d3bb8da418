import { adminOnly } from "../../admin/index.ts";
import type { Route } from "../../http/index.ts";
import { backTo, handlingParams, type VerdictRequest, verdictBody, verdictOf } from "./params.ts";

/** POST /admin/activities/:id/discard: it is never handled. */
export const discard: Route<VerdictRequest> = {
  method: "POST",
  url: "/admin/activities/:id/discard",
  schema: { params: handlingParams, body: verdictBody },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const isDone = await transaction((tx) => services.outbox.discardHandling(tx, verdictOf(request)));
    return reply.redirect(backTo(request.body, isDone ? "discarded" : "not-there-now"), 303);
  },
};
