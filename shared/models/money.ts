/** Digits behind the point of a currency's amounts: 2 of GBP, 0 of JPY, 3 of KWD, as ECMA-402 has them of ISO 4217. */
export function minorDigits(currency: string): number {
  const known = DIGITS.get(currency);
  if (known !== undefined) return known;
  const digits = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
  DIGITS.set(currency, digits);
  return digits;
}
const DIGITS = new Map<string, number>();

/** An amount in digits, without its currency: 420 of GBP is "4.20", of JPY "420". */
export function amountText(minor: number, currency: string): string {
  const digits = minorDigits(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  return `${minor < 0 ? "-" : ""}${whole}${digits > 0 ? `.${text.slice(-digits)}` : ""}`;
}

/** What somebody typed as an amount, "4.20", "4,2" or "4", in minor units; null: it is none of this currency. */
export function readAmount(typed: string, currency: string): number | null {
  const digits = minorDigits(currency);
  const match = /^(\d{1,7})(?:[.,](\d{1,4}))?$/.exec(typed.trim());
  const fraction = match?.[2] ?? "";
  if (match === null || fraction.length > digits) return null;
  return Number(`${match[1]}${fraction.padEnd(digits, "0")}`);
}

/** A share of a whole, half a minor unit up: 1250 of 10,000 basis points of 999 is 125. */
export function shareOf(minor: number, basisPoints: number): number {
  return Math.floor((minor * basisPoints + 5_000) / 10_000);
}

/** An amount dealt out by weights so that its parts come to all of it; what can't be dealt evenly goes to the largest remainders, the first first. */
export function dealOut(minor: number, weights: readonly number[]): readonly number[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  if (whole === 0) return weights.map(() => 0);
  const parts = weights.map((weight) => Math.floor((minor * weight) / whole));
  const remainders = weights.map((weight, at) => ({ at, remainder: (minor * weight) % whole }));
  let left = minor - parts.reduce((sum, part) => sum + part, 0);
  for (const { at } of remainders.toSorted((one, other) => other.remainder - one.remainder || one.at - other.at)) {
    if (left === 0) break;
    parts[at] = (parts[at] ?? 0) + 1;
    left -= 1;
  }
  return parts;
}
