import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import type { SupplierConfig } from "../../../services/scraping/suppliers/supplier.ts";
import { driftWords, RUN_WORDS } from "../scraping-words.ts";
import { findShown, runsOf } from "./suppliers-shown.ts";

export const supplierParams = z.object({ slug: z.string().max(100) });
export type SupplierParams = z.output<typeof supplierParams>;
const query = z.looseObject({ page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1) });
const OPEN: ReadonlySet<string> = new Set(["waiting", "running", "paused"]);

/** GET /admin/suppliers/:slug: how its pages are read, its runs, and whether they changed. */
export const showSupplier: Route<{ Params: SupplierParams; Querystring: z.output<typeof query> }> = {
  method: "GET",
  url: "/admin/suppliers/:slug",
  schema: { params: supplierParams, querystring: query },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, runtime } = request.server;
    const shown = await findShown(request.server, request.params.slug);
    if (shown === null) throw nothingHere();
    const { known, config } = shown;
    const list = known && (await services.scraping.listRuns({ supplierId: known.id, page: request.query.page }));
    const alarms = known ? await services.scrapeReview.listAlarmsOf(known.id) : [];
    const here = `/admin/suppliers/${shown.slug}`;
    return reply.page("admin/suppliers/show.html", {
      ...{ menu: menuOf(request), ...shown, ...runsOf(shown, runtime.clock.now()), here },
      isOpen: known?.lastRun != null && OPEN.has(known.lastRun.state),
      runs: (list?.runs ?? []).map((run) => ({ ...run, ...RUN_WORDS[run.state] })),
      settings: config === null ? [] : settingsOf(config),
      alarms: alarms.map((alarm) => ({ ...alarm, drifts: driftWords(alarm.drifts) })),
      pagination: list && {
        ...{ number: list.paging.page, count: list.paging.pageCount },
        previousUrl: list.paging.page > 1 ? `${here}?page=${list.paging.page - 1}` : null,
        nextUrl: list.paging.page < list.paging.pageCount ? `${here}?page=${list.paging.page + 1}` : null,
      },
    });
  },
};

/** What the supplier's file says, for people. */
function settingsOf({
  start,
  listing,
  product,
  rate,
  limits,
  schedule,
  prices,
  accept,
}: SupplierConfig): { name: string; value: string }[] {
  const own = Object.keys(product.selectors);
  const rules = [
    ...(accept.pricePercent > 0 ? [`prices within ${accept.pricePercent} %`] : []),
    ...accept.fields.map((field) => `all changes of ${field}`),
  ];
  return [
    { name: "Begins at", value: start.join(" ") },
    { name: "Lists", value: listing.pages.join(" ") || "any page that leads on" },
    { name: "Products", value: product.pages.join(" ") },
    { name: "Own selectors", value: own.join(", ") || "none" },
    { name: "Their prices are", value: prices === "cost" ? "what we pay, without VAT: price rules make ours" : "ours, with VAT" },
    { name: "Between two pages", value: `${rate.delaySeconds} to ${Number((rate.delaySeconds + rate.jitterSeconds).toFixed(2))} seconds` },
    { name: "At most", value: `${limits.pages} pages, ${limits.minutes} minutes` },
    { name: "Times, in UTC", value: schedule ?? "by hand only" },
    { name: "Accepted by rule", value: rules.join(", ") || "nothing" },
    { name: "Held", value: `prices that rise by more than ${accept.mostRisePercent} % or fall by more than ${accept.mostFallPercent} %` },
    { name: "Doubted", value: `when more than ${accept.mostMissingPercent} % are missing` },
  ];
}
