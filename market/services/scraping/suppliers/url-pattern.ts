const MOST_STARS = 6;

/** Whether a pattern of addresses is one: it begins with "/", and "*" stands for a segment's letters, "**" for anything. */
export function isUrlPattern(pattern: string): boolean {
  return /^\/\S*$/.test(pattern) && (pattern.match(/\*+/g) ?? []).length <= MOST_STARS;
}

/** Whether path and query of an address fit a pattern; a pattern without "?" heeds the path alone. A slash at the end is no other page. */
export function fitsPattern(pattern: string, url: URL): boolean {
  const text = pattern.includes("?") ? url.pathname + url.search : url.pathname;
  const pieces = pattern.match(/\*+|[^*]/g) ?? [];
  return fits(pieces, text) || (text.length > 1 && text.endsWith("/") && fits(pieces, text.slice(0, -1)));
}

/** One row for each piece: how far into the text it and all before it can reach. No way back, so the cost is the product of both lengths at most. */
function fits(pieces: readonly string[], text: string): boolean {
  let reached: ReadonlySet<number> = new Set([0]);
  for (const piece of pieces) {
    if (reached.size === 0) return false;
    reached = piece.startsWith("*") ? after(reached, text, piece.length > 1) : next(reached, text, piece);
  }
  return reached.has(text.length);
}

function next(reached: ReadonlySet<number>, text: string, letter: string): Set<number> {
  const found = new Set<number>();
  for (const at of reached) if (text[at] === letter) found.add(at + 1);
  return found;
}

/** From each place as far as a star goes: to the next slash, or to the end. */
function after(reached: ReadonlySet<number>, text: string, isAnything: boolean): Set<number> {
  const found = new Set<number>();
  for (const from of reached) {
    for (let at = from; at <= text.length && !found.has(at); at++) {
      found.add(at);
      if (text[at] === "/" && !isAnything) break;
    }
  }
  return found;
}
