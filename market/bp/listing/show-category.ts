import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { ShelfHead } from "@rose-ash/shared/contracts/listing.ts";
import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { goodForOffers } from "../good-for-offers.ts";
import { shelvesOf } from "../shelves.ts";
import { type AskedListing, addressOf, listingQuery, questionOf } from "./query.ts";
import { viewOf } from "./view.ts";

const params = z.object({ slug: z.string() });

/** GET /categories/:slug: a shelf, with all that stands on the shelves below it. */
export const showCategory: Route<{ Params: z.output<typeof params>; Querystring: AskedListing }> = {
  method: "GET",
  url: "/categories/:slug(^[a-z0-9-]{1,200}$)", // what can't be a slug is not found, rather than a bad request
  schema: { params, querystring: listingQuery },
  config: { publicPage: ["shop"] },
  async handler(request, reply) {
    const { services, publicUrl } = request.server;
    const path = `/categories/${request.params.slug}`;
    const address = addressOf(path, request.query);
    if (request.url !== address) return reply.redirect(address, 302);
    const shelf = await findShelf(services, request.params.slug);
    if (typeof shelf === "string") return reply.redirect(shelf, 301);
    const [list, shelves] = await Promise.all([
      services.market.getListing(questionOf(request.query, request.params.slug)),
      services.market.listShelves(),
    ]);
    goodForOffers(
      request,
      list.products.map(({ order }) => order),
    );
    const [whole] = shelf.wholes;
    return reply.page("listing/show.html", {
      ...{ list, ...viewOf(path, request.query, list), listPath: path, canonicalUrl: publicUrl("market", address) },
      ...{ title: shelf.name, lead: shelf.description },
      trail: [{ name: "The shop", url: "/" }, ...(whole ? [whole] : []), { name: shelf.name }],
      shelves: shelvesOf(shelves, publicUrl("market", "/"), whole?.url ?? shelf.url),
    });
  },
};

/** The shelf; or the address to which one has moved that was here. */
async function findShelf({ market, shelves }: Services, slug: string): Promise<ShelfHead | string> {
  try {
    return await market.getShelf(slug);
  } catch (error) {
    const moved = error instanceof CodedError && error.code === "not-found" ? await shelves.findMoved(slug) : null;
    if (moved !== null) return moved;
    throw error;
  }
}
