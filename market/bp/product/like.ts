import { likeRoute } from "@rose-ash/shared/infrastructure/blueprints/likes/index.ts";

/** POST /products/:slug/like. */
export const likeProduct = likeRoute("products", async ({ server }, slug) => {
  const { id } = await server.services.market.getProduct(slug);
  return { kind: "product", id };
});
