import type { FastifyPluginAsync } from "fastify";
import { addWidget } from "./add.ts";
import { moveWidget } from "./move.ts";
import { orderWidgets } from "./order.ts";
import { removeWidget } from "./remove.ts";
import { showWidgets } from "./show.ts";

/** What a page shows of other services, arranged by its editors; the page's own form leads here. */
export const widgetsAdmin: FastifyPluginAsync = async (app) => {
  app.route(showWidgets);
  app.route(addWidget);
  app.route(moveWidget);
  app.route(orderWidgets);
  app.route(removeWidget);
};
