import type { PlaceChange } from "@rose-ash/shared/contracts/places.ts";
import { EVERY_PRODUCT } from "@rose-ash/shared/contracts/shelf.ts";
import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { MarketPlaceId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { PLACE_PATH, type PlaceParams, placeParams } from "./fields.ts";
import { frameOf, PROBLEMS } from "./frame.ts";

const FOUND_SHOWN = 10;
const query = z.looseObject({ q: z.string().trim().max(200).catch("").default("") });

/** GET /admin/places/:id/selection: what it sells; q: products to pick by hand. */
export const showSelection: Route<{ Params: PlaceParams; Querystring: z.output<typeof query> }> = {
  method: "GET",
  url: `${PLACE_PATH}/selection`,
  schema: { params: placeParams, querystring: query },
  onRequest: adminOnly("edit"),
  handler: (request, reply) => sendSelection(request, reply, request.params.id, { words: request.query.q, problem: "" }),
};

/** Makes one change to what a place sells, and shows it again. at: the anchor to come back to. */
export async function answerChange(
  request: FastifyRequest,
  reply: FastifyReply,
  { id, change, at }: { id: MarketPlaceId; change: PlaceChange; at: string },
): Promise<FastifyReply> {
  const { services, transaction } = request.server;
  const by = adminOf(request).userId;
  const { kind } = await transaction((tx) => services.places.changePlace(tx, { id, by, change }));
  if (kind === "changed") return reply.redirect(withNotice(`/admin/places/${id}/selection#${at}`, "saved"), 303);
  return sendSelection(request, reply.code(422), id, { words: "", problem: PROBLEMS.gone });
}

async function sendSelection(
  request: FastifyRequest,
  reply: FastifyReply,
  id: MarketPlaceId,
  { words, problem }: { words: string; problem: string },
): Promise<FastifyReply> {
  const { services } = request.server;
  const place = await services.places.getForEditing(id);
  const picked = new Set(place.picks.map(({ productId }) => productId));
  const found = words === "" ? [] : (await services.shelf.listStock({ ...EVERY_PRODUCT, words }, 1)).lines;
  const { categories, labels, suppliers } = place.choices;
  const options = (list: readonly { id: number; name: string }[]) =>
    list.map(({ id: value, name }) => ({ value: String(value), label: name }));
  const any = { value: "", label: "Any" };
  return reply.page("admin/places/selection.html", {
    ...frameOf(request, place, "/selection"),
    ...{ words, problem },
    found: found.slice(0, FOUND_SHOWN).map((line) => ({ ...line, isPicked: picked.has(line.id) })),
    shelfOptions: [any, ...options(categories)],
    labelOptions: [any, ...labels.map((label) => ({ value: label, label: label.replaceAll("_", " ") }))],
    supplierOptions: [any, ...options(suppliers)],
  });
}
