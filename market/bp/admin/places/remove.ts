import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { PLACE_PATH, type PlaceParams, placeParams } from "./fields.ts";

/** POST /admin/places/:id/removal: the place goes, from pages that show it too; what it sold stays on the shelves. */
export const removePlace: Route<{ Params: PlaceParams }> = {
  method: "POST",
  url: `${PLACE_PATH}/removal`,
  schema: { params: placeParams },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const by = adminOf(request).userId;
    const { kind } = await transaction((tx) => services.places.changePlace(tx, { id: request.params.id, by, change: { kind: "remove" } }));
    if (kind !== "changed") throw nothingHere();
    return reply.redirect(withNotice("/admin/places", "removed-for-good"), 303);
  },
};
