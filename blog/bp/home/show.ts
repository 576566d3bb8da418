import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { z } from "zod";
import { pageQuery, paginationOf } from "../paging.ts";
import { listTopics } from "../topics.ts";

export const showHome: Route<{ Querystring: z.output<typeof pageQuery> }> = {
  method: "GET",
  url: "/",
  config: { publicPage: ["posts", "calendar"] },
  schema: { querystring: pageQuery },
  async handler(request, reply) {
    const { services, publicUrl } = request.server;
    const home = publicUrl("blog", "/");
    const [list, topics] = await Promise.all([services.blog.listPosts(request.query.page), listTopics(services.blog, home, home)]);
    const pagination = paginationOf("/", list.paging);
    if (list.paging.page > 1) return reply.page("home/show.html", { posts: list.posts, pagination, topics, isFirst: false });
    const [lead, ...posts] = list.posts;
    return reply.page(
      "home/show.html",
      { lead, posts, pagination, topics, isFirst: true },
      { nextEntries: { type: "next-entries", params: { limit: 4 } } },
    );
  },
};
