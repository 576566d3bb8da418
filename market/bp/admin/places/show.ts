import type { PlaceDetails } from "@rose-ash/shared/contracts/places.ts";
import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { MarketPlaceId, MediaId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type AnyForm, anyForm, type FormError, PLACE_PATH, type PlaceParams, placeParams } from "./fields.ts";
import { frameOf, PROBLEMS } from "./frame.ts";
import { htmlOfText, textOfHtml } from "./plain-text.ts";
import { readDetails } from "./read-details.ts";

/** GET /admin/places/:id: what is written about it, and whether it is public. */
export const showPlace: Route<{ Params: PlaceParams }> = {
  method: "GET",
  url: PLACE_PATH,
  schema: { params: placeParams },
  onRequest: adminOnly("edit"),
  handler: (request, reply) => sendPlace(request, reply, request.params.id, null),
};

/** POST /admin/places/:id: keeps what is written about it. */
export const savePlace: Route<{ Params: PlaceParams; Body: AnyForm }> = {
  method: "POST",
  url: PLACE_PATH,
  schema: { params: placeParams, body: anyForm },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id } = request.params;
    const read = readDetails(request.body);
    if (read.kind === "wrong") return sendPlace(request, reply.code(422), id, { form: request.body, errors: read.errors, problem: "" });
    const details: PlaceDetails = { ...read.fields, html: htmlOfText(read.text) };
    const by = adminOf(request).userId;
    const change = { kind: "details", revision: read.revision, details } as const;
    const { kind } = await transaction((tx) => services.places.changePlace(tx, { id, by, change }));
    if (kind === "changed") return reply.redirect(withNotice(`/admin/places/${id}`, "saved"), 303);
    const errors = kind === "taken" ? [{ field: "slug", message: PROBLEMS.taken }] : [];
    const problem = kind === "conflict" ? PROBLEMS.conflict : "";
    return sendPlace(request, reply.code(kind === "conflict" ? 409 : 422), id, { form: request.body, errors, problem });
  },
};

/** The page; again: a form that came back, and what is wrong with it. */
async function sendPlace(
  request: FastifyRequest,
  reply: FastifyReply,
  id: MarketPlaceId,
  again: { form: AnyForm; errors: readonly FormError[]; problem: string } | null,
): Promise<FastifyReply> {
  const { services, publicUrl } = request.server;
  const place = await services.places.getForEditing(id);
  const stored: AnyForm = {
    ...{ name: place.name, slug: place.slug, summary: place.summary, location: place.location, zone: place.zone },
    ...{ text: textOfHtml(place.html), isPublic: place.isPublic ? "yes" : "", pictureId: String(place.pictureId ?? "") },
  };
  const form = again?.form ?? stored;
  const pictureId = Number(form["pictureId"]) || 0;
  return reply.page("admin/places/show.html", {
    ...frameOf(request, place, ""),
    zones: Intl.supportedValuesOf("timeZone"),
    ...{ form, pictureId, libraryUrl: publicUrl("blog", "/admin/media") },
    pictures: await services.media.listPicturesToChoose("", pictureId === 0 ? null : (pictureId as MediaId)),
    errors: again?.errors ?? [],
    messages: Object.fromEntries((again?.errors ?? []).map(({ field, message }) => [field, message])),
    problem: again?.problem ?? "",
  });
}
