import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";

/** GET /admin/newsletters */
export const showNewslettersDesk: Route = {
  method: "GET",
  url: "/admin/newsletters",
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { newsletters, letters } = request.server.services;
    const [lists, figures, rows, suppressed] = await Promise.all([
      newsletters.listNewsletters(),
      newsletters.getFigures(),
      letters.listLetters(),
      newsletters.getSuppressionFigures(),
    ]);
    return reply.page("admin/newsletters/show.html", { menu: menuOf(request), lists, figures, letters: rows, suppressed });
  },
};
