import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { shelfOptions } from "../shelf-options.ts";
import { filterChoices, filterOf, filterQuery, stockFilter } from "../stock-filter.ts";

/** moved: products that were sold or changed while somebody counted them, with dots between. */
const query = stockFilter.extend({
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
  moved: z.string().max(2_000).catch("").default(""),
});

/** GET /admin/stock-take: what stands where, shelf by shelf, with a field for what is counted. */
export const showSheet: Route<{ Querystring: z.output<typeof query> }> = {
  method: "GET",
  url: "/admin/stock-take",
  schema: { querystring: query },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { page, moved, ...filter } = request.query;
    const { shelf, shelves } = request.server.services;
    const [sheet, choices, nodes] = await Promise.all([shelf.listSheet(filterOf(filter), page), shelf.listChoices(), shelves.listAll()]);
    const asked = filterQuery(filter);
    const again = new Set(moved.split(".").map(Number));
    const { page: here, pageCount } = sheet.paging;
    const queryOf = (number: number) => new URLSearchParams({ ...asked, page: String(number) }).toString();
    return reply.page("admin/stock-take/sheet.html", {
      ...{ menu: menuOf(request), asked, total: sheet.total, choices: filterChoices(choices, shelfOptions(nodes)), back: queryOf(here) },
      shelves: [...Map.groupBy(sheet.lines, (line) => line.shelf)].map(([name, lines]) => ({
        name: name || "On no shelf",
        lines: lines.map((line) => ({ ...line, isMoved: again.has(line.id) })),
      })),
      pagination: {
        ...{ number: here, count: pageCount },
        previousUrl: here > 1 ? `/admin/stock-take?${queryOf(here - 1)}` : null,
        nextUrl: here < pageCount ? `/admin/stock-take?${queryOf(here + 1)}` : null,
      },
    });
  },
};
