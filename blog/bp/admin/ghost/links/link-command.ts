import type { GhostSide } from "@rose-ash/shared/contracts/ghost.ts";
import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { GhostLinkId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";

/** The number of a link in an address. */
export const linkParams = z.object({
  id: z.coerce
    .number()
    .int()
    .positive()
    .max(Number.MAX_SAFE_INTEGER)
    .transform((id) => id as GhostLinkId),
});
export type LinkParams = z.output<typeof linkParams>;

/** A route that has one piece compared now, whatever failed before; side: as which both are to be. It leads back to the list. */
export function linkCommand(verb: string, side: GhostSide | null): Route<{ Params: LinkParams }> {
  return {
    method: "POST",
    url: `/admin/ghost/links/:id/${verb}`,
    schema: { params: linkParams },
    onRequest: adminOnly("edit"),
    async handler(request, reply) {
      const { services, transaction } = request.server;
      const by = adminOf(request).userId;
      const isAsked = await transaction((tx) => services.ghost.askForLink(tx, request.params.id, { by, side }));
      return reply.redirect(withNotice("/admin/ghost", isAsked ? "ghost-asked" : "ghost-ended"), 303);
    },
  };
}
