import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { rowOf } from "../rows.ts";

const MOST_SHOWN = 200;

/** GET /admin/ghost/differences: every piece that says something else on each side, and the ways to end that. */
export const showDifferences: Route = {
  method: "GET",
  url: "/admin/ghost/differences",
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { ghost, services } = request.server;
    if (ghost === null) throw nothingHere();
    const [counts, links] = await Promise.all([services.ghost.getCounts(), services.ghost.listLinks("differing", MOST_SHOWN)]);
    return reply.page("admin/ghost/differences/show.html", {
      menu: menuOf(request),
      ...{ count: counts.differing, links: links.map((link) => rowOf(ghost.url, link)) },
    });
  },
};
