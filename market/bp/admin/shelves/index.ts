import type { FastifyPluginAsync } from "fastify";
import { createShelf } from "./create.ts";
import { listShelves } from "./list.ts";
import { mergeShelf } from "./merge.ts";
import { moveShelf } from "./move.ts";
import { removeShelf } from "./remove.ts";
import { saveShelf } from "./save.ts";
import { showShelf } from "./show.ts";

/** The shelves of the shop: a tree in which one may be a part of several. */
export const shelvesAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/shelves",
    name: "Shelves",
    detail: "The categories of the shop: name them, put one into another, order, merge.",
    action: "edit",
  });
  app.route(listShelves);
  app.route(createShelf);
  app.route(showShelf);
  app.route(saveShelf);
  app.route(moveShelf);
  app.route(mergeShelf);
  app.route(removeShelf);
};
