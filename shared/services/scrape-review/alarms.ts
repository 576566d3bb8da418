import { and, desc, eq, inArray, lt, sql } from "drizzle-orm";
import type { ScrapeAlarm, ScrapeReviewService } from "../../contracts/scrape-review.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import type { Db } from "../../infrastructure/db.ts";
import { users } from "../../models/identity.ts";
import type { ScrapeAlarmId, ScrapeRunId } from "../../models/ids.ts";
import { suppliers } from "../../models/market.ts";
import { type Drift, scrapeAlarms } from "../../models/scrape-findings.ts";
import { scrapeEntries, scrapeRuns } from "../../models/scraping.ts";
import { driftsOf, isBack, PRODUCTS, type Seen } from "./drift.ts";

/** How many earlier runs say what is usual. */
const EARLIER_RUNS = 8;
const MOST_ALARMS = 20;

/**
 * Raises, keeps or ends the supplier's alarm by what a run found. One that was stopped or failed says nothing; an incomplete one
 * says nothing about how many products there are, unless it is incomplete because so many were missing.
 */
export async function watchDrift(tx: Tx, runId: ScrapeRunId): Promise<void> {
  const [run] = await tx
    .select({ supplierId: scrapeRuns.supplierId, state: scrapeRuns.state, found: scrapeRuns.found })
    .from(scrapeRuns)
    .where(eq(scrapeRuns.id, runId));
  if (!run || (run.state !== "complete" && run.state !== "incomplete")) return;
  const { supplierId } = run;
  const saysManyMissing = and(eq(scrapeEntries.runId, runId), eq(scrapeEntries.kind, "many-missing"));
  const isWhole = run.state === "complete" || (await tx.$count(scrapeEntries, saysManyMissing)) > 0;
  const seen = seenIn(run.found);
  const earlier = await earlierRuns(tx, supplierId, runId);
  const drifts = driftsOf(seen, earlier, isWhole);
  const [standing] = await tx
    .select({ id: scrapeAlarms.id, runId: scrapeAlarms.runId, drifts: scrapeAlarms.drifts })
    .from(scrapeAlarms)
    .where(and(eq(scrapeAlarms.supplierId, supplierId), eq(scrapeAlarms.ending, "")));
  if (standing) {
    const isNamed = new Set(drifts.map(({ field }) => field));
    const missing = standing.drifts.filter((drift) => !isNamed.has(drift.field) && !isBack(drift, seen, earlier, isWhole));
    return standing.runId === runId ? undefined : goOn(tx, standing.id, runId, [...drifts, ...missing]);
  }
  if (drifts.length === 0) return;
  const [alarm] = await tx.insert(scrapeAlarms).values({ supplierId, runId, lastRunId: runId, drifts }).returning({ id: scrapeAlarms.id });
  const [supplier] = await tx.select({ slug: suppliers.slug, name: suppliers.name }).from(suppliers).where(eq(suppliers.id, supplierId));
  if (!alarm || !supplier) return;
  await emitActivity(tx, {
    ...{ originApp: "market", actorId: null, type: "Create", object: { type: "ScrapeAlarm", id: alarm.id } },
    details: { name: supplier.name, path: `/admin/suppliers/${supplier.slug}`, fields: drifts.map(({ field }) => field).join(" ") },
  });
}

/** Until nothing of it is left. */
async function goOn(tx: Tx, id: ScrapeAlarmId, runId: ScrapeRunId, drifts: readonly Drift[]): Promise<void> {
  const over = { ending: "found-again" as const, endedAt: sql`now()`, endedInRun: runId };
  await tx
    .update(scrapeAlarms)
    .set(drifts.length === 0 ? over : { drifts, lastRunId: runId })
    .where(and(eq(scrapeAlarms.id, id), eq(scrapeAlarms.ending, "")));
}

/** Whether an alarm of the supplier stands. */
export async function hasAlarm(tx: Tx, supplierId: number): Promise<boolean> {
  return (await tx.$count(scrapeAlarms, and(eq(scrapeAlarms.supplierId, supplierId), eq(scrapeAlarms.ending, "")))) > 0;
}

/** What staff and pages read of alarms. */
export function makeAlarmReads(db: Db): Pick<ScrapeReviewService, "listAlarms" | "listAlarmsOf"> {
  const list = async (which: ReturnType<typeof eq>, most: number): Promise<readonly ScrapeAlarm[]> =>
    db
      .select({
        id: scrapeAlarms.id,
        supplierId: scrapeAlarms.supplierId,
        runId: scrapeAlarms.runId,
        lastRunId: scrapeAlarms.lastRunId,
        drifts: scrapeAlarms.drifts,
        raisedAt: scrapeAlarms.raisedAt,
        ending: scrapeAlarms.ending,
        endedAt: scrapeAlarms.endedAt,
        endedBy: sql<string>`coalesce(${users.name}, '')`,
        reason: scrapeAlarms.reason,
      })
      .from(scrapeAlarms)
      .leftJoin(users, eq(users.id, scrapeAlarms.endedBy))
      .where(which)
      .orderBy(desc(scrapeAlarms.id))
      .limit(most);
  return {
    listAlarms: () => list(eq(scrapeAlarms.ending, ""), 1000),
    listAlarmsOf: (supplierId) => list(eq(scrapeAlarms.supplierId, supplierId), MOST_ALARMS),
  };
}

/** The runs before it that say what is usual: none from under an alarm, and none from before one that staff dismissed. */
async function earlierRuns(tx: Tx, supplierId: number, runId: ScrapeRunId): Promise<readonly Seen[]> {
  const ofAlarm = sql`select 1 from ${scrapeAlarms} where ${scrapeAlarms.supplierId} = ${supplierId}`;
  const underAlarm = sql`exists (${ofAlarm} and ${scrapeAlarms.ending} <> 'dismissed'
    and ${scrapeRuns.id} >= ${scrapeAlarms.runId} and ${scrapeRuns.id} < coalesce(${scrapeAlarms.endedInRun}, 9223372036854775807))`;
  const beforeDismissal = sql`exists (${ofAlarm} and ${scrapeAlarms.ending} = 'dismissed' and ${scrapeRuns.id} < ${scrapeAlarms.lastRunId})`;
  const runs = await tx
    .select({ found: scrapeRuns.found })
    .from(scrapeRuns)
    .where(
      and(
        eq(scrapeRuns.supplierId, supplierId),
        lt(scrapeRuns.id, runId),
        inArray(scrapeRuns.state, ["complete", "incomplete"]),
        sql`not ${underAlarm} and not ${beforeDismissal}`,
      ),
    )
    .orderBy(desc(scrapeRuns.id))
    .limit(EARLIER_RUNS);
  return runs.map(({ found }) => seenIn(found));
}

function seenIn({ [PRODUCTS]: products = 0, ...found }: Readonly<Record<string, number>>): Seen {
  return { products, found };
}
