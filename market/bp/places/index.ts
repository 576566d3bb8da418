import type { FastifyPluginAsync } from "fastify";
import { listPlaces } from "./list.ts";
import { showPlace } from "./show.ts";

/** Market places: named shops with a selection, a text and opening times. */
export const places: FastifyPluginAsync = async (app) => {
  app.route(listPlaces);
  app.route(showPlace);
};
