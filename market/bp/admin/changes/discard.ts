import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { ChangeSetId } from "@rose-ash/shared/models/ids.ts";
import { SET_ROUTE, type SetParams, setParams } from "./params.ts";

/** POST /admin/changes/:id/removal: a draft is thrown away; nothing was changed by it. */
export const discardSet: Route<{ Params: SetParams }> = {
  method: "POST",
  url: `${SET_ROUTE}/removal`,
  schema: { params: setParams },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    await transaction((tx) => services.changeSets.discard(tx, request.params.id as ChangeSetId));
    return reply.redirect("/admin/changes", 303);
  },
};
