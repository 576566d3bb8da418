import type { FastifyPluginAsync } from "fastify";
import { listMonths } from "./list.ts";
import { showMonth } from "./show.ts";

export const archive: FastifyPluginAsync = async (app) => {
  app.route(listMonths);
  app.route(showMonth);
};
