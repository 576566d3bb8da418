import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { ChangeSetId } from "@rose-ash/shared/models/ids.ts";
import { SET_ROUTE, type SetParams, setParams } from "./params.ts";

/** POST /admin/changes/:id/rest: what was not done, looked at as it stands now. */
export const draftRest: Route<{ Params: SetParams }> = {
  method: "POST",
  url: `${SET_ROUTE}/rest`,
  schema: { params: setParams },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const id = request.params.id as ChangeSetId;
    const rest = await transaction((tx) => services.changeSets.draftRest(tx, id, adminOf(request).userId));
    return reply.redirect(`/admin/changes/${rest ?? id}`, 303);
  },
};
