import { VAT_CLASSES, type VatClass, vatWithin } from "../../models/vat.ts";

/**
 * What of an order is of one class: with tax, and the tax within, in minor units, both less discounts; offNetMinor: what discounts
 * took off without the tax.
 */
export interface VatPart {
  vatClass: VatClass;
  grossMinor: number;
  vatMinor: number;
  offNetMinor: number;
}

/** grossMinor: less discounts, of which this line bears discountMinor. */
export interface TaxedLine {
  vatClass: VatClass;
  vatBasisPoints: number;
  grossMinor: number;
  discountMinor: number;
}

/** Tax is reckoned and rounded line by line, half a penny up, of what is paid for it, and added up by class. Classes without a line are left out. */
export function splitByVat(lines: readonly TaxedLine[]): readonly VatPart[] {
  return VAT_CLASSES.map((vatClass) => {
    const own = lines.filter((line) => line.vatClass === vatClass);
    const sum = (of: (line: TaxedLine) => number) => own.reduce((total, line) => total + of(line), 0);
    return {
      vatClass,
      grossMinor: sum(({ grossMinor }) => grossMinor),
      vatMinor: sum(({ grossMinor, vatBasisPoints }) => vatWithin(grossMinor, vatBasisPoints)),
      offNetMinor: sum(offNet),
    };
  }).filter(({ grossMinor, offNetMinor }) => grossMinor > 0 || offNetMinor > 0);
}

function offNet({ grossMinor, discountMinor, vatBasisPoints }: TaxedLine): number {
  const net = (gross: number) => gross - vatWithin(gross, vatBasisPoints);
  return net(grossMinor + discountMinor) - net(grossMinor);
}

export type RefundPart = Omit<VatPart, "offNetMinor">;

/**
 * The parts of a refund, when so much has gone back before it and so much after it. It is the difference of two shares of the whole,
 * so that however an order is refunded, in however many pieces, all of it comes to all of its parts, to the penny.
 */
export function splitRefund(parts: readonly VatPart[], beforeMinor: number, afterMinor: number): readonly RefundPart[] {
  const paid = parts.filter(({ grossMinor }) => grossMinor > 0);
  const [before, after] = [sharesOf(paid, beforeMinor), sharesOf(paid, afterMinor)];
  return paid.map(({ vatClass }, index) => ({
    vatClass,
    grossMinor: (after[index]?.grossMinor ?? 0) - (before[index]?.grossMinor ?? 0),
    vatMinor: (after[index]?.vatMinor ?? 0) - (before[index]?.vatMinor ?? 0),
  }));
}

/** The share of each part in an amount of the whole. Shares add up to the amount. */
function sharesOf(parts: readonly RefundPart[], amountMinor: number): readonly RefundPart[] {
  const whole = parts.reduce((sum, { grossMinor }) => sum + grossMinor, 0);
  let up = 0;
  let given = 0;
  return parts.map(({ vatClass, grossMinor, vatMinor }) => {
    up += grossMinor;
    const until = Math.round((amountMinor * up) / whole);
    const share = until - given;
    given = until;
    return { vatClass, grossMinor: share, vatMinor: Math.round((vatMinor * share) / grossMinor) };
  });
}
