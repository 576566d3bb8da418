/** What stands between commas, each thing once. */
export function wordsIn(list = ""): string[] {
  return [
    ...new Set(
      list
        .split(",")
        .map((word) => word.trim())
        .filter(Boolean),
    ),
  ];
}
