import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { pageQuery, paginationOf } from "../paging.ts";

/** notice: what was just done in a box of this page. */
const query = pageQuery.extend({ notice: z.string().optional().catch(undefined) });

export const showHome: Route<{ Querystring: z.output<typeof query> }> = {
  method: "GET",
  url: "/",
  config: { publicPage: ["posts", "calendar", "comments", "newsletters"] },
  schema: { querystring: query },
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
        newsletterBox: { type: request.viewer.kind === "guest" ? "newsletter-box" : "own-newsletter-box" },
        ...(request.viewer.kind === "member" ? { greeting: { type: "greeting" } as const } : {}), // a page for guests has nobody to greet
      },
    );
  },
};
