import type { z } from "zod";
import { wholeSiteOnly } from "../../admin/index.ts";
import type { Route } from "../../http/index.ts";
import { backWith, decisionBody, decisionOf } from "./decision.ts";

/** POST /admin/outgoing/release: all that is pending goes out, from now on. */
export const release: Route<{ Body: z.output<typeof decisionBody> }> = {
  method: "POST",
  url: "/admin/outgoing/release",
  schema: { body: decisionBody },
  attachValidation: true,
  onRequest: wholeSiteOnly("operate"),
  async handler(request, reply) {
    const decision = await decisionOf(request, reply);
    if (decision === null) return reply;
    const { services, transaction } = request.server;
    const isDone = await transaction((tx) => services.outgoing.release(tx, decision));
    return backWith(reply, isDone ? "released" : "not-there-now");
  },
};
