import { MAX_PRICE_MINOR } from "../../contracts/product-fields.ts";
import { VAT_PERCENT } from "../../models/market.ts";
import type { Rounding } from "../../models/price-rules.ts";

/** What a rule adds, and to what it rounds up; of: what it is called by, "Cheese" or "Cheese from The Old Dairy". */
export interface Reckoning {
  addPermille: number;
  minimumAddMinor: number;
  rounding: Rounding;
  of: string;
}

/** A price with VAT that a rule makes of a cost without, and why it is that: "cost 2.10 + 30 % of Cheese, rounded up to .05". */
export interface ReckonedPrice {
  priceMinor: number;
  words: string;
}

const ROUND: Record<Rounding, { up(minor: number): number; words: string }> = {
  penny: { up: (minor) => minor, words: "" },
  five: { up: (minor) => Math.ceil(minor / 5) * 5, words: ", rounded up to .05" },
  ten: { up: (minor) => Math.ceil(minor / 10) * 10, words: ", rounded up to .10" },
  "forty-nine": { up: (minor) => Math.ceil((minor + 1) / 50) * 50 - 1, words: ", rounded up to .49 or .99" },
  "ninety-nine": { up: (minor) => Math.ceil((minor + 1) / 100) * 100 - 1, words: ", rounded up to .99" },
};

/**
 * The price that a rule makes of a cost: never below what it adds, as it only rounds up. In whole numbers throughout. null where
 * the cost is not known or nought, or the price would be one that no shop asks.
 */
export function reckonPrice(costMinor: number | null, vatClass: keyof typeof VAT_PERCENT, rule: Reckoning): ReckonedPrice | null {
  if (costMinor === null || costMinor === 0) return null;
  const byShare = costMinor * rule.addPermille;
  const byMinimum = rule.minimumAddMinor * 1000;
  const vat = VAT_PERCENT[vatClass];
  const exact = (costMinor * 1000 + Math.max(byShare, byMinimum)) * (100 + vat);
  const priceMinor = ROUND[rule.rounding].up(Math.ceil(exact / 100_000));
  if (priceMinor > MAX_PRICE_MINOR) return null;
  const added = byMinimum > byShare ? `${money(rule.minimumAddMinor)} at least` : `${rule.addPermille / 10} %`;
  const withVat = vat === 0 ? "" : ` + ${vat} % VAT`;
  return { priceMinor, words: `cost ${money(costMinor)} + ${added} of ${rule.of}${withVat}${ROUND[rule.rounding].words}` };
}

function money(minor: number): string {
  return (minor / 100).toFixed(2);
}
