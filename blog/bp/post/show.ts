import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { listTopics } from "../topics.ts";

const params = z.object({ slug: z.string() });

export const showPost: Route<{ Params: z.output<typeof params> }> = {
  method: "GET",
  url: "/posts/:slug(^[a-z0-9-]{1,200}$)", // what can't be a slug is not found, rather than a bad request
  schema: { params },
  config: { publicPage: ["posts", "shop"] },
  async handler(request, reply) {
    const { services, publicUrl } = request.server;
    const [page, topics] = await Promise.all([
      services.blog.getPost(request.params.slug),
      listTopics(services.blog, publicUrl("blog", "/"), null),
    ]);
    const next = `/posts/${request.params.slug}`;
    const productCards = page.productSlugs.map((slug) => ({ type: "product-card" as const, params: { slug, next } }));
    return reply.page("post/show.html", { ...page, topics }, { productCards });
  },
};
