import type { TagCard } from "@rose-ash/shared/contracts/blog.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";

/** GET /tags: all words that posts are found by, under their headings. */
export const listAllTags: Route<object> = {
  method: "GET",
  url: "/tags",
  config: { publicPage: ["posts"] },
  async handler(request, reply) {
    const { services, publicUrl, listTopics } = request.server;
    const [tags, topics] = await Promise.all([services.blog.listTags(), listTopics(null)]);
    return reply.page("tag/list.html", { groups: groupsOf(tags), topics, url: publicUrl("blog", "/tags") });
  },
};

/** Headings by their letters, those without one last; in each the tags by name. */
function groupsOf(tags: readonly TagCard[]): { heading: string; tags: readonly TagCard[] }[] {
  const byHeading = Map.groupBy(tags, ({ heading }) => heading);
  return [...byHeading]
    .map(([heading, of]) => ({ heading, tags: of.toSorted((a, b) => a.name.localeCompare(b.name)) }))
    .sort((a, b) => Number(a.heading === "") - Number(b.heading === "") || a.heading.localeCompare(b.heading));
}
