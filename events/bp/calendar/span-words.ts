const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const SHORT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** "Friday 20 November 2026", or "16 – 22 November 2026". */
export function spanWords(firstOn: string, lastOn: string): string {
  const [first, last] = [firstOn, lastOn].map((on) => new Date(`${on}T00:00:00Z`));
  if (!first || !last) return "";
  return firstOn === lastOn ? DAY.format(first).replace(",", "") : SHORT.formatRange(first, last);
}
