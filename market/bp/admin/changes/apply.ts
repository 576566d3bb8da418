import { setTimeout as wait } from "node:timers/promises";
import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { ChangeSetId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { SET_ROUTE, type SetParams, setParams } from "./params.ts";
import { sendSet } from "./show.ts";

/** Few changes are made before the answer; many go on behind it. */
const PATIENCE_MS = 1_500;

const body = z.object({
  reason: z
    .string()
    .catch("")
    .transform((typed) => typed.replaceAll("\u0000", "").trim().slice(0, 300)),
  withHeld: z.literal("yes").optional().catch(undefined),
});

/** POST /admin/changes/:id/application: what was shown is done, product by product. */
export const applySet: Route<{ Params: SetParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: `${SET_ROUTE}/application`,
  schema: { params: setParams, body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const id = request.params.id as ChangeSetId;
    const { reason, withHeld } = request.body;
    if (reason === "")
      return sendSet(request, reply, id, { show: "", page: 1, messages: { reason: "Say why: it stands in the history of each product." } });
    const go = { reason, withHeld: withHeld === "yes", by: adminOf(request).userId };
    const started = await transaction((tx) => services.changeSets.start(tx, id, go));
    if (started === "started") await Promise.race([request.server.makeChanges(id), wait(PATIENCE_MS)]);
    return reply.redirect(`/admin/changes/${id}`, 303);
  },
};
