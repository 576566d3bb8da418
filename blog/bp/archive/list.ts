import type { ArchiveMonth } from "@rose-ash/shared/contracts/blog.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { monthWords } from "./month-words.ts";

/** GET /archive: the months in which something was published. */
export const listMonths: Route<object> = {
  method: "GET",
  url: "/archive",
  config: { publicPage: ["posts"] },
  async handler(request, reply) {
    const { services, publicUrl, listTopics, runtime } = request.server;
    const [months, topics] = await Promise.all([services.blog.listMonths(), listTopics(null)]);
    const byYear = Map.groupBy(months, ({ month }) => month.slice(0, 4));
    const rowOf = ({ month, postCount }: ArchiveMonth) => {
      return { name: monthWords(month, runtime.site.locale), url: `/archive/${month}`, detail: "", postCount };
    };
    return reply.page("index-of-posts.html", {
      ...{ title: "By month", lead: "All our writing, by the month it came out.", empty: "The months will stand here." },
      sections: [...byYear].map(([year, of]) => ({ heading: year, label: year, rows: of.map(rowOf) })),
      ...{ topics, url: publicUrl("blog", "/archive") },
    });
  },
};
