import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { z } from "zod";
import { direction, PLACE_PATH, type PlaceParams, placeParams } from "./fields.ts";

const body = z.object({ direction });

/** POST /admin/places/:id/place: one place up or down in the list. */
export const movePlace: Route<{ Params: PlaceParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: `${PLACE_PATH}/place`,
  schema: { params: placeParams, body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const change = { kind: "move", direction: request.body.direction } as const;
    const by = adminOf(request).userId;
    const { kind } = await transaction((tx) => services.places.changePlace(tx, { id: request.params.id, by, change }));
    if (kind !== "changed") throw nothingHere();
    return reply.redirect(withNotice("/admin/places", "sorted"), 303);
  },
};
