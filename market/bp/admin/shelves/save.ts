import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { CategoryId } from "@rose-ash/shared/models/ids.ts";
import {
  refusalOf,
  SHELF_ROUTE,
  type ShelfBody,
  type ShelfParams,
  shelfBody,
  shelfFieldsOf,
  shelfMessages,
  shelfParams,
} from "./fields.ts";
import { sendShelf } from "./show.ts";

/** POST /admin/shelves/:id: its words, its address and what it is a part of. */
export const saveShelf: Route<{ Params: ShelfParams; Body: ShelfBody }> = {
  method: "POST",
  url: SHELF_ROUTE,
  schema: { params: shelfParams, body: shelfBody },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const id = request.params.id as CategoryId;
    const wrong = shelfMessages(request.body);
    if (Object.keys(wrong).length > 0) return sendShelf(request, reply, id, { values: request.body, messages: wrong });
    const fields = shelfFieldsOf(request.body);
    const saved = await transaction((tx) => services.shelves.save(tx, id, fields, adminOf(request).userId));
    if (saved.kind === "saved" || saved.kind === "gone") return reply.redirect(withNotice("/admin/shelves", "saved"), 303);
    return sendShelf(request, reply, id, { values: request.body, messages: refusalOf(saved, fields.name) });
  },
};
