import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { ORDER_STATUSES } from "@rose-ash/shared/models/order-states.ts";
import { STATUS_WORDS } from "../../order/words.ts";
import { matterView } from "./matters.ts";
import { filterOf, type OrderQuery, orderQuery, queryOf } from "./order-filter.ts";

/** GET /admin/orders: what waits for somebody first, then orders, newest first. */
export const listOrders: Route<{ Querystring: OrderQuery }> = {
  method: "GET",
  url: "/admin/orders",
  schema: { querystring: orderQuery },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { query } = request;
    const { page } = query;
    const { orders, payments } = request.server.services;
    const [list, matters, broken, merchants] = await Promise.all([
      orders.list(filterOf(query), page),
      payments.listMatters(),
      payments.listBrokenComparisons(),
      orders.listMerchants(),
    ]);
    const asked = queryOf(query);
    const urlOf = (number: number) => `/admin/orders?${new URLSearchParams([...asked, ["page", String(number)]])}`;
    return reply.page("admin/orders/list.html", {
      menu: menuOf(request),
      orders: list.orders.map((order) => ({ ...order, ...STATUS_WORDS[order.status] })),
      matters: matters.map(matterView),
      broken,
      query,
      isFiltered: asked.size > 0,
      fileUrl: `/admin/orders.csv?${asked}`,
      statuses: [{ value: "", label: "any" }, ...ORDER_STATUSES.map((value) => ({ value, label: STATUS_WORDS[value].words }))],
      merchants: [{ value: "", label: "any" }, ...merchants.map(({ code, name }) => ({ value: code, label: name }))],
      pagination: {
        ...{ number: list.page, count: list.pageCount },
        previousUrl: page > 1 ? urlOf(page - 1) : null,
        nextUrl: page < list.pageCount ? urlOf(page + 1) : null,
      },
    });
  },
};
