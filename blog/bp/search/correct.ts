const FEWEST_LETTERS = 4;

/**
 * The words with those mistyped put right by names that are there; null when nothing is better.
 * A word counts as mistyped when no name has it and some name has one that is a letter or two away.
 */
export function correct(typed: string, names: readonly string[]): string | null {
  const known = [...new Set(names.flatMap((name) => longWordsOf(name)))];
  const lower = new Map(known.map((word) => [word.toLowerCase(), word]));
  const better = typed.replace(/[\p{L}\p{M}\p{N}]+/gu, (word) => {
    if (word.length < FEWEST_LETTERS || lower.has(word.toLowerCase())) return word;
    return nearest(word.toLowerCase(), [...lower.keys()]) ?? word;
  });
  return better.trim() === typed.trim() ? null : better.trim();
}

function longWordsOf(name: string): string[] {
  return (name.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).filter((word) => word.length >= FEWEST_LETTERS - 1);
}

function nearest(word: string, known: readonly string[]): string | null {
  const most = word.length > 5 ? 2 : 1;
  const near = known.map((other) => ({ other, away: distance(word, other) })).filter(({ away }) => away <= most);
  return near.sort((a, b) => a.away - b.away)[0]?.other ?? null;
}

/** Letters to insert, drop, change or swap with their neighbour (Damerau-Levenshtein, optimal string alignment). */
function distance(a: string, b: string): number {
  let [before, row] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const ways = [(row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (isSame ? 0 : 1)];
      next.push(Math.min(...ways, ...(isSwap ? [(before[j - 2] ?? 0) + 1] : [])));
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? 0;
}
