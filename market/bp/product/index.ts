import type { FastifyPluginAsync } from "fastify";
import { awaitStock } from "./await-stock.ts";
import { commentOnProduct } from "./comment.ts";
import { likeProduct } from "./like.ts";
import { showProduct } from "./show.ts";

export const product: FastifyPluginAsync = async (app) => {
  app.route(showProduct);
  app.route(awaitStock);
  app.route(likeProduct);
  app.route(commentOnProduct);
};
