import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { memberOf } from "./member.ts";

/** POST /data/erasure/undo: the member stays, as long as it has not begun. */
export const undoOwn: Route = {
  method: "POST",
  url: "/data/erasure/undo",
  async handler(request, reply) {
    const { userId } = memberOf(request);
    const { services, transaction } = request.server;
    const open = await services.erasures.findOpen(userId);
    const isUndone = open !== null && (await transaction((tx) => services.erasures.undo(tx, open.id, userId)));
    return reply.redirect(withNotice("/data", isUndone ? "erasure-undone" : "not-there-now"), 303);
  },
};
