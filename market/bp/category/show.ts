import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { shelvesOf } from "../shelves.ts";

const params = z.object({ slug: z.string() });

export const showCategory: Route<{ Params: z.output<typeof params> }> = {
  method: "GET",
  url: "/categories/:slug(^[a-z0-9-]{1,200}$)", // what can't be a slug is not found, rather than a bad request
  schema: { params },
  config: { publicPage: ["shop"] },
  async handler(request, reply) {
    const { services, publicUrl } = request.server;
    const { category, categories, products } = await services.market.getCategory(request.params.slug);
    const shelves = shelvesOf(categories, publicUrl("market", "/"), category.url);
    return reply.page("category/show.html", { category, products, shelves });
  },
};
