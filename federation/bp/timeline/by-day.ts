/** Lines in their order, put together by the day of a zone on which they happened. on: YYYY-MM-DD. */
export function byDay<Line extends { publishedAt: Date }>(lines: readonly Line[], timeZone: string): { on: string; activities: Line[] }[] {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }); // Sweden writes days as ISO 8601 does
  const days = Map.groupBy(lines, ({ publishedAt }) => format.format(publishedAt));
  return Array.from(days, ([on, activities]) => ({ on, activities }));
}
