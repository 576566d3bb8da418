import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { accountPage } from "../../sections.ts";
import { aroundList, askOf, holdingQuery } from "../holding-query.ts";
import { memberOf } from "../member.ts";

const VIEWS = [
  { show: "all", name: "All" },
  { show: "waiting", name: "To be paid" },
  { show: "under-way", name: "Under way" },
  { show: "done", name: "Fetched" },
  { show: "over", name: "Called off" },
] as const;

const querystring = holdingQuery.extend({
  show: z.enum(["all", "waiting", "under-way", "done", "over"]).catch("all").default("all"),
});

/** GET /orders: a member's own, newest first. Each order's page, its money and its receipt are cart's. */
export const listOrders: Route<{ Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/orders",
  schema: { querystring },
  async handler(request, reply) {
    const { query, server } = request;
    const page = await server.services.orders.listHeld(memberOf(request), query.show, askOf(query));
    return accountPage(reply, "orders/list.html", {
      orders: page.items,
      total: page.total,
      list: aroundList("/orders", VIEWS, query, page),
    });
  },
};
