import { and, eq, sql } from "drizzle-orm";
import { HoldLost } from "../../contracts/crawling.ts";
import type { ScrapeReviewService } from "../../contracts/scrape-review.ts";
import type { RunEnd, RunHold } from "../../contracts/scraping.ts";
import type { Tx } from "../../contracts/tx.ts";
import { scrapePages, scrapeRecords, scrapeRuns } from "../../models/scraping.ts";
import { countFound } from "./count-found.ts";
import { holdRun } from "./hold.ts";
import { note } from "./note.ts";
import { PAGE_URL } from "./page-url.ts";

const MOST_MISSING_PERCENT = 50;

/** Ends a run, marks what is missing, and has it compared. */
export async function finishRun(tx: Tx, hold: RunHold, end: RunEnd, review: ScrapeReviewService): Promise<RunEnd | null> {
  const run = await holdRun(tx, hold).catch((error: unknown) => (error instanceof HoldLost ? null : Promise.reject(error)));
  if (run === null) return null;
  const most = run.rules?.mostMissingPercent ?? MOST_MISSING_PERCENT;
  const ended = end.state === "complete" ? await markMissing(tx, hold, run.supplierId, most, end) : end;
  await tx
    .update(scrapeRuns)
    .set({ ...ended, finishedAt: sql`now()`, heldBy: null, heldUntil: null, found: await countFound(tx, hold.runId) })
    .where(eq(scrapeRuns.id, hold.runId));
  await review.compare(tx, hold.runId);
  return ended;
}

/** A record is missing where its page was looked for and not found; one that this run could not or might not look at says nothing. */
async function markMissing(tx: Tx, { runId }: RunHold, supplierId: number, mostPercent: number, end: RunEnd): Promise<RunEnd> {
  const notLookedAt = sql`exists (select 1 from ${scrapePages} where ${scrapePages.runId} = ${runId} and ${scrapePages.url} = ${PAGE_URL}
    and ${scrapePages.state} in ('skipped', 'failed') and ${scrapePages.note} <> 'gone')`;
  const unseen = and(
    eq(scrapeRecords.supplierId, supplierId),
    sql`${scrapeRecords.lastSeenRun} <> ${runId} and ${scrapeRecords.missingSinceRun} is null and not ${notLookedAt}`,
  );
  const [counted] = await tx
    .select({
      known: sql<number>`count(*) filter (where ${scrapeRecords.missingSinceRun} is null and ${scrapeRecords.firstSeenRun} <> ${runId})::int`,
      unseen: sql<number>`count(*) filter (where ${unseen})::int`,
    })
    .from(scrapeRecords)
    .where(eq(scrapeRecords.supplierId, supplierId));
  const { known = 0, unseen: missing = 0 } = counted ?? {};
  if (missing * 100 > known * mostPercent) {
    const words = `${missing} of the ${known} products known were not found: that is more than ${mostPercent} %, so nothing is taken for gone.`;
    await note(tx, runId, { kind: "many-missing", words });
    return { state: "incomplete", ending: words };
  }
  if (missing === 0) return end;
  await tx.update(scrapeRecords).set({ missingSinceRun: runId }).where(unseen);
  await note(tx, runId, { kind: "missing", words: `${missing} of the ${known} products known were not found.` });
  return end;
}
