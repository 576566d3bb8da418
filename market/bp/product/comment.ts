import { commentRoute } from "@rose-ash/shared/infrastructure/blueprints/comments/index.ts";

/** POST /products/:slug/comments. */
export const commentOnProduct = commentRoute("products", async ({ server }, slug) => {
  const { id, product } = await server.services.market.getProduct(slug);
  return { type: "Product", id, title: product.name };
});
