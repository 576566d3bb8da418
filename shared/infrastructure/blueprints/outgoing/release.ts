import { z } from "zod";
import { wholeSiteOnly } from "../../admin/index.ts";
import type { Route } from "../../http/index.ts";
import { backWith, decisionBody, decisionOf } from "./decision.ts";

const body = decisionBody.extend({ withoutList: z.enum(["yes", "no"]).catch("no") });

/**
 * POST /admin/outgoing/release: who was erased before the database came back is erased again, and then all that is pending goes out, in
 * one transaction. withoutList: the list that lies beside the backups could not be read, and the admin knows that nobody is missing.
 */
export const release: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/outgoing/release",
  schema: { body },
  attachValidation: true,
  onRequest: wholeSiteOnly("operate"),
  async handler(request, reply) {
    const decision = await decisionOf(request, reply);
    if (decision === null) return reply;
    const { services, transaction } = request.server;
    const [pause, list] = await Promise.all([services.outgoing.findPause(), services.erasures.getList()]);
    const cameBack = pause !== null && pause.reason === null;
    if (cameBack && !list.isOfThisCluster && request.body.withoutList === "no") return backWith(reply, "erasures-replay-first");
    const isDone = await transaction(async (tx) => {
      await services.erasures.replay(tx);
      return services.outgoing.release(tx, decision);
    });
    return backWith(reply, isDone ? "released" : "not-there-now");
  },
};
