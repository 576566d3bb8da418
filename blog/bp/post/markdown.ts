import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { markdownOf, wordsInMarkdown } from "../markdown.ts";
import { findOrMoved } from "../moved.ts";
import { sendPublic } from "../send-public.ts";

const params = z.object({ slug: z.string() });

/** GET /posts/:slug.md: the post as text, for programs that read. What is not for everybody has none. */
export const showPostAsMarkdown: Route<{ Params: z.output<typeof params> }> = {
  method: "GET",
  url: "/posts/:slug(^[a-z0-9-]{1,200}).md",
  schema: { params },
  async handler(request, reply) {
    const { services, publicUrl } = request.server;
    const { slug } = request.params;
    const look = () => services.blog.getPost(slug, { kind: "guest", deviceId: null });
    const found = await findOrMoved(services.blog, `/posts/${slug}`, look);
    if (found.kind === "moved") return reply.redirect(`${found.to}.md`, 301);
    const { post, html } = found.page;
    if (post.audience !== null) throw new CodedError("not-found", "This post is not for everybody, and has no plain form.");
    const names = post.authors.map(({ name }) => name).join(", ");
    const head = [
      `# ${wordsInMarkdown(post.title)}`,
      wordsInMarkdown(post.excerpt),
      [wordsInMarkdown(names), post.publishedAt.toISOString().slice(0, 10), post.url].filter(Boolean).join(" · "),
    ];
    const text = [...head.filter(Boolean), await markdownOf(html, publicUrl("blog", ""))].join("\n\n");
    return sendPublic(request, reply, { type: "text/markdown; charset=utf-8", body: `${text}\n` });
  },
};
