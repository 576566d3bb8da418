import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { goodForOffers } from "../good-for-offers.ts";
import { shelvesOf } from "../shelves.ts";
import { type AskedListing, addressOf, listingQuery, questionOf } from "./query.ts";
import { viewOf } from "./view.ts";

/** GET /products: everything in the shop, or what fits some words. */
export const showProducts: Route<{ Querystring: AskedListing }> = {
  method: "GET",
  url: "/products",
  schema: { querystring: listingQuery },
  config: { publicPage: ["shop"] },
  async handler(request, reply) {
    const { services, publicUrl } = request.server;
    const address = addressOf("/products", request.query);
    if (request.url !== address) return reply.redirect(address, 302);
    const [list, shelves] = await Promise.all([services.market.getListing(questionOf(request.query, null)), services.market.listShelves()]);
    goodForOffers(
      request,
      list.products.map(({ order }) => order),
    );
    const home = publicUrl("market", "/");
    return reply.page("listing/show.html", {
      ...{ list, ...viewOf("/products", request.query, list), listPath: "/products", canonicalUrl: publicUrl("market", address) },
      title: request.query.q === "" ? "Everything in the shop" : `“${request.query.q}”`,
      lead: "",
      trail: [{ name: "The shop", url: "/" }, { name: request.query.q === "" ? "Everything" : "Search" }],
      shelves: shelvesOf(shelves, home, null),
    });
  },
};
