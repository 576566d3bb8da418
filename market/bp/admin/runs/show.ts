import type { ScrapeRun } from "@rose-ash/shared/contracts/scraping.ts";
import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { ENTRY_KINDS } from "@rose-ash/shared/models/scraping.ts";
import { z } from "zod";
import { driftWords, ENTRY_WORDS, RUN_WORDS } from "../scraping-words.ts";
import { RUN_ROUTE, type RunParams, runParams } from "./run-params.ts";

const query = z.looseObject({ kind: z.enum(ENTRY_KINDS).optional().catch(undefined) });
const OPEN: ReadonlySet<string> = new Set(["waiting", "running", "paused"]);

/** GET /admin/scraping/runs/:id: how far it is, by asking again every other second while it is under way; its report and what came of it. */
export const showRun: Route<{ Params: RunParams; Querystring: z.output<typeof query> }> = {
  method: "GET",
  url: RUN_ROUTE,
  schema: { params: runParams, querystring: query },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { scraping, scrapeReview } = request.server.services;
    const { id } = request.params;
    const run = await scraping.getRun(id);
    const [entries, counts, waiting, decided, alarms] = await Promise.all([
      scraping.listEntries(id, request.query.kind ?? null),
      scraping.countEntries(id),
      scrapeReview.countWaiting({ supplierId: null, runId: id }),
      scrapeReview.countDecided(id),
      scrapeReview.listAlarmsOf(run.supplierId),
    ]);
    const here = `/admin/scraping/runs/${id}`;
    const kinds = ENTRY_KINDS.flatMap((kind) => {
      const count = counts[kind] ?? 0;
      return count === 0
        ? []
        : [{ name: `${ENTRY_WORDS[kind]} ${count}`, url: `${here}?kind=${kind}`, isCurrent: request.query.kind === kind }];
    });
    const alarm = alarms.find(({ runId, lastRunId, ending }) => runId === id || lastRunId === id || (ending === "" && runId < id));
    return reply.page("admin/runs/show.html", {
      ...{ menu: menuOf(request), run, here, isOpen: OPEN.has(run.state), state: RUN_WORDS[run.state], progress: progressOf(run) },
      ...{ waiting, decided, alarm: alarm ? { ...alarm, drifts: driftWords(alarm.drifts) } : null },
      entries: entries.map((entry) => ({ ...entry, name: ENTRY_WORDS[entry.kind] })),
      kinds: kinds.length < 2 ? [] : [{ name: "All", url: here, isCurrent: request.query.kind === undefined }, ...kinds],
      figures: figuresOf(run),
    });
  },
};

/** Of the pages that are known so far; null: none is. More may be found on the way. */
function progressOf({ counts, waitingPages }: ScrapeRun): { done: number; all: number } | null {
  const done = counts.fetched + counts.unchanged + counts.refused + counts.failed;
  const all = done + waitingPages;
  return all === 0 ? null : { done, all };
}

function figuresOf({ counts }: ScrapeRun): { name: string; value: string }[] {
  const { fetched, unchanged, products, refused, failed, bytes } = counts;
  return [
    { name: "Products", value: String(products) },
    { name: "Pages read", value: String(fetched) },
    { name: "Unchanged", value: String(unchanged) },
    { name: "Not to be read", value: String(refused) },
    { name: "Failed", value: String(failed) },
    { name: "Fetched", value: bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB` },
  ];
}
