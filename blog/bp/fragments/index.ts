import type { FastifyPluginAsync } from "fastify";
import { digestPosts } from "./digest-posts.ts";
import { footer } from "./footer.ts";
import { navTree } from "./nav-tree.ts";
import { relatedPosts } from "./related-posts.ts";

export const fragments: FastifyPluginAsync = async (app) => {
  app.ownFragment(digestPosts);
  app.ownFragment(navTree);
  app.ownFragment(footer);
  app.ownFragment(relatedPosts);
};
