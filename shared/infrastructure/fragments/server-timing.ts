import type { Shown } from "./compose.ts";

/**
 * The pieces of a page for the header Server-Timing: of each kind how it was had, and the longest time it took.
 * It tells a reader nothing but about this page: no address, no parameter, no reason.
 */
export function serverTiming(shown: readonly Shown[]): string {
  const kinds = [...Map.groupBy(shown, ({ type }) => type)];
  return kinds
    .map(([type, pieces]) => `${type};desc="${waysOf(pieces)}";dur=${Math.max(...pieces.map(({ ms }) => ms)).toFixed(1)}`)
    .join(", ");
}

/** "hit", or "2 hit, 1 miss" for several. */
function waysOf(pieces: readonly Shown[]): string {
  const ways = [...Map.groupBy(pieces, ({ how }) => how)];
  return pieces.length === 1 ? (pieces[0]?.how ?? "") : ways.map(([how, some]) => `${some.length} ${how}`).join(", ");
}
