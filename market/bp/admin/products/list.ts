import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { shelfOptions } from "../shelf-options.ts";
import { filterChoices, filterOf, filterQuery, stockFilter } from "../stock-filter.ts";

const query = stockFilter.extend({ page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1) });

/** GET /admin/products: all packs by name, narrowed, with price, stock and how much of each staff say otherwise. */
export const listProducts: Route<{ Querystring: z.output<typeof query> }> = {
  method: "GET",
  url: "/admin/products",
  schema: { querystring: query },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { page, ...filter } = request.query;
    const { shelf, shelves } = request.server.services;
    const [list, choices, nodes] = await Promise.all([shelf.listStock(filterOf(filter), page), shelf.listChoices(), shelves.listAll()]);
    const asked = filterQuery(filter);
    const urlOf = (number: number) => `/admin/products?${new URLSearchParams({ ...asked, page: String(number) })}`;
    const { page: here, pageCount } = list.paging;
    return reply.page("admin/products/list.html", {
      ...{ menu: menuOf(request), list, asked, choices: filterChoices(choices, shelfOptions(nodes)) },
      exportUrl: `/admin/lists/products.csv?${new URLSearchParams(asked)}`,
      pagination: {
        ...{ number: here, count: pageCount },
        previousUrl: here > 1 ? urlOf(here - 1) : null,
        nextUrl: here < pageCount ? urlOf(here + 1) : null,
      },
    });
  },
};
