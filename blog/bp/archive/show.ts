import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { pageQuery, paginationOf } from "../paging.ts";
import { monthWords } from "./month-words.ts";

const params = z.object({ month: z.string() });

/** GET /archive/2026-11: what was published in a month. */
export const showMonth: Route<{ Params: z.output<typeof params>; Querystring: z.output<typeof pageQuery> }> = {
  method: "GET",
  url: "/archive/:month(^[0-9]{4}-(?:0[1-9]|1[0-2])$)",
  schema: { params, querystring: pageQuery },
  config: { publicPage: ["posts", "comments"] },
  async handler(request, reply) {
    const { services, publicUrl, listTopics, runtime } = request.server;
    const { month } = request.params;
    const [list, topics] = await Promise.all([services.blog.getMonth(month, request.query.page), listTopics(null)]);
    const path = `/archive/${month}`;
    return reply.page("archive/show.html", {
      posts: list.posts,
      pagination: paginationOf(path, list.paging),
      topics,
      month: monthWords(month, runtime.site.locale),
      url: publicUrl("blog", path),
    });
  },
};
