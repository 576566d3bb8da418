import { and, asc, count, eq, exists, inArray, lte, ne, type SQL, sql } from "drizzle-orm";
import type { DecideResult, FindingDecision, ScrapeReviewService } from "../../contracts/scrape-review.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ScrapeFindingId } from "../../models/ids.ts";
import { scrapeFindingFields, scrapeFindings } from "../../models/scrape-findings.ts";
import { scrapeRuns } from "../../models/scraping.ts";
import { hasAlarm } from "./alarms.ts";
import { closeFields } from "./close-fields.ts";
import { fitting, isHeld, isOutdated } from "./filter.ts";
import { type Decider, holdFinding, type Means } from "./held-finding.ts";
import { lockSupplier } from "./lock-supplier.ts";
import { isLate, putOnShelf } from "./put-on-shelf.ts";

/** In one transaction: nobody who buys waits for more products than these. */
const AT_ONCE = 25;

/** What people and rules decide about findings. */
export function makeDecisions(means: Means): Pick<ScrapeReviewService, "decide" | "decideMany" | "acceptByRules"> {
  return {
    decide: (tx, decision) => decide(tx, decision, means),
    async decideMany(tx, { which, verdict, reason, by }) {
      const chosen = "group" in which ? and(fitting(which), lte(scrapeFindings.id, which.upTo)) : inArray(scrapeFindings.id, [...which]);
      const waits = and(eq(scrapeFindings.state, "waiting"), chosen);
      const wanted = verdict === "accept" ? and(waits, ne(scrapeFindings.kind, "new"), sql`not ${isHeld} and not ${isOutdated}`) : waits;
      const ids = await listInOrder(tx, wanted, AT_ONCE);
      let decided = 0;
      for (const id of ids) {
        const result = await decide(tx, { id, verdict, fields: null, reason, by }, means);
        if (result.kind === "decided") decided += 1;
      }
      const [left = { n: 0 }] = await tx.select({ n: count() }).from(scrapeFindings).where(waits);
      return { decided, left: left.n };
    },
    async acceptByRules(tx, runId) {
      const [run] = await tx.select({ supplierId: scrapeRuns.supplierId }).from(scrapeRuns).where(eq(scrapeRuns.id, runId));
      if (!run) return 0;
      await lockSupplier(tx, [run.supplierId], "decide");
      if (await hasAlarm(tx, run.supplierId)) return 0;
      const field = and(
        eq(scrapeFindingFields.findingId, scrapeFindings.id),
        eq(scrapeFindingFields.decision, "waiting"),
        ne(scrapeFindingFields.rule, ""),
      );
      const hasRule = exists(tx.select({ one: sql`1` }).from(scrapeFindingFields).where(field));
      const which = and(eq(scrapeFindings.runId, runId), eq(scrapeFindings.state, "waiting"), hasRule, sql`not ${isOutdated}`);
      const ids = await listInOrder(tx, which, AT_ONCE);
      let taken = 0;
      for (const id of ids) if (await acceptByRule(tx, id, means)) taken += 1;
      return taken;
    },
  };
}

/** By product, so that two who decide at once lock products in one order. */
async function listInOrder(tx: Tx, which: SQL | undefined, most: number): Promise<ScrapeFindingId[]> {
  const rows = await tx
    .select({ id: scrapeFindings.id })
    .from(scrapeFindings)
    .where(which)
    .orderBy(asc(scrapeFindings.productId), asc(scrapeFindings.id))
    .limit(most);
  return rows.map(({ id }) => id);
}

async function decide(tx: Tx, { id, verdict, fields, reason, by }: FindingDecision, means: Means): Promise<DecideResult> {
  const { finding, waiting } = await holdFinding(tx, id);
  if (finding.state === "superseded") return { kind: "superseded" };
  const asked = waiting.filter(({ field }) => fields === null || fields.includes(field));
  if (asked.length === 0 || (fields !== null && asked.length < new Set(fields).size)) return { kind: "settled" };
  const decider: Decider = { by, reason };
  if (verdict === "accept") {
    const untakable = asked.filter(({ canTake }) => !canTake).map(({ field }) => field);
    if (finding.kind === "new" || untakable.length === asked.length || (fields !== null && untakable.length > 0))
      return { kind: "untakable", fields: finding.kind === "new" ? asked.map(({ field }) => field) : untakable };
    const taken = asked.filter(({ canTake }) => canTake);
    if (!(await putOnShelf(tx, finding, taken, decider, means))) return { kind: "late" };
    return { kind: "decided", left: await closeFields(tx, finding, taken, { verdict: "accepted", ...decider }, means) };
  }
  return { kind: "decided", left: await closeFields(tx, finding, asked, { verdict: "declined", ...decider }, means) };
}

async function acceptByRule(tx: Tx, id: ScrapeFindingId, means: Means): Promise<boolean> {
  const { finding, waiting } = await holdFinding(tx, id);
  const taken = waiting.filter(({ rule }) => rule !== "");
  if (finding.state !== "waiting" || taken.length === 0 || (await isLate(tx, finding))) return false;
  const reason = `accepted by rule: ${taken.map(({ rule }) => rule).join(", ")}`;
  await putOnShelf(tx, finding, taken, { by: null, reason }, means);
  await closeFields(tx, finding, taken, { verdict: "accepted", by: null, reason: "" }, means);
  return true;
}
