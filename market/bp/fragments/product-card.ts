import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";

/** next: where on the asking host the add-to-cart form returns to. Its action is relative: a command posts to the host the page is on. */
export const productCard = defineFragment({
  type: "product-card",
  params: z.object({
    slug: z.string().regex(/^[a-z0-9-]{1,200}$/),
    next: z
      .string()
      .regex(/^\/(?!\/)[a-z0-9/-]{0,300}$/)
      .default("/"),
  }),
  async render({ services, params: { slug, next } }) {
    const [product = null] = await services.market.listProductCards([slug]);
    return { template: "fragments/product-card.html", context: { product, next } };
  },
});
