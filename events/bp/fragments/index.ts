import type { FastifyPluginAsync } from "fastify";
import { nextEntries } from "./next-entries.ts";

/** What events shows on the pages of others. */
export const fragments: FastifyPluginAsync = async (app) => {
  app.ownFragment(nextEntries);
};
