import type { DiscountId, MerchantId, ProductId } from "../../models/ids.ts";
import { applyDiscounts } from "./apply.ts";
import type { Candidate } from "./candidates.ts";

/** A line as discounts see it. productId null: something that another service sells, which only what covers everything covers. */
export interface DiscountedLine {
  productId: ProductId | null;
  merchantId: MerchantId | null;
  totalMinor: number;
}

/** What is taken off lines, in the order in which it is. */
export interface TakenOff {
  id: DiscountId;
  name: string;
  merchantId: MerchantId;
  amountMinor: number;
  /** By line. */
  shares: readonly number[];
}

/** Each merchant's discounts off each merchant's lines; each is an order of its own in the end. */
export function takeOff(lines: readonly DiscountedLine[], candidates: readonly Candidate[]): readonly TakenOff[] {
  const totals = lines.map(({ totalMinor }) => totalMinor);
  return [...Map.groupBy(candidates, ({ merchantId }) => merchantId)].flatMap(([merchantId, own]) => {
    const rules = own.map((candidate) => ({ ...candidate, covered: coveredBy(candidate, lines) }));
    const names = new Map(own.map(({ id, name }) => [id, name]));
    return applyDiscounts(totals, rules).map((applied) => ({ ...applied, merchantId, name: names.get(applied.id) ?? "" }));
  });
}

/** Places of the lines that a discount covers. */
export function coveredBy({ merchantId, productIds }: Candidate, lines: readonly DiscountedLine[]): readonly number[] {
  return lines.flatMap((line, at) => {
    const isIn = productIds === null || (line.productId !== null && productIds.has(line.productId));
    return isIn && line.merchantId === merchantId ? [at] : [];
  });
}

/** What of all of it each line bears. */
export function offEach(lines: readonly unknown[], taken: readonly TakenOff[]): readonly number[] {
  return lines.map((_, at) => taken.reduce((sum, { shares }) => sum + (shares[at] ?? 0), 0));
}
