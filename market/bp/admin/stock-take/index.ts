import type { FastifyPluginAsync } from "fastify";
import { showSheet } from "./sheet.ts";
import { takeStock } from "./take.ts";

/** Counting what is on the shelves, on paper or on a phone. */
export const stockTakeAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/stock-take",
    name: "Stock take",
    detail: "A sheet by shelf, to print or to fill in where you stand.",
    action: "edit",
  });
  app.route(showSheet);
  app.route(takeStock);
};
