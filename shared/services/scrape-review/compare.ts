import { and, asc, eq, gt, inArray, isNotNull, sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import type { ScrapeFindingId, ScrapeRunId } from "../../models/ids.ts";
import { scrapeFindingFields, scrapeFindings } from "../../models/scrape-findings.ts";
import { type AcceptanceRules, scrapeRecords, scrapeRuns } from "../../models/scraping.ts";
import { watchDrift } from "./alarms.ts";
import { changedOf, type Found, goneOf, isSame, lapsed, newOf, withReturn } from "./finding-of.ts";
import { type Decided, longGtin, readByGtin, readDecided, readProducts, readWaiting, type Waiting } from "./known.ts";
import { lockSupplier } from "./lock-supplier.ts";
import { doubtsOfPage, type Proposal, proposalsOf, SHELF_CURRENCY } from "./proposals.ts";

/** Records compared in one go. */
const AT_ONCE = 500;

type Record = Pick<typeof scrapeRecords.$inferSelect, "sku" | "fields" | "doubts">;
interface Scope {
  readonly tx: Tx;
  readonly supplierId: number;
  readonly runId: ScrapeRunId;
  readonly rules: AcceptanceRules | null;
}

/** Makes findings of what a run saw, and of what complete runs missed; what waits and is no longer so is superseded. */
export async function compare(tx: Tx, runId: ScrapeRunId): Promise<void> {
  const [run] = await tx
    .select({ supplierId: scrapeRuns.supplierId, rules: scrapeRuns.rules })
    .from(scrapeRuns)
    .where(eq(scrapeRuns.id, runId));
  if (!run) return;
  const scope: Scope = { tx, runId, ...run };
  await lockSupplier(tx, [run.supplierId], "compare");
  await watchDrift(tx, runId);
  const isSeen = eq(scrapeRecords.lastSeenRun, runId);
  await eachBatch(scope, isSeen, (records) => compareSeen(scope, records));
  await eachBatch(scope, isNotNull(scrapeRecords.missingSinceRun), (records) => compareMissing(scope, records));
  await forgetSuperseded(tx, run.supplierId);
  await emitActivity(tx, { originApp: "market", actorId: null, type: "Update", object: { type: "ScrapeRun", id: runId } });
}

/** What a later run said otherwise before anybody decided about it, after a month: links to it lead on until then. */
async function forgetSuperseded(tx: Tx, supplierId: number): Promise<void> {
  const ofFinding = sql`select 1 from ${scrapeFindingFields} where ${scrapeFindingFields.findingId} = ${scrapeFindings.id}`;
  const undecided = sql`not exists (${ofFinding} and ${scrapeFindingFields.decidedAt} is not null)`;
  const isOld = sql`${scrapeFindings.settledAt} < now() - interval '30 days'`;
  await tx
    .delete(scrapeFindings)
    .where(and(eq(scrapeFindings.supplierId, supplierId), eq(scrapeFindings.state, "superseded"), isOld, undecided));
}

async function eachBatch({ tx, supplierId }: Scope, which: ReturnType<typeof eq>, work: (records: readonly Record[]) => Promise<void>) {
  for (let after = ""; ; ) {
    const records = await tx
      .select({ sku: scrapeRecords.sku, fields: scrapeRecords.fields, doubts: scrapeRecords.doubts })
      .from(scrapeRecords)
      .where(and(eq(scrapeRecords.supplierId, supplierId), which, gt(scrapeRecords.sku, after)))
      .orderBy(asc(scrapeRecords.sku))
      .limit(AT_ONCE);
    if (records.length > 0) await work(records);
    const last = records.at(-1);
    if (!last || records.length < AT_ONCE) return;
    after = last.sku;
  }
}

async function compareSeen(scope: Scope, records: readonly Record[]): Promise<void> {
  const { tx, supplierId, rules } = scope;
  const skus = records.map(({ sku }) => sku);
  const known = await readProducts(tx, supplierId, skus);
  const decided = await readDecided(tx, supplierId, skus);
  const said = records.map((record) => {
    const currency = known.get(record.sku)?.row.currency ?? SHELF_CURRENCY;
    const proposals = proposalsOf(record.fields, record.doubts, { currency, field: rules?.prices === "cost" ? "costMinor" : "priceMinor" });
    return { ...record, proposals: withReturn(proposals, decided.get(record.sku) ?? []) };
  });
  const byGtin = await readByGtin(
    tx,
    said.flatMap(({ proposals }) => gtinIn(proposals) ?? []),
  );
  const wanted = new Map<string, Found | null>();
  const over: Decided[] = [];
  for (const { sku, proposals, doubts } of said) {
    const product = known.get(sku);
    const last = decided.get(sku) ?? [];
    const ofGtin = byGtin.get(longGtin(gtinIn(proposals) ?? "")) ?? null;
    over.push(...lapsed(product, proposals, last));
    const found = product
      ? changedOf(product, ofGtin !== null && ofGtin !== product.productId ? withTakenGtin(proposals) : proposals, doubtsOfPage(doubts), {
          decided: last,
          rules,
        })
      : newOf(proposals, doubtsOfPage(doubts), ofGtin, last);
    wanted.set(sku, found);
  }
  await letLapse(tx, over);
  await settle(scope, wanted);
}

async function compareMissing(scope: Scope, records: readonly Record[]): Promise<void> {
  const { tx, supplierId } = scope;
  const skus = records.map(({ sku }) => sku);
  const known = await readProducts(tx, supplierId, skus);
  const decided = await readDecided(tx, supplierId, skus);
  const wanted = skus.map((sku) => {
    const product = known.get(sku);
    return [sku, product ? goneOf(product, decided.get(sku) ?? []) : null] as const;
  });
  await settle(scope, new Map(wanted));
}

/** Has each number wait for what is wanted of it, and for nothing else. */
async function settle({ tx, supplierId, runId }: Scope, wanted: ReadonlyMap<string, Found | null>): Promise<void> {
  const waiting = await readWaiting(tx, supplierId, [...wanted.keys()]);
  const same: ScrapeFindingId[] = [];
  const over: ScrapeFindingId[] = [];
  const made: { sku: string; found: Found }[] = [];
  for (const [sku, found] of wanted) {
    const stands: Waiting | undefined = waiting.get(sku);
    if (stands && found && isSame(stands, found)) same.push(stands.id);
    else {
      if (stands) over.push(stands.id);
      if (found) made.push({ sku, found });
    }
  }
  if (same.length > 0) await tx.update(scrapeFindings).set({ runId }).where(inArray(scrapeFindings.id, same));
  await supersede(tx, over);
  if (made.length > 0) await insert({ tx, supplierId, runId }, made);
}

async function supersede(tx: Tx, ids: readonly ScrapeFindingId[]): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .update(scrapeFindings)
    .set({ state: "superseded", settledAt: sql`now()` })
    .where(and(inArray(scrapeFindings.id, [...ids]), eq(scrapeFindings.state, "waiting")));
  await tx
    .update(scrapeFindingFields)
    .set({ decision: "superseded" })
    .where(and(inArray(scrapeFindingFields.findingId, [...ids]), eq(scrapeFindingFields.decision, "waiting")));
}

async function insert({ tx, supplierId, runId }: Omit<Scope, "rules">, made: readonly { sku: string; found: Found }[]): Promise<void> {
  const rows = made.map(({ sku, found: { kind, productId, matchId, doubts } }) => ({
    ...{ supplierId, sku, runId, kind, productId, matchId, doubts: [...doubts] },
  }));
  const ids = await tx.insert(scrapeFindings).values(rows).returning({ id: scrapeFindings.id, sku: scrapeFindings.sku });
  const idOf = new Map(ids.map(({ id, sku }) => [sku, id]));
  const fields = made.flatMap(({ sku, found }) => {
    const findingId = idOf.get(sku);
    return findingId === undefined ? [] : found.fields.map((field) => ({ ...field, findingId }));
  });
  if (fields.length > 0) await tx.insert(scrapeFindingFields).values(fields);
}

async function letLapse(tx: Tx, decided: readonly Decided[]): Promise<void> {
  if (decided.length === 0) return;
  const keys = decided.map(({ findingId, field }) => sql`(${findingId}::bigint, ${field}::text)`);
  await tx
    .update(scrapeFindingFields)
    .set({ stands: false })
    .where(sql`(${scrapeFindingFields.findingId}, ${scrapeFindingFields.field}) in (${sql.join(keys, sql`, `)})`);
}

function gtinIn(proposals: readonly Proposal[]): string | null {
  const said = proposals.find(({ field, canTake }) => field === "gtin" && canTake)?.after;
  return typeof said === "string" ? said : null;
}

/** Another product has the number already: which of the two is it? */
function withTakenGtin(proposals: readonly Proposal[]): readonly Proposal[] {
  return proposals.map((proposal) => (proposal.field === "gtin" ? { ...proposal, doubt: "gtin-taken" } : proposal));
}
