import { PRODUCT_FIELDS } from "@rose-ash/shared/contracts/product-fields.ts";
import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { ProductId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { severalOf } from "../several.ts";
import { readForm } from "./form-fields.ts";
import { readPlace } from "./place-fields.ts";
import { type ProductParams, productParams, sendProduct } from "./show.ts";

const MAX_REASON = 300;
const one = z.string().catch("");
/** follow: fields for which the supplier is believed again; shelves: ids; the others are the form's fields as typed. */
const body = z.object({ follow: severalOf, shelves: severalOf }).catchall(one);

/** POST /admin/products/:id: what differs from what holds is what staff say from now on. */
export const saveProduct: Route<{ Params: ProductParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/products/:id(^[1-9]\\d{0,14}$)",
  schema: { params: productParams, body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const id = request.params.id as ProductId;
    const { follow: asked, shelves, ...typed } = request.body;
    const { fields, revision } = await services.shelf.getForEditing(id);
    const follow = PRODUCT_FIELDS.filter((field) => asked.includes(field));
    const again = (messages: Readonly<Record<string, string>>, isLate: boolean) =>
      sendProduct(request, reply, id, { typed, shelves, messages, isLate });
    if (typed["revision"] !== String(revision)) return again({}, true);
    const read = readForm(
      fields.filter(({ field }) => !follow.includes(field)),
      typed,
    );
    const { place, wrong } = readPlace(shelves, typed);
    if (read.kind === "wrong" || Object.keys(wrong).length > 0)
      return again({ ...(read.kind === "wrong" ? read.messages : {}), ...wrong }, false);
    const reason = (typed["reason"] ?? "").replaceAll("\u0000", "").trim().slice(0, MAX_REASON);
    if (Object.keys(read.set).length > 0 && reason === "") return again({ reason: "Say why: the next one who looks will ask." }, false);
    const edit = { id, revision, set: read.set, follow, place, reason, by: adminOf(request).userId };
    const result = await transaction((tx) => services.shelf.editProduct(tx, edit));
    if (result.kind === "conflict") return again({}, true);
    return reply.redirect(withNotice(`/admin/products/${id}`, "saved"), 303);
  },
};
