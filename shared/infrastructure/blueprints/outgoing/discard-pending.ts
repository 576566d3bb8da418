import { z } from "zod";
import { wholeSiteOnly } from "../../admin/index.ts";
import type { Route } from "../../http/index.ts";
import { backWith, decisionBody, decisionOf } from "./decision.ts";

/** handler: empty for all of them. */
const body = decisionBody.extend({ handler: z.string().max(100).catch("") });

/** POST /admin/outgoing/discard: what was pending when the pause began is never handled. */
export const discardPending: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/outgoing/discard",
  schema: { body },
  attachValidation: true,
  onRequest: wholeSiteOnly("operate"),
  async handler(request, reply) {
    const decision = await decisionOf(request, reply);
    if (decision === null) return reply;
    const { services, transaction } = request.server;
    const handler = request.body.handler || null;
    const count = await transaction((tx) => services.outgoing.discardPending(tx, { ...decision, handler }));
    return backWith(reply, count === null ? "not-there-now" : "pending-discarded");
  },
};
