import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";

const query = z.object({ page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1) });

/** GET /admin/changes: what was changed of many products at once, the newest first. */
export const listSets: Route<{ Querystring: z.output<typeof query> }> = {
  method: "GET",
  url: "/admin/changes",
  schema: { querystring: query },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { sets, page, pageCount } = await request.server.services.changeSets.listSets(request.query.page);
    return reply.page("admin/changes/list.html", {
      ...{ menu: menuOf(request), sets },
      pagination: {
        ...{ number: page, count: pageCount },
        previousUrl: page > 1 ? `/admin/changes?page=${page - 1}` : null,
        nextUrl: page < pageCount ? `/admin/changes?page=${page + 1}` : null,
      },
    });
  },
};
