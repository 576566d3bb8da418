import { likerOf } from "@rose-ash/shared/contracts/likes.ts";
import { commentsOf } from "@rose-ash/shared/infrastructure/blueprints/comments/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { audienceWords } from "../audience.ts";
import { editUrlOf } from "../edit-link.ts";
import { findOrMoved } from "../moved.ts";
import { withPictures } from "../text-pictures.ts";
import { withContents } from "./contents.ts";
import { structuredData } from "./structured-data.ts";

const params = z.object({ slug: z.string() });

export const showPost: Route<{ Params: z.output<typeof params> }> = {
  method: "GET",
  url: "/posts/:slug(^[a-z0-9-]{1,200}$)", // what can't be a slug is not found, rather than a bad request
  schema: { params },
  config: { publicPage: ["posts", "shop", "newsletters", "comments:/posts/:slug"], document: "Post" },
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
    const [html, isLiked, editUrl, { discussion, commentWants }] = await Promise.all([
      withPictures(services.media, page.html),
      services.likes.isLikedBy({ kind: "post", id: page.id }, likerOf(viewer)),
      editUrlOf(services, viewer, { kind: "post", id: page.id }),
      commentsOf(request, { type: "Post", id: page.id }, path),
    ]);
    const productCards = page.productSlugs.map((product) => ({ type: "product-card" as const, params: { slug: product, next: path } }));
    const box = viewer.kind === "guest" ? { newsletterBox: { type: "newsletter-box" as const } } : {}; // members find it at home
    return reply.page(
      "post/show.html",
      {
        ...page,
        ...withContents(html, page.post.readingMinutes),
        topics,
        audience: audienceWords(page.post.audience),
        isLiked,
        editUrl,
        discussion,
        structured: structuredData(page, runtime.site.name, publicUrl),
      },
      { ...commentWants, ...box, productCards, relatedPosts: { type: "related-posts", params: { post: page.id } } },
    );
  },
};
