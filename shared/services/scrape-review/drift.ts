import type { Drift } from "../../models/scrape-findings.ts";

/** How many products a run saw, and how many of them said each field. */
export interface Seen {
  readonly products: number;
  readonly found: Readonly<Record<string, number>>;
}

/** The name under which the number of products itself is compared. */
export const PRODUCTS = "products";

/** A run with fewer says nothing about what is usual. */
const FEWEST_PRODUCTS = 5;
/** What is said more seldom than this is chance. */
const LEAST_USUAL = 0.3;
/** Less than this part of what is usual is an alarm, if at least so many products are concerned. */
const LEAST_PART = 0.7;
const FEWEST_MISSING = 3;
/** Fewer products than this part of what is usual, likewise. */
const LEAST_PRODUCTS = 0.5;

/**
 * The fields that a run found clearly more seldom than the runs before it usually did. earlier: of the runs that count, in any order.
 * isWhole: it looked at everything, so that few products are few.
 */
export function driftsOf(run: Seen, earlier: readonly Seen[], isWhole: boolean): readonly Drift[] {
  const before = earlier.filter(({ products }) => products >= FEWEST_PRODUCTS);
  if (before.length === 0) return [];
  const usualProducts = median(before.map(({ products }) => products));
  if (isWhole && run.products < usualProducts * LEAST_PRODUCTS)
    return [{ field: PRODUCTS, share: rounded(run.products / usualProducts), usual: 1 }];
  const fields = [...new Set(before.flatMap(({ found }) => Object.keys(found)))].sort();
  return fields.flatMap((field) => {
    const usual = median(before.map((one) => shareOf(one, field)));
    const share = shareOf(run, field);
    const isDrift = usual >= LEAST_USUAL && share < usual * LEAST_PART && (usual - share) * run.products >= FEWEST_MISSING;
    return isDrift ? [{ field, share: rounded(share), usual: rounded(usual) }] : [];
  });
}

/**
 * Whether a run found again what an alarm is about: it looked, at enough products, and the field is there about as often as it was.
 * That nothing was seen proves nothing.
 */
export function isBack({ field, usual }: Drift, run: Seen, earlier: readonly Seen[], isWhole: boolean): boolean {
  if (run.products < FEWEST_PRODUCTS) return false;
  if (field !== PRODUCTS) return shareOf(run, field) >= usual * LEAST_PART;
  const before = earlier.filter(({ products }) => products >= FEWEST_PRODUCTS);
  return isWhole && before.length > 0 && run.products >= median(before.map(({ products }) => products)) * LEAST_PRODUCTS;
}

function shareOf({ products, found }: Seen, field: string): number {
  return products === 0 ? 0 : (found[field] ?? 0) / products;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}

function rounded(share: number): number {
  return Math.round(share * 1000) / 1000;
}
