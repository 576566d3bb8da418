import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { CategoryId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { SHELF_ROUTE, type ShelfParams, shelfParams } from "./fields.ts";

/** within: the whole in whose list it moves; 0: among those that are a part of none. */
const body = z.object({ within: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER), to: z.enum(["up", "down"]) });

/** POST /admin/shelves/:id/order: one step up or down. */
export const moveShelf: Route<{ Params: ShelfParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: `${SHELF_ROUTE}/order`,
  schema: { params: shelfParams, body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { within, to } = request.body;
    const id = request.params.id as CategoryId;
    const place = { within: within === 0 ? null : (within as CategoryId), isUp: to === "up" };
    await transaction((tx) => services.shelves.move(tx, id, place, adminOf(request).userId));
    return reply.redirect(withNotice(`/admin/shelves#shelf-${within}-${id}`, "shelf-moved"), 303);
  },
};
