import type { FastifyPluginAsync } from "fastify";
import { acceptPrice } from "./accept-price.ts";
import { addLine } from "./add-line.ts";
import { changeLine } from "./change-line.ts";

/** The cart's commands, on every host: a form posts to the host whose page it stands on. */
export const cartLines: FastifyPluginAsync = async (app) => {
  app.route(addLine);
  app.route(changeLine);
  app.route(acceptPrice);
};
