import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { PlacePage, PlacesService } from "@rose-ash/shared/contracts/places.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { shelvesOf } from "../shelves.ts";
import { dayLines, spanLines, weekLines } from "./opening-words.ts";
import { goodFor, placeLine } from "./place-line.ts";
import { placeData } from "./structured-data.ts";

/** The place; or the address to which one has moved that was here. */
async function findPlace(places: PlacesService, slug: string, page: number): Promise<PlacePage | string> {
  try {
    return await places.getPlace(slug, page);
  } catch (error) {
    const moved = error instanceof CodedError && error.code === "not-found" ? await places.findMoved(slug) : null;
    if (moved !== null) return moved;
    throw error;
  }
}

const params = z.object({ slug: z.string() });
const query = z.looseObject({ page: z.coerce.number().int().min(1).max(5_000).catch(1).default(1) });

/** GET /places/:slug: what it is, when it is open and what it sells. */
export const showPlace: Route<{ Params: z.output<typeof params>; Querystring: z.output<typeof query> }> = {
  method: "GET",
  url: "/places/:slug(^[a-z0-9-]{1,200}$)",
  schema: { params, querystring: query },
  config: { publicPage: ["shop", "places", "calendar"] },
  async handler(request, reply) {
    const { services, publicUrl, runtime } = request.server;
    const here = `/places/${request.params.slug}`;
    const [place, shelves] = await Promise.all([
      findPlace(services.places, request.params.slug, request.query.page),
      services.market.listShelves(),
    ]);
    if (typeof place === "string") return reply.redirect(place, 301);
    goodFor(request, [place]);
    const { page, pageCount } = place.paging;
    const urlOf = (number: number) => (number === 1 ? here : `${here}?page=${number}`);
    const context = {
      ...placeLine(place),
      here,
      days: dayLines(place.week, place.today.on),
      everyWeek: weekLines(place.times),
      isOtherThisWeek: place.week.some(({ isException }) => isException),
      later: spanLines(place.later),
      previousUrl: page > 1 ? urlOf(page - 1) : null,
      nextUrl: page < pageCount ? urlOf(page + 1) : null,
      structured: placeData(place, runtime.site.name, publicUrl),
      shelves: shelvesOf(shelves, publicUrl("market", "/"), null),
      trail: [{ name: "The shop", url: "/" }, { name: "Places", url: "/places" }, { name: place.name }],
    };
    const boxes = place.entries.map((entry) => ({ type: "ticket-box" as const, params: { entry, next: here } }));
    return reply.page("places/show.html", context, { boxes });
  },
};
