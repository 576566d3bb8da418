import type { FastifyPluginAsync } from "fastify";
import { assertTuple } from "./assert.ts";
import { listRelations } from "./list.ts";
import { retractTuple } from "./retract.ts";
import { showRelation } from "./show.ts";
import { showTuple } from "./tuple.ts";

/** What is known here, who says so and what follows. */
export const relationsAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/relations",
    name: "Relations",
    detail: "What is known here, who says so, what follows from it and why. State facts, and take them back.",
    action: "see-admin",
  });
  app.route(listRelations);
  app.route(showRelation);
  app.route(showTuple);
  app.route(assertTuple);
  app.route(retractTuple);
};
