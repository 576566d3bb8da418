import type { ProductCard } from "@rose-ash/shared/contracts/market.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { ProductId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { shelvesOf } from "../shelves.ts";
import { listInstead } from "./instead.ts";
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
    const instead = page.product.isAvailable ? [] : await insteadOf(request, page.id);
    return reply.page("product/show.html", {
      ...page,
      instead,
      alsoOnShelf: page.alsoOnShelf.filter(({ slug }) => !instead.some((other) => other.slug === slug)),
      stockWords: stockWords(page.stock),
      areAllergensStated: page.allergens !== null,
      allergenLines: page.allergens ? allergenLines(page.allergens) : [],
      shelves: shelvesOf(categories, publicUrl("market", "/"), shelf?.url ?? null),
      trail: [{ name: "The shop", url: "/" }, ...(shelf ? [shelf] : []), { name: page.product.name }],
    });
  },
};

/** A page without this is still a page. */
async function insteadOf(request: FastifyRequest, product: ProductId): Promise<readonly ProductCard[]> {
  try {
    return await listInstead(request.server.services, product);
  } catch (err) {
    request.log.warn({ err }, "nobody could say what takes a product's place");
    return [];
  }
}
