import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { findOrMoved } from "../moved.ts";
import { pageQuery, paginationOf } from "../paging.ts";

const params = z.object({ slug: z.string() });

export const showTag: Route<{ Params: z.output<typeof params>; Querystring: z.output<typeof pageQuery> }> = {
  method: "GET",
  url: "/tags/:slug(^[a-z0-9-]{1,200}$)",
  schema: { params, querystring: pageQuery },
  config: { publicPage: ["posts", "comments"] },
  async handler(request, reply) {
    const { services, publicUrl, listTopics } = request.server;
    const { slug } = request.params;
    const path = `/tags/${slug}`;
    const [found, topics] = await Promise.all([
      findOrMoved(services.blog, path, () => services.blog.getTag(slug, request.query.page)),
      listTopics(publicUrl("blog", path)),
    ]);
    if (found.kind === "moved") return reply.redirect(found.to, 301);
    const { tag, list } = found.page;
    return reply.page("tag/show.html", { tag, posts: list.posts, pagination: paginationOf(path, list.paging), topics, feedPath: path });
  },
};
