import { commentRoute } from "@rose-ash/shared/infrastructure/blueprints/comments/index.ts";

/** POST /posts/:slug/comments. */
export const commentOnPost = commentRoute("posts", async ({ server, viewer }, slug) => {
  const { id, post } = await server.services.blog.getPost(slug, viewer);
  return { type: "Post", id, title: post.title };
});
