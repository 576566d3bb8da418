import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { refusalOf, type ShelfBody, shelfBody, shelfFieldsOf, shelfMessages } from "./fields.ts";
import { sendShelves } from "./list.ts";

/** POST /admin/shelves: a new one, behind all others. */
export const createShelf: Route<{ Body: ShelfBody }> = {
  method: "POST",
  url: "/admin/shelves",
  schema: { body: shelfBody },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const wrong = shelfMessages(request.body);
    if (Object.keys(wrong).length > 0) return sendShelves(request, reply, { values: request.body, messages: wrong });
    const fields = shelfFieldsOf(request.body);
    const saved = await transaction((tx) => services.shelves.save(tx, null, fields, adminOf(request).userId));
    if (saved.kind === "saved" || saved.kind === "gone") return reply.redirect(withNotice("/admin/shelves", "saved"), 303);
    return sendShelves(request, reply, { values: request.body, messages: refusalOf(saved, fields.name) });
  },
};
