import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { CategoryId, MarketPlaceId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { idsOf, severalOf } from "../several.ts";
import { SHELF_ROUTE, type ShelfParams, shelfParams } from "./fields.ts";
import { sendShelf } from "./show.ts";
import { valuesOf } from "./values-of.ts";

const SOLD = "Market places sell what stands here. Say that you know, or put it into another shelf: then they go on.";

/** places: ids of those that sell it no more then; agreed: whoever sent it saw them. */
const body = z.object({
  confirmed: z.string().max(200).catch("").default(""),
  places: severalOf,
  agreed: z.literal("yes").optional().catch(undefined),
});

/** POST /admin/shelves/:id/removal: what stands on it stays in the shop. Asks for its name, as nothing brings it back, and for a word about places that sell it. */
export const removeShelf: Route<{ Params: ShelfParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: `${SHELF_ROUTE}/removal`,
  schema: { params: shelfParams, body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const id = request.params.id as CategoryId;
    const values = await valuesOf(services.shelves, id);
    const again = (message: string) => sendShelf(request, reply, id, { values, messages: { confirmed: message } });
    if (values.name !== request.body.confirmed.trim()) return again("Write its name to take it away.");
    const places = request.body.agreed === "yes" ? (idsOf(request.body.places) as MarketPlaceId[]) : [];
    const result = await transaction((tx) => services.shelves.remove(tx, id, { places, by: adminOf(request).userId }));
    if (result === "sold") return sendShelf(request, reply, id, { values, messages: { agreed: SOLD } });
    if (result === "priced") return again("A price rule names it: take that away first, or merge this shelf into another.");
    return reply.redirect(withNotice("/admin/shelves", "removed-for-good"), 303);
  },
};
