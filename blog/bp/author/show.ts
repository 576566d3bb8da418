import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { pageQuery, paginationOf } from "../paging.ts";

const params = z.object({ handle: z.string() });

export const showAuthor: Route<{ Params: z.output<typeof params>; Querystring: z.output<typeof pageQuery> }> = {
  method: "GET",
  url: "/authors/:handle(^[a-z0-9-]{1,200}$)",
  schema: { params, querystring: pageQuery },
  config: { publicPage: ["posts", "comments"] },
  async handler(request, reply) {
    const { services, listTopics } = request.server;
    const { handle } = request.params;
    const [{ author, list }, topics] = await Promise.all([services.blog.getAuthor(handle, request.query.page), listTopics(null)]);
    const path = `/authors/${handle}`;
    return reply.page("author/show.html", {
      author,
      posts: list.posts,
      pagination: paginationOf(path, list.paging),
      topics,
      feedPath: path,
    });
  },
};
