import { and, eq, inArray, sql } from "drizzle-orm";
import type { ScrapeReviewService } from "../../contracts/scrape-review.ts";
import type { ScrapingService } from "../../contracts/scraping.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ScrapeRunId } from "../../models/ids.ts";
import { scrapeRuns } from "../../models/scraping.ts";
import { countFound } from "./count-found.ts";

/** The states of a run that is not over. */
const OPEN = ["waiting", "running", "paused"] as const;

/** Asks for a run; the index lets a supplier have one that is not over. */
export const askRun: ScrapingService["askRun"] = async (tx, { supplierId, by }) => {
  const [made] = await tx.insert(scrapeRuns).values({ supplierId, startedBy: by }).onConflictDoNothing().returning({ id: scrapeRuns.id });
  if (made) {
    await ring(tx);
    return { kind: "asked", runId: made.id };
  }
  const [open] = await tx
    .select({ id: scrapeRuns.id })
    .from(scrapeRuns)
    .where(and(eq(scrapeRuns.supplierId, supplierId), inArray(scrapeRuns.state, OPEN)));
  if (!open) throw new Error(`the run of supplier ${supplierId} ended while another was asked for`);
  return { kind: "under-way", runId: open.id };
};

/** Has a paused run go on where it was. */
export const resumeRun: ScrapingService["resumeRun"] = async (tx, id) => {
  const resumed = await tx
    .update(scrapeRuns)
    .set({ state: "waiting" })
    .where(and(eq(scrapeRuns.id, id), eq(scrapeRuns.state, "paused")))
    .returning({ id: scrapeRuns.id });
  if (resumed.length > 0) await ring(tx);
  return resumed.length > 0;
};

/** Whoever has it in hand ends it; where nobody has, it is over now, and what it saw is compared. */
export async function stopRun(tx: Tx, id: ScrapeRunId, review: Pick<ScrapeReviewService, "compare">): Promise<boolean> {
  const isHeld = sql`${scrapeRuns.state} = 'running' and ${scrapeRuns.heldUntil} > now()`;
  const stopped = await tx
    .update(scrapeRuns)
    .set({
      isStopAsked: true,
      state: sql`case when ${isHeld} then 'running' else 'stopped' end`,
      finishedAt: sql`case when ${isHeld} then null else now() end`,
      ending: sql`case when ${isHeld} then '' else 'Stopped by hand.' end`,
    })
    .where(and(eq(scrapeRuns.id, id), inArray(scrapeRuns.state, OPEN)))
    .returning({ state: scrapeRuns.state });
  if (stopped[0]?.state === "stopped") {
    await tx
      .update(scrapeRuns)
      .set({ heldBy: null, heldUntil: null, found: await countFound(tx, id) })
      .where(eq(scrapeRuns.id, id));
    await review.compare(tx, id);
  }
  return stopped.length > 0;
}

/** Tells the processes that could do it that there is a run to do. */
async function ring(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_notify('scraping', '')`);
}
