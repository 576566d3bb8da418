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
    return reply.page("index-of-posts.html", {
      ...{ title: "All topics", lead: "Every word by which our writing is sorted.", empty: "The topics of our posts will stand here." },
      ...{ sections: sectionsOf(tags), topics, url: publicUrl("blog", "/tags") },
    });
  },
};

/** Headings by their letters, those without one last; in each the tags by name. */
function sectionsOf(tags: readonly TagCard[]) {
  const byHeading = [...Map.groupBy(tags, ({ heading }) => heading)];
  const sorted = byHeading.sort(([a], [b]) => Number(a === "") - Number(b === "") || a.localeCompare(b));
  const ofTheRest = byHeading.length > 1 ? "More topics" : "";
  return sorted.map(([heading, of]) => ({
    heading: heading || ofTheRest,
    label: heading || "Topics",
    rows: of.toSorted((a, b) => a.name.localeCompare(b.name)).map(({ description, ...tag }) => ({ ...tag, detail: description })),
  }));
}
