import type { FastifyPluginAsync } from "fastify";
import { routePieces } from "../pieces/routes.ts";
import { reachOf } from "../reach.ts";
import { createPage } from "./create.ts";
import { pageDesk } from "./desk.ts";
import { listPages } from "./list.ts";
import { placePage } from "./place.ts";
import { sortPage } from "./sort.ts";

/** Standing pages in their tree, for whoever edits them. */
export const pagesAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/pages",
    name: "Pages",
    detail: "Standing pages in their tree: write them, move them, sort them.",
    action: "edit",
    isOpenTo: async (request) => (await reachOf(request)).hasPages,
  });
  app.route(listPages);
  app.route(createPage);
  app.route(placePage);
  app.route(sortPage);
  routePieces(app, pageDesk);
};
