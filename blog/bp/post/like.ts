import { likeRoute } from "@rose-ash/shared/infrastructure/blueprints/likes/index.ts";

/** POST /posts/:slug/like. */
export const likePost = likeRoute("posts", async ({ server, viewer }, slug) => {
  const { id } = await server.services.blog.getPost(slug, viewer);
  return { kind: "post", id };
});
