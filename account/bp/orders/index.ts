import type { FastifyPluginAsync } from "fastify";
import { listOrders } from "./list.ts";

/** What a member ordered. */
export const orders: FastifyPluginAsync = async (app) => {
  app.route(listOrders);
};
