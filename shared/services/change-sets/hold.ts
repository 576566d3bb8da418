import type { ProductChangePlan } from "../../contracts/change-sets.ts";
import type { Preview } from "./preview.ts";

/** A price that is so many times what it was, or that part of it, is looked at first. */
const ODD_FACTOR = 5;

/** Why a line of a list waits until somebody says that it is meant; null: it does not. */
export function reasonToHold(plan: ProductChangePlan, { changes }: Preview): string | null {
  const price = changes.find(({ field }) => field === "priceMinor");
  if (price?.after === 0) return "Its price would be nought.";
  if (plan.kind === "new" && (plan.stock === null || plan.stock === 0)) {
    return plan.stock === null ? "New, and the list says no stock." : "New, and there is none of it.";
  }
  if (typeof price?.before !== "number" || typeof price.after !== "number" || price.before === 0) return null;
  const factor = price.after / price.before;
  if (factor >= ODD_FACTOR) return `Its price would be ${Math.round(factor)} times what it was.`;
  return factor <= 1 / ODD_FACTOR ? `Its price would be a ${Math.round(1 / factor)}th of what it was.` : null;
}
