/** What one word may be: in quotation marks, doubled inside of it, or whatever stands between two commas. */
const WORD = /\s*(?:"((?:[^"]|"")*)"\s*(?=,|$)|([^,]*))(?:,|$)/y;

/** What stands between commas, each thing once. A name that has a comma itself stands in quotation marks. */
export function wordsIn(list = ""): string[] {
  const words = new Set<string>();
  const typed = list.trim();
  WORD.lastIndex = 0;
  while (WORD.lastIndex < typed.length) {
    const [, quoted, plain = ""] = WORD.exec(typed) ?? [];
    words.add((quoted?.replaceAll('""', '"') ?? plain).trim());
  }
  words.delete("");
  return [...words];
}

/** The same the other way round: what a field shows, so that wordsIn reads it again. */
export function listOf(words: readonly string[]): string {
  return words.map((word) => (/,|^"/.test(word) ? `"${word.replaceAll('"', '""')}"` : word)).join(", ");
}
