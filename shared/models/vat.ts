/** How a thing is taxed; prices include the tax. */
export const VAT_CLASSES = ["zero", "reduced", "standard"] as const;
export type VatClass = (typeof VAT_CLASSES)[number];

/** What is due by class, in hundredths of a percent: VAT Act 1994, s. 2 (standard), s. 29A (reduced), s. 30 (zero). */
export const VAT_BASIS_POINTS: Readonly<Record<VatClass, number>> = { zero: 0, reduced: 500, standard: 2000 };

/** The tax within a price that includes it, half a penny rounded up. */
export function vatWithin(grossMinor: number, basisPoints: number): number {
  return Math.round((grossMinor * basisPoints) / (10_000 + basisPoints));
}
