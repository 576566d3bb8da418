import { type Candidate, choose, currenciesOf, type Field, type Weights } from "../../../market/services/scraping/index.ts";
import type { ReadPage } from "./pages.ts";

/** The fields that people annotated. */
export const FIELDS = ["price", "sku", "availability", "currency", "brand"] as const satisfies readonly Field[];
export type ScoredField = (typeof FIELDS)[number];

/** Where a page without an annotation says nothing: the annotators did not look for these on every page. */
const INCOMPLETE: ReadonlySet<ScoredField> = new Set(["currency", "brand"]);

/** Whether a value is one of those people found: amounts by their number, a currency by what its sign may stand for, a brand without case, else letter for letter. */
export function isRight(field: ScoredField, wanted: readonly string[], value: string): boolean {
  const is: Record<ScoredField, (want: string) => boolean> = {
    price: (want) => Number(want) === Number(value),
    currency: (want) => currenciesOf(want).includes(value),
    brand: (want) => want.toLowerCase() === value.toLowerCase(),
    sku: (want) => want === value,
    availability: (want) => want === value,
  };
  return wanted.some((want) => is[field](want.trim()));
}

/**
 * F1 as product-extraction-benchmark's evaluate.py counts it, page by page: right is a true positive; a value that is wrong, or where none
 * was annotated, a false positive; an annotated value that is missing or wrong a false negative.
 */
export function f1(field: ScoredField, pages: readonly ReadPage[], weightsOf: (page: ReadPage) => Weights): number {
  let [right, given, wanted] = [0, 0, 0];
  for (const page of pages) {
    const truth = page.truth[field];
    if (!truth && INCOMPLETE.has(field)) continue;
    const choice = chosen(field, page.candidates, weightsOf(page));
    if (choice !== null) given++;
    if (truth) wanted++;
    if (choice !== null && truth && isRight(field, truth, choice)) right++;
  }
  return (2 * right) / (given + wanted);
}

const chosen = (field: ScoredField, candidates: readonly Candidate[], weights: Weights) =>
  choose(candidates, field, weights)?.value ?? null;
