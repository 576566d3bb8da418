import type { FastifyPluginAsync } from "fastify";
import { authorFeed, siteFeed, tagFeed } from "./show.ts";

export const feeds: FastifyPluginAsync = async (app) => {
  app.route(siteFeed);
  app.route(tagFeed);
  app.route(authorFeed);
};
