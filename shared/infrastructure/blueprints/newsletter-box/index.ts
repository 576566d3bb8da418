import type { FastifyPluginAsync } from "fastify";
import { subscribe } from "./subscribe.ts";

export { askFor } from "./ask-for.ts";

/** Subscribing, on every host: the box may stand on any page. */
export const newsletterBox: FastifyPluginAsync = async (app) => {
  app.route(subscribe);
};
