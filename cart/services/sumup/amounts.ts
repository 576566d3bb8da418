import { minorDigits } from "@rose-ash/shared/models/money.ts";

/** The currencies that SumUp takes. */
const TAKEN: ReadonlySet<string> = new Set("BGN BRL CHF CLP COP CZK DKK EUR GBP HRK HUF NOK PLN RON SEK USD".split(" "));

/** Digits behind the point; undefined: SumUp takes none of it. */
const digitsOf = (currency: string): number | undefined => (TAKEN.has(currency) ? minorDigits(currency) : undefined);

/** How far from a whole number of minor units a wire amount may be: what binary fractions leave, and no tenth of a penny. */
const SLACK = 1e-4;

/** As the wire has it: 1010 of GBP is 10.1. Throws for what SumUp does not take, and for what is no whole number. */
export function toMajor(minor: number, currency: string): number {
  const digits = digitsOf(currency);
  if (digits === undefined) throw new RangeError(`SumUp takes no ${currency}`);
  if (!Number.isSafeInteger(minor) || minor < 0) throw new RangeError(`no amount in minor units: ${minor}`);
  return Number((minor / 10 ** digits).toFixed(digits));
}

/** As we have it: 10.1 of GBP is 1010. Null for what is no amount of this currency: 10.123, -1, an unknown currency. */
export function toMinor(major: number, currency: string): number | null {
  const digits = digitsOf(currency);
  if (digits === undefined || !Number.isFinite(major) || major < 0) return null;
  const scaled = major * 10 ** digits;
  const minor = Math.round(scaled);
  return Math.abs(scaled - minor) <= SLACK && Number.isSafeInteger(minor) ? minor : null;
}
