import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { shelvesOf } from "../shelves.ts";
import { allergenLines, stockWords } from "./words.ts";

const params = z.object({ slug: z.string() });

export const showProduct: Route<{ Params: z.output<typeof params> }> = {
  method: "GET",
  url: "/products/:slug(^[a-z0-9-]{1,200}$)",
  schema: { params },
  config: { publicPage: ["shop"] },
  async handler(request, reply) {
    const { services, publicUrl } = request.server;
    const [page, categories] = await Promise.all([services.market.getProduct(request.params.slug), services.market.listCategories()]);
    const shelf = page.categories[0];
    return reply.page("product/show.html", {
      ...page,
      stockWords: stockWords(page.stock),
      areAllergensStated: page.allergens !== null,
      allergenLines: page.allergens ? allergenLines(page.allergens) : [],
      shelves: shelvesOf(categories, publicUrl("market", "/"), shelf?.url ?? null),
      trail: [{ name: "The shop", url: "/" }, ...(shelf ? [shelf] : []), { name: page.product.name }],
    });
  },
};
