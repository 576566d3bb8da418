import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { pagesOf, tabsOf } from "./tabs.ts";

const querystring = z.looseObject({
  closed: z.enum(["yes", "no"]).catch("no"),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
}); // loose: a notice may stand beside it

/** GET /admin/moderation/reports: what was reported, open or closed. */
export const listReports: Route<{ Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/admin/moderation/reports",
  schema: { querystring },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { moderation } = request.server.services;
    const { closed, page } = request.query;
    const which = closed === "yes" ? "closed" : "open";
    const [listed, tabs] = await Promise.all([moderation.listReports(which, page), tabsOf(request, "reports")]);
    const pages = pagesOf(listed, (number) => `/admin/moderation/reports?closed=${closed}&page=${number}`);
    return reply.page("admin/moderation/reports.html", { menu: menuOf(request), tabs, which, reports: listed.reports, pages });
  },
};
