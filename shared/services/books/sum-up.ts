import type { BookLine, BookSum } from "../../contracts/books.ts";

/** Lines added up by merchant, currency and rate, in that order. */
export function sumUp(lines: readonly BookLine[]): readonly BookSum[] {
  const sums = new Map<string, BookSum>();
  for (const line of lines) {
    const { merchant, currency, vatClass, vatBasisPoints } = line;
    const key = JSON.stringify([merchant, currency, String(vatBasisPoints).padStart(5, "0"), vatClass]);
    sums.set(key, plus(sums.get(key) ?? { ...NOTHING, merchant, currency, vatClass, vatBasisPoints }, line));
  }
  return [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}

const NOTHING = { soldNetMinor: 0, soldVatMinor: 0, backNetMinor: 0, backVatMinor: 0, netMinor: 0, vatMinor: 0, grossMinor: 0 };

function plus(sum: BookSum, { kind, netMinor, vatMinor, grossMinor }: BookLine): BookSum {
  const isBack = kind === "refund";
  return {
    ...sum,
    soldNetMinor: sum.soldNetMinor + (isBack ? 0 : netMinor),
    soldVatMinor: sum.soldVatMinor + (isBack ? 0 : vatMinor),
    backNetMinor: sum.backNetMinor - (isBack ? netMinor : 0),
    backVatMinor: sum.backVatMinor - (isBack ? vatMinor : 0),
    netMinor: sum.netMinor + netMinor,
    vatMinor: sum.vatMinor + vatMinor,
    grossMinor: sum.grossMinor + grossMinor,
  };
}
