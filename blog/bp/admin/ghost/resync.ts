import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices.ts";
import type { GhostLinkId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";

const params = z.object({
  id: z.coerce
    .number()
    .int()
    .positive()
    .max(Number.MAX_SAFE_INTEGER)
    .transform((id) => id as GhostLinkId),
});

/** POST /admin/ghost/links/:id/comparison: compares one piece now, whatever failed before. */
export const resyncPiece: Route<{ Params: z.output<typeof params> }> = {
  method: "POST",
  url: "/admin/ghost/links/:id/comparison",
  schema: { params },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const by = adminOf(request).userId;
    const isAsked = await transaction((tx) => services.ghost.askForLink(tx, request.params.id, { by }));
    return reply.redirect(withNotice("/admin/ghost", isAsked ? "ghost-asked" : "ghost-ended"), 303);
  },
};
