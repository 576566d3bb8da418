import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { pagesOf, tabsOf } from "./tabs.ts";

const querystring = z.looseObject({
  queue: z.enum(["waiting", "hidden"]).catch("waiting"),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
}); // loose: a notice may stand beside it

/** GET /admin/moderation: comments that wait for a look, or were taken away. */
export const listModeration: Route<{ Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/admin/moderation",
  schema: { querystring },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { comments } = request.server.services;
    const { queue, page } = request.query;
    const [listed, tabs] = await Promise.all([comments.listModerated(queue, page), tabsOf(request, queue)]);
    const pages = pagesOf(listed, (number) => `/admin/moderation?queue=${queue}&page=${number}`);
    return reply.page("admin/moderation/comments.html", { menu: menuOf(request), tabs, queue, comments: listed.comments, pages });
  },
};
