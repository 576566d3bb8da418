import { MAX_SEARCH_CHARACTERS } from "@rose-ash/shared/contracts/search.ts";
import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";
import { addressOf, listingQuery, questionOf } from "../listing/query.ts";

const params = z.object({
  q: z
    .string()
    .max(MAX_SEARCH_CHARACTERS)
    .regex(/[\p{L}\p{N}]/u), // words of nothing would be everything
  limit: z.coerce.number().int().min(1).max(12).default(4),
});

/** What the shop has about some words, for the page of a search elsewhere, which gives the heading: with prices, and a way to all of it. */
export const searchResults = defineFragment({
  type: "search-results",
  params,
  async render({ services, publicUrl, params: { q, limit } }) {
    const asked = listingQuery.parse({ q });
    const { products, total } = await services.market.getListing(questionOf(asked, null));
    const context = { products: products.slice(0, limit), total, allUrl: publicUrl("market", addressOf("/products", asked)) };
    return { template: "fragments/search-results.html", context };
  },
});
