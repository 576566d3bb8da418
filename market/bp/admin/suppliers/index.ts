import type { FastifyPluginAsync } from "fastify";
import { createRun } from "./create-run.ts";
import { dismissAlarm } from "./dismiss-alarm.ts";
import { listSuppliers } from "./list.ts";
import { showSupplier } from "./show.ts";

/** Suppliers whose pages are read: how, when, and whether they still say what they did. */
export const suppliersAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/suppliers",
    name: "Suppliers",
    detail: "Whose pages we read, when they were last and will be next; begin and follow a run.",
    action: "edit",
  });
  app.route(listSuppliers);
  app.route(showSupplier);
  app.route(createRun);
  app.route(dismissAlarm);
};
