import type { GhostLink } from "@rose-ash/shared/contracts/ghost.ts";
import { GhostError } from "./client.ts";
import { bringMembers } from "./members.ts";
import { NotTaken } from "./not-taken.ts";
import type { GhostParts } from "./parts.ts";
import { poll, sweep } from "./poll.ts";
import { Overtaken } from "./pull.ts";
import { reconcile, Unsettled } from "./reconcile.ts";

const POLL_MS = 60_000;
const TURN_SECONDS = 180; // longer than any one piece takes while Ghost is slow
const BATCH = 24;
const AT_ONCE = 4;
const MOMENT_MS = 2500;
const FIRST_RETRY_MS = 60_000;
const LAST_RETRY_MS = 6 * 3_600_000;
const DELIVERIES_MS = 24 * 3_600_000;

/** So many in a row, and it is not the piece that is at fault. */
const AWAY_AFTER = 3;

/**
 * One turn of keeping in step: finds what was changed there and here, and compares it piece by piece. One process at a time has
 * the turn; nothing happens while the site is paused, or before somebody has begun it. Gives whether there is more to do at once.
 */
export async function round(parts: GhostParts, holder: string, signal: AbortSignal): Promise<boolean> {
  const { services, transaction, clock } = parts;
  if ((await services.outgoing.findPause()) !== null) return false;
  if (!(await transaction((tx) => services.ghost.takeTurn(tx, holder, TURN_SECONDS)))) return false;
  const state = await services.ghost.getState();
  const now = clock.now().getTime();
  if (state.membersWantedAt !== null && state.membersWantedAt.getTime() <= now) await bringMembers(parts);
  if (state.startedAt === null) return false;
  if (state.sweepWantedAt !== null && state.sweepWantedAt.getTime() <= now) await sweep(parts);
  else if (state.polledUntil !== null && now - (state.polledAt?.getTime() ?? 0) >= POLL_MS) await poll(parts, state.polledUntil);
  await transaction(async (tx) => {
    await services.ghost.noteOurs(tx);
    await services.ghost.forgetDeliveries(tx, new Date(now - DELIVERIES_MS));
  });
  const isMore = await work(parts, holder, signal);
  await transaction((tx) => services.ghost.noteTrouble(tx, null));
  return isMore;
}

/** One batch. Each piece begins with the turn kept for longer than it takes. */
async function work(parts: GhostParts, holder: string, signal: AbortSignal): Promise<boolean> {
  const { ghost } = parts.services;
  const due = await ghost.listDue(BATCH);
  const queue = [...due];
  let awayInARow = 0;
  const take = async () => {
    for (let link = queue.shift(); link !== undefined && !signal.aborted; link = queue.shift()) {
      if (!(await parts.transaction((tx) => ghost.takeTurn(tx, holder, TURN_SECONDS)))) return;
      const away = await tryOne(parts, link);
      awayInARow = away === null ? 0 : awayInARow + 1;
      if (away !== null && (awayInARow >= AWAY_AFTER || isRefused(away))) throw away;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
  return due.length === BATCH;
}

/** Compares one piece, and sees to it that a failure is written down. Gives the failure where Ghost as a whole may be at fault. */
async function tryOne({ services, transaction, clock, log, ...others }: GhostParts, link: GhostLink): Promise<GhostError | null> {
  const parts = { services, transaction, clock, log, ...others };
  const postpone = (afterMs: number, trouble: string | null) =>
    transaction((tx) => services.ghost.postpone(tx, link, { at: new Date(clock.now().getTime() + afterMs), trouble }));
  try {
    await reconcile(parts, link);
    return null;
  } catch (error) {
    if (error instanceof Unsettled || error instanceof Overtaken || (error instanceof GhostError && error.status === 409)) {
      await postpone(MOMENT_MS, null);
      return null;
    }
    const isSaid = error instanceof GhostError || error instanceof NotTaken;
    if (!isSaid) log.warn({ err: error, link: link.id }, "a piece of Ghost's could not be compared");
    await postpone(
      Math.min(FIRST_RETRY_MS * 2 ** link.attempts, LAST_RETRY_MS),
      isSaid ? error.message : "A fault of ours; the log has it.",
    );
    return error instanceof GhostError && (isAway(error) || isRefused(error)) ? error : null;
  }
}

function isAway({ status }: GhostError): boolean {
  return status === 0 || status === 429 || status >= 500;
}

function isRefused({ status }: GhostError): boolean {
  return status === 401 || status === 403;
}
