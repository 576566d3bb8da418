import type { FindingCounts, FindingView } from "@rose-ash/shared/contracts/scrape-review.ts";
import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { type FindingQuery, filterOf, findingQuery, listUrl } from "./finding-filter.ts";
import { doubtWords, linesOf } from "./finding-view.ts";

/** GET /admin/scraping/findings: what waits for a decision, by kind, supplier, run and words; or what was decided. */
export const listFindings: Route<{ Querystring: FindingQuery }> = {
  method: "GET",
  url: "/admin/scraping/findings",
  schema: { querystring: findingQuery },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { scrapeReview, scraping } = request.server.services;
    const { query } = request;
    const suppliers = await scrapeReview.listSuppliers();
    const supplier = suppliers.find(({ slug }) => slug === query.supplier);
    const filter = filterOf(query, supplier?.id ?? null);
    const [run, found, counts, alarms] = await Promise.all([
      filter.runId === null ? null : scraping.getRun(filter.runId),
      scrapeReview.listFindings(filter, query.page),
      scrapeReview.countWaiting({ supplierId: filter.supplierId, runId: filter.runId }),
      scrapeReview.listAlarms(),
    ]);
    return reply.page("admin/findings/list.html", {
      ...{ menu: menuOf(request), list: found.findings.map(shown), total: found.total, newest: found.newest, group: query.group ?? null },
      ...{ isWaiting: query.state === "waiting", tabs: tabsOf(query, counts), here: listUrl(query, { page: found.page }) },
      filter: { words: query.q, supplier: supplier?.slug ?? "", run: query.run ?? null },
      run,
      suppliers: suppliers.filter(({ lastRun }) => lastRun !== null).map(({ slug, name }) => ({ value: slug, label: name })),
      alarms: suppliers.filter(({ id }) => alarms.some(({ supplierId }) => supplierId === id)).map(({ name, slug }) => ({ name, slug })),
      pagination: {
        ...{ number: found.page, count: found.pageCount },
        previousUrl: found.page > 1 ? listUrl(query, { page: found.page - 1 }) : null,
        nextUrl: found.page < found.pageCount ? listUrl(query, { page: found.page + 1 }) : null,
      },
    });
  },
};

function shown(finding: FindingView) {
  return { finding, lines: linesOf(finding), doubts: doubtWords(finding.doubts) };
}

function tabsOf(query: FindingQuery, counts: FindingCounts) {
  const tab = (name: string, group: FindingQuery["group"] | null, count: number) => ({
    name: `${name} ${count}`,
    url: listUrl(query, { group, state: "waiting" }),
    isCurrent: query.state === "waiting" && (query.group ?? null) === group,
  });
  return [
    tab("All", null, counts.all),
    tab("New", "new", counts.new),
    tab("Changed", "changed", counts.changed),
    tab("Only prices", "prices", counts.prices),
    tab("Gone", "gone", counts.gone),
    tab("Held", "held", counts.held),
    { name: "Decided", url: listUrl(query, { group: null, state: "settled" }), isCurrent: query.state === "settled" },
  ];
}
