import type { FastifyPluginAsync } from "fastify";
import { productCard } from "./product-card.ts";

export const fragments: FastifyPluginAsync = async (app) => {
  app.ownFragment(productCard);
};
