/** A list of ids with one of them a place further up or down; at the end of the list it stays. */
export function moved(ids: readonly number[], id: number, direction: "up" | "down"): number[] {
  const from = ids.indexOf(id);
  const rest = ids.filter((other) => other !== id);
  return rest.toSpliced(Math.max(0, from + (direction === "up" ? -1 : 1)), 0, id);
}
