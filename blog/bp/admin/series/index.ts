import type { FastifyPluginAsync } from "fastify";
import { createSeries } from "./create.ts";
import { listSeries } from "./list.ts";
import { removeSeries } from "./remove.ts";
import { saveSeries } from "./save.ts";

/** Posts that are read one after the other, for whoever edits everything. */
export const seriesAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/series",
    name: "Series",
    detail: "Posts that are read one after the other: make a series, name it, see its order.",
    action: "edit",
  });
  app.route(listSeries);
  app.route(createSeries);
  app.route(saveSeries);
  app.route(removeSeries);
};
