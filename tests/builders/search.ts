import type { Marked } from "../../shared/contracts/search.ts";

/** Marked text on one line: what was looked for stands between [ and ]. */
export function spelt(marked: Marked): string {
  return marked.map(({ text, isHit }) => (isHit ? `[${text}]` : text)).join("");
}

/** What people and machines have typed into search boxes to see what happens. */
export const HOSTILE_WORDS: readonly string[] = [
  "",
  " ",
  "\0",
  "\ud800",
  "the and of",
  "'",
  '"',
  "''';--",
  "& | ! <-> ( ) :*",
  "!!!!!!!!",
  "((((((((((",
  'a" or "b -c or or -or',
  "-bread -rye",
  "🍞🥖",
  "é\u0301\u0302\u0303",
  "\u202e\ufeff\u0007\ue000\ue001",
  "%_\\%",
  "<script>alert(1)</script>",
  "{{7*7}} #{7*7}",
  "or ".repeat(3_500),
  "bread ".repeat(2_000),
  "🍞".repeat(5_000),
  "a".repeat(10_000),
  '"'.repeat(10_000),
  `-${"(".repeat(9_999)}`,
];
