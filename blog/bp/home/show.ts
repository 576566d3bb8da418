import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { z } from "zod";
import { pageQuery, paginationOf } from "../paging.ts";
import { listTopics } from "../topics.ts";

export const showHome: Route<{ Querystring: z.output<typeof pageQuery> }> = {
  method: "GET",
  url: "/",
  schema: { querystring: pageQuery },
  async handler(request, reply) {
    const { services, publicUrl } = request.server;
    const home = publicUrl("blog", "/");
    const [list, topics] = await Promise.all([services.blog.listPosts(request.query.page), listTopics(services.blog, home, home)]);
    const isFirst = list.paging.page === 1;
    const [lead, ...afterLead] = list.posts;
    const shown = isFirst ? { lead, posts: afterLead } : { posts: list.posts };
    return reply.page(
      "home/show.html",
      { ...shown, isFirst, pagination: paginationOf("/", list.paging), topics },
      { nextEntries: { type: "next-entries" } },
    );
  },
};
