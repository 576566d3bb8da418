import type { FastifyPluginAsync } from "fastify";
import { createProduct } from "./create-product.ts";
import { decideFinding } from "./decide.ts";
import { decideMany } from "./decide-many.ts";
import { linkProduct } from "./link-product.ts";
import { listFindings } from "./list.ts";
import { showFinding } from "./show.ts";

/** What suppliers' pages say otherwise than the shelf, for people to accept. */
export const findingsAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/scraping/findings",
    name: "Findings",
    detail: "What suppliers’ pages say otherwise than the shelf: new, changed and gone things, to be accepted or declined.",
    action: "edit",
  });
  app.route(listFindings);
  app.route(decideMany("accept"));
  app.route(decideMany("decline"));
  app.route(showFinding);
  app.route(decideFinding("accept"));
  app.route(decideFinding("decline"));
  app.route(createProduct);
  app.route(linkProduct);
};
