import type { NavigationNode } from "@rose-ash/shared/contracts/blog.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { wordsInMarkdown } from "../markdown.ts";
import { sendPublic } from "../send-public.ts";

/** GET /llms.txt: what is here for programs that read texts, with the plain form of each. What is for a group is left out. */
export const showLlms: Route<object> = {
  method: "GET",
  url: "/llms.txt",
  async handler(request, reply) {
    const { services, runtime, publicUrl } = request.server;
    const [{ tree }, { items }] = await Promise.all([services.blog.getNavigation(), services.blog.getFeed({ kind: "site" })]);
    const posts = items.filter(({ post }) => post.audience === null).map(({ post }) => lineOf(post.title, post.url, post.excerpt));
    const feeds = ["xml", "atom", "json"].map((kind) => `- ${publicUrl("blog", `/feed.${kind}`)}`);
    const body = [
      `# ${runtime.site.name}`,
      `> ${runtime.site.tagline}`,
      `Every public post and page has a plain form: its address with .md behind it. The pages and the newest posts are in one file: ${publicUrl("blog", "/llms-full.txt")}`,
      ["## Pages", ...pagesOf(tree).map(({ name, url }) => lineOf(name, url, ""))].join("\n"),
      ["## Newest posts", ...posts].join("\n"),
      ["## Everything", `- ${publicUrl("blog", "/sitemap.xml")}`, ...feeds].join("\n"),
    ];
    return sendPublic(request, reply, { type: "text/plain; charset=utf-8", body: `${body.join("\n\n")}\n` });
  },
};

function pagesOf(tree: readonly NavigationNode[]): readonly NavigationNode[] {
  return tree.flatMap((page) => [page, ...pagesOf(page.children)]);
}

function lineOf(name: string, url: string, about: string): string {
  const words = (text: string) => wordsInMarkdown(text.replace(/\s+/g, " ").replace(/[[\]\\]/g, "\\$&"));
  return `- [${words(name)}](${url}.md)${about === "" ? "" : `: ${words(about)}`}`;
}
