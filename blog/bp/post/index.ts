import type { FastifyPluginAsync } from "fastify";
import { commentOnPost } from "./comment.ts";
import { likePost } from "./like.ts";
import { showPostAsMarkdown } from "./markdown.ts";
import { showPost } from "./show.ts";

export const post: FastifyPluginAsync = async (app) => {
  for (const route of [showPost, showPostAsMarkdown]) app.route(route);
  app.route(likePost);
  app.route(commentOnPost);
};
