import type { Decision } from "@rose-ash/shared/contracts/moderation.ts";
import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { type NoticeCode, withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { hostName } from "./host-name.ts";
import { decisionOf } from "./verdicts.ts";

const DECISIONS = ["suspend", "silence", "pictures", "let-in", "list", "unlist"] as const;
const body = z.object({
  host: hostName,
  decision: z.enum(DECISIONS),
  rejectsReports: z.enum(["yes", "no"]).default("no"),
  rejectsMedia: z.enum(["yes", "no"]).default("no"),
  reason: z.string().trim().min(1).max(500),
});
type Form = z.output<typeof body>;

const NOTICES: Record<Form["decision"], NoticeCode> = {
  suspend: "server-shut-out",
  silence: "server-silenced",
  pictures: "server-without-pictures",
  "let-in": "server-let-in",
  list: "server-listed",
  unlist: "server-unlisted",
};

/** POST /admin/servers/hosts: a server is shut out or silenced, or nothing is held against it any more; or it is on the list of who is let in. */
export const decideServer: Route<{ Body: Form }> = {
  method: "POST",
  url: "/admin/servers/hosts",
  schema: { body },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { host, decision, rejectsMedia } = request.body;
    const isWithoutPictures = decision === "suspend" || decision === "pictures" || rejectsMedia === "yes";
    const copies = await transaction(async (tx) => {
      await decide(tx, services, request.body, decisionOf(request, request.body.reason));
      return isWithoutPictures ? services.remotePictures.forgetHost(tx, host) : [];
    });
    await removeCopies(request.server, copies);
    return reply.redirect(withNotice("/admin/servers", NOTICES[request.body.decision]), 303);
  },
};

/** Copies that nothing else knows go at once, and not with the next sweep: nobody is to come by them any more. */
async function removeCopies({ services, runtime }: FastifyInstance, names: readonly string[]): Promise<void> {
  for (const name of await services.media.listUnknown(names)) await runtime.media.remove(name);
}

async function decide(
  tx: Tx,
  services: Services,
  { host, decision: what, rejectsReports, rejectsMedia }: Form,
  decision: Decision,
): Promise<void> {
  if (what === "list" || what === "unlist") return services.moderation.listHost(tx, host, what === "list", decision);
  if (what === "let-in") return services.deliveries.decideHost(tx, host, false, decision);
  if (what === "suspend") await services.deliveries.decideHost(tx, host, true, decision);
  if (what === "suspend" && rejectsReports === "no" && rejectsMedia === "no") return;
  const rejects = { rejectsReports: rejectsReports === "yes", rejectsMedia: rejectsMedia === "yes" || what === "pictures" };
  const block = { host, severity: what === "pictures" ? "noop" : what, ...rejects, reason: decision.reason } as const;
  await services.moderation.applyBlocks(tx, [block], decision);
}
