import type { FastifyPluginAsync } from "fastify";
import { footer } from "./footer.ts";
import { navTree } from "./nav-tree.ts";
import { relatedPosts } from "./related-posts.ts";

export const fragments: FastifyPluginAsync = async (app) => {
  app.ownFragment(navTree);
  app.ownFragment(footer);
  app.ownFragment(relatedPosts);
};
