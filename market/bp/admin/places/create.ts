import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { z } from "zod";
import { typed } from "./fields.ts";
import { sendPlaces } from "./list.ts";

const MAX_NAME = 100;
const body = z.object({ name: typed });

/** POST /admin/places: a new one, which nobody sees before it is made public. */
export const createPlace: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/places",
  schema: { body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction, runtime } = request.server;
    const { name } = request.body;
    if (name === "" || name.length > MAX_NAME)
      return sendPlaces(request, reply.code(422), { name, error: `A name of up to ${MAX_NAME} letters.` });
    const by = adminOf(request).userId;
    const id = await transaction((tx) => services.places.createPlace(tx, { name, zone: runtime.site.timeZone, by }));
    return reply.redirect(withNotice(`/admin/places/${id}`, "saved"), 303);
  },
};
