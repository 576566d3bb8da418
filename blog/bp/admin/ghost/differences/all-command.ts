import type { GhostSide } from "@rose-ash/shared/contracts/ghost.ts";
import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { z } from "zod";

const body = z.object({ confirmed: z.literal("yes").optional().catch(undefined) }).nullish();

/** A route that makes everything that differs as it is on one side. Without the tick of a person who means it nothing happens. */
export function allCommand(verb: string, side: GhostSide): Route<{ Body: z.output<typeof body> }> {
  return {
    method: "POST",
    url: `/admin/ghost/differences/${verb}`,
    schema: { body },
    onRequest: adminOnly("edit"),
    async handler(request, reply) {
      const { services, transaction } = request.server;
      const address = "/admin/ghost/differences";
      if (request.body?.confirmed !== "yes") return reply.redirect(withNotice(address, "ghost-unconfirmed"), 303);
      const by = adminOf(request).userId;
      await transaction((tx) => services.ghost.askForDifferences(tx, side, { by }));
      return reply.redirect(withNotice(address, "ghost-differences"), 303);
    },
  };
}
