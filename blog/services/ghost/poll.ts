import type { GhostParts } from "./parts.ts";
import { listPieces } from "./resources.ts";

/** Ghost's dates have seconds, and its transactions take a while: what was seen a moment ago is looked at again. */
const OVERLAP_MS = 10_000;

const KINDS = ["post", "page"] as const;

/** Finds what Ghost says was changed since the last poll. Returns how many pieces are to be compared. */
export async function poll(parts: GhostParts, polledUntil: Date): Promise<number> {
  const { services, transaction } = parts;
  let found = 0;
  let until = polledUntil;
  for (const kind of KINDS) {
    for await (const { listed, newest, answeredAt } of listPieces(parts.client, kind, new Date(polledUntil.getTime() - OVERLAP_MS))) {
      found += await transaction((tx) => services.ghost.noteListed(tx, listed, null));
      // a writer may set a date that lies ahead: it must not hide what is changed before it comes
      if (newest !== null) until = new Date(Math.max(until.getTime(), Math.min(newest.getTime(), answeredAt.getTime())));
    }
  }
  await transaction((tx) => services.ghost.notePoll(tx, until));
  return found;
}

/** A sweep by itself, where nothing asks for one. */
const EVERY_MS = 6 * 3_600_000;

/**
 * Looks through everything in Ghost, by what lists say of it: bulk actions, tags that were deleted and authors that were renamed
 * change no date and send no webhook, and a deletion shows only as something missing. Gives how many it met.
 */
export async function sweep(parts: GhostParts): Promise<{ met: number; differed: number; unmet: number }> {
  const { services, transaction, clock } = parts;
  const began = performance.now();
  const number = await transaction((tx) => services.ghost.beginSweep(tx));
  let met = 0;
  let differed = 0;
  let beganThere: Date | null = null;
  for (const kind of KINDS) {
    for await (const { listed, answeredAt } of listPieces(parts.client, kind, null)) {
      beganThere ??= answeredAt;
      met += listed.length;
      differed += await transaction((tx) => services.ghost.noteListed(tx, listed, number));
    }
  }
  const figures = { met, differed, tookMs: Math.round(performance.now() - began), nextAt: new Date(clock.now().getTime() + EVERY_MS) };
  const unmet = await transaction(async (tx) => {
    if (beganThere !== null && (await services.ghost.getState()).polledUntil === null) await services.ghost.notePoll(tx, beganThere);
    return services.ghost.endSweep(tx, number, figures);
  });
  return { met, differed, unmet };
}
