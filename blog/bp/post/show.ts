import { likerOf } from "@rose-ash/shared/contracts/likes.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { audienceWords } from "../audience.ts";
import { languageName } from "../languages.ts";
import { findOrMoved } from "../moved.ts";
import { withContents } from "./contents.ts";
import { structuredData } from "./structured-data.ts";

const params = z.object({ slug: z.string() });

export const showPost: Route<{ Params: z.output<typeof params> }> = {
  method: "GET",
  url: "/posts/:slug(^[a-z0-9-]{1,200}$)", // what can't be a slug is not found, rather than a bad request
  schema: { params },
  config: { publicPage: ["posts", "shop"] },
  async handler(request, reply) {
    const { services, publicUrl, listTopics, runtime } = request.server;
    const { viewer } = request;
    const { slug } = request.params;
    const path = `/posts/${slug}`;
    const [found, topics] = await Promise.all([
      findOrMoved(services.blog, path, () => services.blog.getPost(slug, viewer)),
      listTopics(null),
    ]);
    if (found.kind === "moved") return reply.redirect(found.to, 301);
    const { page } = found;
    const productCards = page.productSlugs.map((product) => ({ type: "product-card" as const, params: { slug: product, next: path } }));
    return reply.page(
      "post/show.html",
      {
        ...page,
        ...withContents(page.html, page.post.readingMinutes),
        topics,
        audience: audienceWords(page.post.audience),
        translations: page.translations.map((to) => ({ ...to, languageName: languageName(to.language) })),
        isLiked: await services.likes.isLikedBy({ kind: "post", id: page.id }, likerOf(viewer)),
        structured: structuredData(page, runtime.site.name, publicUrl),
      },
      { productCards, relatedPosts: { type: "related-posts", params: { post: page.id } } },
    );
  },
};
