import type { FastifyPluginAsync } from "fastify";
import { keepFront } from "./kept-front.ts";
import { showHome } from "./show.ts";

export const home: FastifyPluginAsync = async (app) => {
  keepFront(app);
  app.route(showHome);
};
