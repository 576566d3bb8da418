import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";

/** What was published since then, for everybody. Plain paragraphs, lists and links: it goes into a letter. */
export const digestPosts = defineFragment({
  type: "digest-posts",
  params: z.object({ since: z.iso.datetime().transform((at) => new Date(at)) }),
  async render({ services, params: { since } }) {
    const { posts } = await services.blog.listPosts(1);
    return {
      template: "fragments/digest-posts.html",
      context: { posts: posts.filter((post) => post.publishedAt > since && post.audience === null) },
    };
  },
});
