import type { FastifyPluginAsync } from "fastify";
import { listAudit } from "./list.ts";

/** What was done behind the counter, by whom and why. */
export const auditAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/audit",
    name: "Log",
    detail: "What was done behind the counter of every service: by whom, why, and how it stood before and after.",
    action: "read-audit",
  });
  app.route(listAudit);
};
