import type { z } from "zod";
import { wholeSiteOnly } from "../../admin/index.ts";
import type { Route } from "../../http/index.ts";
import { backWith, decisionBody, decisionOf } from "./decision.ts";

/** POST /admin/outgoing/pause: nothing goes out any more, until somebody releases it. */
export const pause: Route<{ Body: z.output<typeof decisionBody> }> = {
  method: "POST",
  url: "/admin/outgoing/pause",
  schema: { body: decisionBody },
  attachValidation: true,
  onRequest: wholeSiteOnly("operate"),
  async handler(request, reply) {
    const decision = await decisionOf(request, reply);
    if (decision === null) return reply;
    const { services, transaction } = request.server;
    const isDone = await transaction((tx) => services.outgoing.pause(tx, decision));
    return backWith(reply, isDone ? "paused" : "not-there-now");
  },
};
