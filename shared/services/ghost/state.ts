import { eq, getTableColumns, sql } from "drizzle-orm";
import type { GhostCounts, GhostDelivery, GhostState } from "../../contracts/ghost.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import { ghostDeliveries, ghostState } from "../../models/ghost.ts";
import { wantPiece, wantUnmet } from "./links.ts";

/** On which processes hear that there is something to do. */
const CHANNEL = "ghost";

/** Lets a burst of changes in Ghost come to rest before everything is looked through. */
const REST_SECONDS = 15;
const APART_SECONDS = 120;

const NOTHING_YET: GhostState = {
  ...{ startedAt: null, polledUntil: null, polledAt: null, sweep: 0, sweptAt: null, sweepTookMs: null },
  ...{
    sweepMet: 0,
    sweepDiffered: 0,
    sweepWantedAt: null,
    membersSince: null,
    membersWantedAt: null,
    membersAt: null,
    trouble: null,
    troubleAt: null,
  },
};

export async function getState(db: Db): Promise<GhostState> {
  const { id: _id, heldBy: _by, heldUntil: _until, membersSweep: _look, ...columns } = getTableColumns(ghostState);
  const [found] = await db.select(columns).from(ghostState);
  return found ?? NOTHING_YET;
}

export async function getCounts(db: Db): Promise<GhostCounts> {
  const { rows } = await db.execute<{ [Key in keyof GhostCounts]: string }>(sql`
    select count(*) filter (where agreed is not null and not is_ended) as linked,
      count(*) filter (where agreed is null and not is_ended and trouble is null) as never,
      count(*) filter (where wanted_at is not null) as waiting,
      count(*) filter (where trouble is not null) as failing,
      count(*) filter (where is_ended) as ended,
      count(*) filter (where differing <> '[]' and not is_ended) as differing
    from ghost_links`);
  const { linked, never, waiting, failing, ended, differing } = rows[0] ?? {};
  return {
    ...{ linked: Number(linked), never: Number(never), waiting: Number(waiting), failing: Number(failing) },
    ...{ ended: Number(ended), differing: Number(differing) },
  };
}

/** Wakes whoever compares, once the transaction has committed. */
export async function wake(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_notify(${CHANNEL}, '')`);
}

/** False when somebody began it before. */
export async function start(tx: Tx): Promise<boolean> {
  const { rowCount } = await tx.execute(sql`
    insert into ghost_state (id, started_at, sweep_wanted_at) values (1, now(), now())
    on conflict (id) do update set started_at = now(), sweep_wanted_at = now() where ghost_state.started_at is null`);
  await wake(tx);
  return rowCount === 1;
}

/** A sweep is due after a rest, or now. What happens often, each post that is published, asks for one in two minutes at most. */
export async function wantSweep(tx: Tx, restSeconds: number): Promise<void> {
  const rested = sql`greatest(now() + ${restSeconds} * interval '1 second', swept_at + ${APART_SECONDS} * interval '1 second')`;
  const at = restSeconds === 0 ? sql`now()` : rested;
  await tx.execute(sql`update ghost_state set sweep_wanted_at = least(sweep_wanted_at, ${at}) where started_at is not null`);
}

/** The same for members, where somebody asked for them. */
async function wantMembers(tx: Tx, restSeconds: number): Promise<void> {
  const at = sql`greatest(now() + ${restSeconds} * interval '1 second', members_at + ${APART_SECONDS} * interval '1 second')`;
  await tx.execute(sql`update ghost_state set members_wanted_at = least(members_wanted_at, ${at}) where members_since is not null`);
}

/** Writes down a webhook and what it asks for. False when it came before. */
export async function receive(tx: Tx, { signature, event, sentAt, piece, asksForSweep, asksForMembers }: GhostDelivery): Promise<boolean> {
  const row = { signature, event, sentAt, ghostId: piece?.ghostId ?? null };
  const { rowCount } = await tx.insert(ghostDeliveries).values(row).onConflictDoNothing();
  if (rowCount !== 1) return false;
  if (piece !== null) await wantPiece(tx, piece);
  if (asksForSweep) await wantSweep(tx, REST_SECONDS);
  if (asksForMembers) await wantMembers(tx, REST_SECONDS);
  await wake(tx);
  return true;
}

/** Takes the turn, or keeps it, by the database's clock. */
export async function takeTurn(tx: Tx, holder: string, seconds: number): Promise<boolean> {
  const { rowCount } = await tx.execute(sql`
    update ghost_state set held_by = ${holder}, held_until = now() + ${seconds} * interval '1 second'
    where held_by = ${holder} or held_until is null or held_until < now()`);
  return rowCount === 1;
}

export async function endTurn(tx: Tx, holder: string): Promise<void> {
  await tx.execute(sql`update ghost_state set held_by = null, held_until = null where held_by = ${holder}`);
}

export async function noteTrouble(tx: Tx, trouble: string | null): Promise<void> {
  await tx
    .update(ghostState)
    .set({ trouble: trouble?.slice(0, 500) ?? null, troubleAt: trouble === null ? null : sql`now()` })
    .where(sql`${ghostState.id} = 1 and ${ghostState.trouble} is distinct from ${trouble}`);
}

export async function notePoll(tx: Tx, polledUntil: Date): Promise<void> {
  await tx.update(ghostState).set({ polledUntil, polledAt: sql`now()` }).where(eq(ghostState.id, 1));
}

/** A wish for a sweep that comes while this one runs is another's. */
export async function beginSweep(tx: Tx): Promise<number> {
  const [row] = await tx
    .update(ghostState)
    .set({ sweep: sql`${ghostState.sweep} + 1`, sweepWantedAt: null })
    .where(eq(ghostState.id, 1))
    .returning({ sweep: ghostState.sweep });
  if (row === undefined) throw new Error("nobody has begun to compare");
  return row.sweep;
}

export async function endSweep(
  tx: Tx,
  sweep: number,
  { met, differed, tookMs, nextAt }: { met: number; differed: number; tookMs: number; nextAt: Date },
): Promise<number> {
  const unmet = await wantUnmet(tx, sweep);
  await tx
    .update(ghostState)
    .set({
      ...{ sweptAt: sql`now()`, sweepTookMs: tookMs, sweepMet: met, sweepDiffered: differed + unmet },
      sweepWantedAt: sql`coalesce(${ghostState.sweepWantedAt}, ${nextAt.toISOString()}::timestamptz)`,
    })
    .where(eq(ghostState.id, 1));
  return unmet;
}
