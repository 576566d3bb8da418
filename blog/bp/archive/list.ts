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
    const years = [...byYear].map(([year, of]) => ({
      year,
      months: of.map(({ month, postCount }) => ({ name: monthWords(month, runtime.site.locale), url: `/archive/${month}`, postCount })),
    }));
    return reply.page("archive/list.html", { years, topics, url: publicUrl("blog", "/archive") });
  },
};
