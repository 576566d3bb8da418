import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { CategoryId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { SHELF_ROUTE, type ShelfParams, shelfParams } from "./fields.ts";
import { sendShelf } from "./show.ts";
import { valuesOf } from "./values-of.ts";

const body = z.object({ into: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

/** POST /admin/shelves/:id/merge: what stands here and what is a part of it goes there; the old address leads there. */
export const mergeShelf: Route<{ Params: ShelfParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: `${SHELF_ROUTE}/merge`,
  schema: { params: shelfParams, body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const [id, into] = [request.params.id as CategoryId, request.body.into as CategoryId];
    const result = await transaction((tx) => services.shelves.merge(tx, id, into, adminOf(request).userId));
    if (result === "circle") {
      const messages = { into: "That one lies below this one: take it out from there first, or merge it into this." };
      return sendShelf(request, reply, id, { values: await valuesOf(services.shelves, id), messages });
    }
    return reply.redirect(withNotice("/admin/shelves", "merged"), 303);
  },
};
