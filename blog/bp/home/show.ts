import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { z } from "zod";
import { pageQuery, paginationOf } from "../paging.ts";

export const showHome: Route<{ Querystring: z.output<typeof pageQuery> }> = {
  method: "GET",
  url: "/",
  config: { publicPage: ["posts", "calendar", "comments"] },
  schema: { querystring: pageQuery },
  async handler(request, reply) {
    const { services, publicUrl, listTopics } = request.server;
    const [list, topics] = await Promise.all([services.blog.listPosts(request.query.page), listTopics(publicUrl("blog", "/"))]);
    const pagination = paginationOf("/", list.paging);
    if (list.paging.page > 1) return reply.page("home/show.html", { posts: list.posts, pagination, topics, isFirst: false });
    const [lead, ...posts] = list.posts;
    return reply.page(
      "home/show.html",
      { lead, posts, pagination, topics, isFirst: true },
      {
        nextEntries: { type: "next-entries", params: { limit: 4 } },
        ...(request.viewer.kind === "member" ? { greeting: { type: "greeting" } as const } : {}), // a page for guests has nobody to greet
      },
    );
  },
};
