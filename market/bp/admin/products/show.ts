import type { FieldView, ProductForEditing } from "@rose-ash/shared/contracts/shelf.ts";
import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { ProductId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { shelfOptions } from "../shelf-options.ts";
import { allergenRows } from "./allergen-fields.ts";
import type { Form } from "./form.ts";
import { changeWords, formOf, labelOf } from "./form-fields.ts";
import { nutritionRows } from "./nutrition-fields.ts";
import { placeValues } from "./place-fields.ts";

/** A product's id in an address. */
export const productParams = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
export type ProductParams = z.output<typeof productParams>;

/** GET /admin/products/:id: each field with what the supplier says and what staff say, and the history. */
export const showProduct: Route<{ Params: ProductParams }> = {
  method: "GET",
  url: "/admin/products/:id(^[1-9]\\d{0,14}$)",
  schema: { params: productParams },
  onRequest: adminOnly("edit"),
  handler: (request, reply) => sendProduct(request, reply, request.params.id as ProductId, null),
};

/** A form that came back: what was typed, and what is wrong with it; isLate: somebody else changed the product meanwhile. */
interface Again {
  typed: Form;
  shelves: readonly string[];
  messages: Readonly<Record<string, string>>;
  isLate: boolean;
}

/** The page; with a form that came back, 422, or 409 where it is late. */
export async function sendProduct(request: FastifyRequest, reply: FastifyReply, id: ProductId, again: Again | null): Promise<FastifyReply> {
  const { services, publicUrl } = request.server;
  const [product, changes, choices, shelves] = await Promise.all([
    services.shelf.getForEditing(id),
    services.shelf.listChanges(id),
    services.shelf.listChoices(),
    services.shelves.listAll(),
  ]);
  if (again) reply.code(again.isLate ? 409 : 422);
  const place = placeValues(product, again);
  const messages = again?.messages ?? {};
  return reply.page("admin/products/show.html", {
    ...{ menu: menuOf(request), product, messages, isLate: again?.isLate ?? false, place },
    groups: [
      { value: "", label: "Nothing else: it stands alone" },
      { value: "new", label: "Something new, named below" },
      ...choices.groups.map(({ id: group, name }) => ({ value: String(group), label: name })),
    ],
    sections: formOf(product.fields, again?.typed ?? null),
    ...rowsOf(product, again?.typed ?? null),
    shelves: shelfOptions(shelves).map((shelf) => ({ ...shelf, isChosen: place.shelves.includes(shelf.id) })),
    choices: await services.media.listPicturesToChoose("", null),
    libraryUrl: publicUrl("blog", "/admin/media"),
    reason: again?.typed["reason"] ?? "",
    errors: Object.entries(messages).map(([field, message]) => ({ field, message })),
    changes: changes.map(({ field, before, after, ...change }) => ({
      ...{ ...change, label: labelOf(field), before: changeWords(field, before), after: changeWords(field, after) },
    })),
  });
}

/** The two fields that have several controls. */
function rowsOf({ fields }: ProductForEditing, typed: Form | null) {
  const viewOf = (name: FieldView["field"]) => fields.find(({ field }) => field === name);
  const [allergens, nutrition] = [viewOf("allergens"), viewOf("nutrition")];
  const isKnown = typed ? typed["allergens"] === "known" : allergens?.value !== null;
  return {
    allergens: { ...said(allergens), isKnown, rows: allergenRows(allergens?.value ?? null, typed) },
    nutrition: { ...said(nutrition), rows: nutritionRows(nutrition?.value, typed) },
  };
}

function said(view: FieldView | undefined) {
  const words = (one: { value: unknown } | null | undefined) => one && { ...one, text: changeWords(view?.field ?? "", one.value) };
  return { supplier: words(view?.supplier) ?? null, override: words(view?.override) ?? null };
}
