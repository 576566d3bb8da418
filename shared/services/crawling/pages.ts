import { and, asc, eq, inArray, not, or, sql } from "drizzle-orm";
import {
  type CrawlingService,
  HoldLost,
  type InHand,
  type PageOutcome,
  type RunProgress,
  type TakenPage,
  type WaitingPage,
} from "../../contracts/crawling.ts";
import type { RunHold } from "../../contracts/scraping.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { ScrapeRunId } from "../../models/ids.ts";
import { type RunCounts, scrapePages, scrapeRuns } from "../../models/scraping.ts";
import { holdRun } from "../scraping/hold.ts";
import { UNFLUSHED } from "./unflushed.ts";

const AT_ONCE = 500;
const LONGEST_NOTE = 500;
/** Longer validators are nobody's: asked for again without them. */
const LONGEST_VALIDATOR = 300;

/** The pages of a run. */
export function makePages(db: Db): Pick<CrawlingService, "addPages" | "takePage" | "settlePage" | "getProgress" | "listFaults"> {
  return {
    addPages,
    takePage: (hold, besides) => takePage(db, hold, besides),
    settlePage,
    async getProgress(runId) {
      const columns = { counts: scrapeRuns.counts, isStopAsked: scrapeRuns.isStopAsked };
      const [row] = await db.select(columns).from(scrapeRuns).where(eq(scrapeRuns.id, runId));
      if (!row) throw new Error(`there is no run ${runId}`);
      return progressOf(row.counts, row.isStopAsked);
    },
    listFaults: (runId) => listFaults(db, runId),
  };
}

type Listed = Parameters<CrawlingService["addPages"]>[2][number];

async function addPages(tx: Tx, hold: RunHold, pages: readonly Listed[]): Promise<number> {
  const { counts } = await holdRun(tx, hold);
  let added = 0;
  let products = 0;
  for (let at = 0; at < pages.length; at += AT_ONCE) {
    const rows = pages.slice(at, at + AT_ONCE).map((page) => ({ runId: hold.runId, ...page }));
    const made = await tx.insert(scrapePages).values(rows).onConflictDoNothing().returning({ kind: scrapePages.kind });
    added += made.length;
    products += made.filter(({ kind }) => kind === "product").length;
  }
  const more = { listed: products, lists: added - products };
  if (added > 0)
    await tx
      .update(scrapeRuns)
      .set({ counts: plus(counts, more) })
      .where(eq(scrapeRuns.id, hold.runId));
  return added;
}

async function settlePage(tx: Tx, hold: RunHold, outcome: PageOutcome): Promise<void> {
  const { counts } = await holdRun(tx, hold);
  const settled = await tx
    .update(scrapePages)
    .set({ ...changesOf(outcome), status: outcome.status, note: outcome.note.replaceAll("\0", "").slice(0, LONGEST_NOTE) })
    .where(and(eq(scrapePages.runId, hold.runId), eq(scrapePages.url, outcome.url), eq(scrapePages.state, "waiting")))
    .returning({ url: scrapePages.url });
  if (settled.length === 0) return;
  await tx
    .update(scrapeRuns)
    .set({ counts: plus(counts, countOf(outcome)) })
    .where(eq(scrapeRuns.id, hold.runId))
    .returning({ quick: UNFLUSHED });
}

async function listFaults(db: Db, runId: ScrapeRunId): ReturnType<CrawlingService["listFaults"]> {
  const isHarmless = sql`${scrapePages.depth} > 0 and ${scrapePages.note} in ('robots', 'gone')`;
  const isUseless = and(eq(scrapePages.kind, "listing"), eq(scrapePages.state, "skipped"), not(isHarmless));
  return db
    .select({ url: scrapePages.url, kind: scrapePages.kind, note: scrapePages.note })
    .from(scrapePages)
    .where(and(eq(scrapePages.runId, runId), or(inArray(scrapePages.state, ["failed", "waiting"]), isUseless)))
    .orderBy(asc(scrapePages.position))
    .limit(AT_ONCE);
}

interface TakenRow extends Record<string, unknown> {
  counts: RunCounts;
  is_stop_asked: boolean;
  url: string | null;
  kind: WaitingPage["kind"];
  depth: number;
  barren: number;
  attempts: number;
  seconds: number | null;
}

/** One statement: a run asks it for every page. */
async function takePage(db: Db, { runId, holder }: RunHold, { urls, hosts }: InHand): Promise<TakenPage> {
  const isWaiting = sql`run_id = ${runId} and state = 'waiting' and url <> all(${sql.param([...urls])}::text[])
    and split_part(url, '/', 3) <> all(${sql.param([...hosts])}::text[])`;
  const { rows } = await db.execute<TakenRow>(sql`
    with quick as (select ${UNFLUSHED}),
    run as (select counts, is_stop_asked from scrape_runs, quick where id = ${runId} and state = 'running' and held_by = ${holder}),
    due as (select url from scrape_pages where ${isWaiting} and not_before <= clock_timestamp() order by kind, position limit 1),
    taken as (
      update scrape_pages as p set attempts = attempts + 1 from due, run
      where p.run_id = ${runId} and p.url = due.url and not run.is_stop_asked
      returning p.url, p.kind, p.depth, p.barren, p.attempts - 1 as attempts
    )
    select run.counts, run.is_stop_asked, taken.*, case when taken.url is null then
      (select extract(epoch from min(not_before) - clock_timestamp())::float8 from scrape_pages where ${isWaiting}) end as seconds
    from run left join taken on true`);
  const [row] = rows;
  if (!row) throw new HoldLost(`run ${runId} is no longer in this process's hands`);
  const { url, kind, depth, barren, attempts } = row;
  const page = url === null ? null : { url, kind, depth, barren, attempts };
  return { progress: progressOf(row.counts, row.is_stop_asked), page, seconds: row.seconds === null ? null : Math.max(0, row.seconds) };
}

function progressOf(counts: RunCounts, isStopAsked: boolean): RunProgress {
  const { listed, lists = 0, fetched, unchanged, refused, failed } = counts;
  return { counts, listings: lists, isStopAsked, waiting: Math.max(0, listed + lists - fetched - unchanged - refused - failed) };
}

function changesOf(outcome: PageOutcome) {
  if (outcome.state === "later") return { notBefore: sql`clock_timestamp() + make_interval(secs => ${outcome.seconds})` };
  if (!("snapshot" in outcome)) return { state: outcome.state };
  const { state, snapshot, etag, lastModified } = outcome;
  return { state, snapshot, etag: shortEnough(etag), lastModified: shortEnough(lastModified) };
}

function shortEnough(validator: string | null): string | null {
  return validator !== null && validator.length <= LONGEST_VALIDATOR ? validator : null;
}

function countOf({ state, bytes, products }: PageOutcome): Partial<RunCounts> {
  if (state === "fetched") return { fetched: 1, bytes, products };
  if (state === "unchanged") return { unchanged: 1, bytes, products };
  if (state === "skipped") return { refused: 1, bytes };
  return state === "failed" ? { failed: 1, bytes } : { bytes };
}

function plus(counts: RunCounts, more: Partial<RunCounts>): RunCounts {
  const sum = (key: keyof RunCounts) => (counts[key] ?? 0) + (more[key] ?? 0);
  return {
    lists: sum("lists"),
    listed: sum("listed"),
    fetched: sum("fetched"),
    unchanged: sum("unchanged"),
    products: sum("products"),
    refused: sum("refused"),
    failed: sum("failed"),
    bytes: sum("bytes"),
  };
}
