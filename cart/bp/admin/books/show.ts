import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { type PeriodQuery, periodOf, periodQuery } from "./period.ts";

/** GET /admin/books: a period by merchant and rate, and what moved on which account; this month, if nothing else is asked for. */
export const showBooks: Route<{ Querystring: PeriodQuery }> = {
  method: "GET",
  url: "/admin/books",
  schema: { querystring: periodQuery },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, runtime } = request.server;
    const period = periodOf(request.query, runtime.clock.now(), runtime.site.timeZone);
    const [sums, accounts, merchants] = await Promise.all([
      services.books.listSums(period),
      services.books.listAccounts(period),
      services.orders.listMerchants(),
    ]);
    const names = new Map(merchants.map(({ code, name }) => [code, name]));
    return reply.page("admin/books/show.html", {
      menu: menuOf(request),
      period,
      sums: sums.map((sum) => ({ ...sum, merchantName: names.get(sum.merchant) ?? sum.merchant, percent: sum.vatBasisPoints / 100 })),
      accounts,
      merchants: [{ value: "", label: "all of them" }, ...merchants.map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))],
      asked: new URLSearchParams({ from: period.from, until: period.until, merchant: period.merchant ?? "" }).toString(),
      month: period.from.slice(0, 7),
    });
  },
};
