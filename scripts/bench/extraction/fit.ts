import { type Candidate, priorOf, type Weights } from "../../../market/services/scraping/index.ts";
import type { ReadPage } from "./pages.ts";
import { FIELDS, isRight } from "./score.ts";

/** How many shops the belief before measuring counts for. */
const PRIOR_SHOPS = 2;
const SUREST = 0.97;
/** Weaker readings are not what the feature is judged by. */
const LEAST_STRENGTH = 0.3;

/**
 * The weight of each feature: the share of shops where its strongest reading was right, a shop with twenty pages counting as one with two,
 * drawn towards what was believed before. Availability is left at that: nearly all of the set is in stock, so each "yes" seems right.
 */
export function fitWeights(pages: readonly ReadPage[]): Weights {
  const shares = new Map<string, Map<string, { right: number; of: number }>>();
  for (const page of pages) {
    for (const field of FIELDS) {
      const truth = page.truth[field];
      if (field === "availability" || (!truth && field !== "price")) continue;
      for (const [feature, { value }] of strongest(page.candidates.filter((each) => each.field === field && !each.isAgainst))) {
        const shops = shares.get(feature) ?? new Map<string, { right: number; of: number }>();
        const share = shops.get(page.shop) ?? { right: 0, of: 0 };
        share.of++;
        if (truth && isRight(field, truth, value)) share.right++;
        shops.set(page.shop, share);
        shares.set(feature, shops);
      }
    }
  }
  return Object.fromEntries(
    [...shares].sort(([a], [b]) => (a < b ? -1 : 1)).map(([feature, shops]) => [feature, weightFrom(feature, [...shops.values()])]),
  );
}

function strongest(candidates: readonly Candidate[]): Map<string, Candidate> {
  const best = new Map<string, Candidate>();
  for (const each of candidates) {
    const feature = `${each.field}/${each.source}/${each.kind}`;
    if (each.strength >= LEAST_STRENGTH && each.strength > (best.get(feature)?.strength ?? 0)) best.set(feature, each);
  }
  return best;
}

function weightFrom(feature: string, shops: readonly { right: number; of: number }[]): number {
  const [field = "", source = "", kind = ""] = feature.split("/");
  const right = shops.reduce((sum, share) => sum + share.right / share.of, 0);
  const weight = (right + PRIOR_SHOPS * priorOf(field, source, kind)) / (shops.length + PRIOR_SHOPS);
  return Math.round(Math.min(SUREST, weight) * 100) / 100;
}
