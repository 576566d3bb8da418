import { adminOnly } from "../../admin/index.ts";
import type { Route } from "../../http/index.ts";
import { backTo, handlingParams, type VerdictRequest, verdictBody, verdictOf } from "./params.ts";

/** POST /admin/activities/:id/retry: now, and as often as at first. */
export const retry: Route<VerdictRequest> = {
  method: "POST",
  url: "/admin/activities/:id/retry",
  schema: { params: handlingParams, body: verdictBody },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const isDone = await transaction((tx) => services.outbox.retryHandling(tx, verdictOf(request)));
    return reply.redirect(backTo(request.body, isDone ? "retried" : "not-there-now"), 303);
  },
};
