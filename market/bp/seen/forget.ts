import { lookerOf } from "@rose-ash/shared/contracts/seen.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { localPath } from "@rose-ash/shared/infrastructure/local-path.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { z } from "zod";

const body = z.object({ next: z.string().optional() });

/** POST /recently-seen/removal: nothing is remembered any more of what the reader looked at. Back to the page that it was on. */
export const forgetSeen: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/recently-seen/removal",
  schema: { body },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const looker = lookerOf(request.viewer);
    if (looker !== null) await transaction((tx) => services.seen.forgetAll(tx, looker));
    return reply.redirect(withNotice(localPath(request.body.next, "/recently-seen"), "seen-forgotten"), 303);
  },
};
