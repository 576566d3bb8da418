import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { discountView } from "./words.ts";

/** GET /admin/discounts: what is taken off for whom, and how often it was. */
export const listDiscounts: Route = {
  method: "GET",
  url: "/admin/discounts",
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, runtime } = request.server;
    const { discounts, merchants } = services;
    const [list, sellers] = await Promise.all([discounts.list(), merchants.list()]);
    return reply.page("admin/discounts/list.html", {
      menu: menuOf(request),
      discounts: list.map((one) => discountView(one, runtime.site.locale)),
      canAdd: sellers.length > 0,
    });
  },
};
