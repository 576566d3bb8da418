import type { FastifyPluginAsync } from "fastify";
import { addItem } from "./add.ts";
import { editItem } from "./edit.ts";
import { newItem, showItem } from "./item.ts";
import { moveItem } from "./move.ts";
import { orderItems } from "./order.ts";
import { removeItem } from "./remove.ts";
import { showNavigation } from "./show.ts";

/** The menus of the site, arranged. */
export const navigationAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/navigation",
    name: "Navigation",
    detail: "The menus on top and at the foot of every page: what stands in them, in which order.",
    action: "edit",
  });
  app.route(showNavigation);
  app.route(newItem);
  app.route(showItem);
  app.route(addItem);
  app.route(editItem);
  app.route(moveItem);
  app.route(orderItems);
  app.route(removeItem);
};
