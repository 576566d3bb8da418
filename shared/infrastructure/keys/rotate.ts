import { and, asc, eq, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import { serviceKeys } from "../../models/identity.ts";
import type { Clock } from "../clock.ts";
import type { Db } from "../db.ts";
import { insertKey, type KeyAlgorithm } from "./key-rows.ts";

const DAY_MS = 24 * 3600 * 1000;
const SIGNS_MS = 90 * DAY_MS;
/** How long the next key is published before it signs: whoever keeps a copy of the published keys has it by then. */
const AHEAD_MS = DAY_MS;
/** How long a retired key verifies: longer than whatever it signed lives. */
export const VERIFIES_AFTER_MS = 7 * DAY_MS;

/** What happened to a purpose's keys. */
export interface RotationStep {
  purpose: string;
  step: "published-next" | "took-over" | "forgot" | "replaced";
}

/** What turning keys takes: where they lie, what they are encrypted under, and the time. */
export interface Rotation {
  db: Db;
  secret: Buffer;
  clock: Clock;
}

/** What some keys are for. */
export interface Purpose {
  purpose: string;
  algorithm: KeyAlgorithm;
}

/**
 * One step for each purpose: a key signs for 90 days, its successor is published a day before it takes over, and the
 * retired one verifies for a week. Whether a step is due is read under a lock, so processes that try at once take it once.
 */
export async function rotateKeys({ db, secret, clock }: Rotation): Promise<RotationStep[]> {
  return forEachPurpose(db, async (tx, purpose) => {
    const now = clock.now();
    const steps: RotationStep["step"][] = [];
    const retired = and(isNotNull(serviceKeys.retiredAt), lt(serviceKeys.retiredAt, before(now, VERIFIES_AFTER_MS)));
    const forgotten = await tx
      .delete(serviceKeys)
      .where(and(eq(serviceKeys.purpose, purpose.purpose), retired))
      .returning({ kid: serviceKeys.kid });
    if (forgotten.length > 0) steps.push("forgot");
    const next = await findNext(tx, purpose);
    if (next !== undefined && next.createdAt <= before(now, AHEAD_MS)) {
      await takeOver(tx, purpose, now);
      steps.push("took-over");
    }
    if (next === undefined && (await isDue(tx, purpose, before(now, SIGNS_MS - AHEAD_MS)))) {
      await insertKey(tx, secret, { ...purpose, createdAt: now, currentAt: null });
      steps.push("published-next");
    }
    return steps;
  });
}

type Work = (tx: Tx, purpose: Purpose) => Promise<RotationStep["step"][]>;

/** Does it for each purpose, in a transaction and under a lock each; says what was done. */
export async function forEachPurpose(db: Db, work: Work): Promise<RotationStep[]> {
  const columns = { purpose: serviceKeys.purpose, algorithm: serviceKeys.algorithm };
  const rows = await db.selectDistinct(columns).from(serviceKeys).orderBy(asc(serviceKeys.purpose));
  const taken: RotationStep[] = [];
  for (const row of rows) {
    const purpose = { purpose: row.purpose, algorithm: row.algorithm as KeyAlgorithm }; // insertKey knows no other
    const steps = await db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`keys ${purpose.purpose}`}, 0))`);
      return work(tx, purpose);
    });
    taken.push(...steps.map((step) => ({ purpose: purpose.purpose, step })));
  }
  return taken;
}

/** The key that is published and does not sign yet. */
export async function findNext(tx: Tx, { purpose }: Purpose): Promise<{ kid: string; createdAt: Date } | undefined> {
  const [next] = await tx
    .select({ kid: serviceKeys.kid, createdAt: serviceKeys.createdAt })
    .from(serviceKeys)
    .where(and(eq(serviceKeys.purpose, purpose), isNull(serviceKeys.currentAt)));
  return next;
}

const isCurrent = and(isNotNull(serviceKeys.currentAt), isNull(serviceKeys.retiredAt));

async function isDue(tx: Tx, { purpose }: Purpose, signsSince: Date): Promise<boolean> {
  const due = await tx
    .select({ kid: serviceKeys.kid })
    .from(serviceKeys)
    .where(and(eq(serviceKeys.purpose, purpose), isCurrent, lt(serviceKeys.currentAt, signsSince)));
  return due.length > 0;
}

async function takeOver(tx: Tx, { purpose }: Purpose, now: Date): Promise<void> {
  await tx
    .update(serviceKeys)
    .set({ retiredAt: now })
    .where(and(eq(serviceKeys.purpose, purpose), isCurrent));
  await tx
    .update(serviceKeys)
    .set({ currentAt: now })
    .where(and(eq(serviceKeys.purpose, purpose), isNull(serviceKeys.currentAt)));
}

const before = (now: Date, ms: number) => new Date(now.getTime() - ms);
