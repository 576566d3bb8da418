import type { FastifyPluginAsync } from "fastify";
import { authMenu } from "./auth-menu.ts";
import { greeting } from "./greeting.ts";

/** What account shows on the pages of others. */
export const fragments: FastifyPluginAsync = async (app) => {
  app.ownFragment(authMenu);
  app.ownFragment(greeting);
};
