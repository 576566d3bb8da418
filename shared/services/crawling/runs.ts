import { and, asc, desc, eq, inArray, or, sql } from "drizzle-orm";
import { type CrawlableSupplier, type CrawlingService, HOLD_SECONDS, type RunInHand } from "../../contracts/crawling.ts";
import type { RunHold } from "../../contracts/scraping.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import { suppliers } from "../../models/market.ts";
import { scrapeRuns } from "../../models/scraping.ts";
import { holdRun } from "../scraping/hold.ts";

type Runs = Pick<
  CrawlingService,
  "supplierIdOf" | "findSuppliers" | "findLastAskedAt" | "isWorkWaiting" | "claimRun" | "keepHold" | "releaseRun" | "pauseRun"
>;

const UNTIL = sql`now() + make_interval(secs => ${HOLD_SECONDS})`;
/** A process that died leaves its run in the state it had. */
const IS_FREE = or(
  eq(scrapeRuns.state, "waiting"),
  and(eq(scrapeRuns.state, "running"), sql`coalesce(${scrapeRuns.heldUntil} <= now(), true)`),
);

/** Whose turn a run is. */
export function makeRuns(db: Db): Runs {
  return {
    supplierIdOf,
    async findSuppliers(slugs) {
      if (slugs.length === 0) return new Map();
      const rows = await db
        .select({ id: suppliers.id, slug: suppliers.slug })
        .from(suppliers)
        .where(inArray(suppliers.slug, [...slugs]));
      return new Map(rows.map(({ id, slug }) => [slug, id]));
    },
    async findLastAskedAt(supplierId) {
      const [run] = await db
        .select({ askedAt: scrapeRuns.askedAt })
        .from(scrapeRuns)
        .where(eq(scrapeRuns.supplierId, supplierId))
        .orderBy(desc(scrapeRuns.id))
        .limit(1);
      return run?.askedAt ?? null;
    },
    async isWorkWaiting(supplierIds) {
      if (supplierIds.length === 0) return false;
      const found = await db
        .select({ id: scrapeRuns.id })
        .from(scrapeRuns)
        .where(and(inArray(scrapeRuns.supplierId, [...supplierIds]), IS_FREE))
        .limit(1);
      return found.length > 0;
    },
    claimRun,
    keepHold,
    releaseRun,
    pauseRun,
  };
}

type Claim = Parameters<CrawlingService["claimRun"]>[1];

async function supplierIdOf(tx: Tx, supplier: { slug: string; name: string }): Promise<number> {
  await tx.insert(suppliers).values(supplier).onConflictDoNothing({ target: suppliers.slug });
  const [found] = await tx.select({ id: suppliers.id }).from(suppliers).where(eq(suppliers.slug, supplier.slug));
  if (!found) throw new Error(`supplier ${supplier.slug} was removed while it was looked up`);
  return found.id;
}

async function claimRun(tx: Tx, { holder, suppliers: known, runId }: Claim): Promise<RunInHand | null> {
  const bySupplier = new Map<number, CrawlableSupplier>(known.map((supplier) => [supplier.supplierId, supplier]));
  if (bySupplier.size === 0) return null;
  const isThis = runId === null ? undefined : eq(scrapeRuns.id, runId);
  const [free] = await tx
    .select({ id: scrapeRuns.id, supplierId: scrapeRuns.supplierId, startedAt: scrapeRuns.startedAt })
    .from(scrapeRuns)
    .where(and(inArray(scrapeRuns.supplierId, [...bySupplier.keys()]), IS_FREE, isThis))
    .orderBy(asc(scrapeRuns.id))
    .limit(1)
    .for("no key update"); // whoever waited for the row finds it taken
  const supplier = free && bySupplier.get(free.supplierId);
  if (!supplier) return null;
  const { configDigest, rules } = supplier;
  await tx
    .update(scrapeRuns)
    .set({
      ...{ state: "running", configDigest, rules, heldBy: holder, heldUntil: UNTIL },
      startedAt: sql`coalesce(${scrapeRuns.startedAt}, now())`,
    })
    .where(eq(scrapeRuns.id, free.id));
  return { runId: free.id, holder, supplierId: free.supplierId, isResumed: free.startedAt !== null };
}

async function keepHold(tx: Tx, { runId, holder }: RunHold): Promise<"held" | "stop" | "lost"> {
  const [run] = await tx
    .update(scrapeRuns)
    .set({ heldUntil: UNTIL })
    .where(and(eq(scrapeRuns.id, runId), eq(scrapeRuns.state, "running"), eq(scrapeRuns.heldBy, holder)))
    .returning({ isStopAsked: scrapeRuns.isStopAsked });
  return run === undefined ? "lost" : run.isStopAsked ? "stop" : "held";
}

async function releaseRun(tx: Tx, hold: RunHold): Promise<void> {
  await holdRun(tx, hold);
  await tx.update(scrapeRuns).set({ heldBy: null, heldUntil: null }).where(eq(scrapeRuns.id, hold.runId));
}

async function pauseRun(tx: Tx, hold: RunHold): Promise<void> {
  await holdRun(tx, hold);
  await tx.update(scrapeRuns).set({ state: "paused", heldBy: null, heldUntil: null }).where(eq(scrapeRuns.id, hold.runId));
}
