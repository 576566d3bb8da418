import type { FindingField } from "../../models/scrape-findings.ts";
import type { AcceptanceRules } from "../../models/scraping.ts";

/** A price that moves by more than this, in percent of what stood, is held where the supplier's file says nothing else. */
const MOST_MOVED_PERCENT = 50;

/** Whether a price moved so far that a person has to look. */
export function isJump(before: unknown, after: unknown, rules: AcceptanceRules | null): boolean {
  const percent = movedPercent(before, after);
  const most = Number(after) > Number(before) ? rules?.mostRisePercent : rules?.mostFallPercent;
  return percent !== null && percent > (most ?? MOST_MOVED_PERCENT);
}

/** Whether a field is a price, or what we pay. */
export function isMoney(field: FindingField): field is "priceMinor" | "costMinor" {
  return field === "priceMinor" || field === "costMinor";
}

/** The rule of a supplier's file that accepts a change, in words for the history; null: none does. */
export function ruleFor(change: { field: FindingField; before: unknown; after: unknown }, rules: AcceptanceRules | null): string | null {
  const { field, before, after } = change;
  if (rules === null) return null;
  if (isMoney(field)) {
    const percent = movedPercent(before, after);
    return percent !== null && percent <= rules.pricePercent ? `price within ${rules.pricePercent} %` : null;
  }
  const name = field === "availability" ? "stock" : field;
  return rules.fields.includes(name) ? `all changes of ${name}` : null;
}

/** null: there is nothing to compare it with. */
function movedPercent(before: unknown, after: unknown): number | null {
  if (typeof before !== "number" || typeof after !== "number" || before <= 0) return null;
  return (Math.abs(after - before) / before) * 100;
}
