import { currenciesOf, currencyOfCountry, HUNDREDTHS, isCurrencyCode, LONGEST_SIGN, THOUSANDTHS } from "./currencies.ts";

/** An amount as a decimal string ("1234.50", a minus only where one was written) and, where it is known, the ISO 4217 code. */
export interface Price {
  readonly amount: string;
  readonly currency: string | null;
}

/** What is known beside the text: words near it that may name the currency, the currency of the place, and the country (ISO 3166). */
export interface PriceHint {
  readonly near?: string | null;
  readonly currency?: string | null;
  readonly country?: string | null;
}

const MAX_TEXT = 400;
const FREE = /^\W*(?:free|gratis|kostenlos|gratuit|gratuito|za darmo|бесплатно|zdarma|ingyenes|ücretsiz)\W*$/iu;
const DATE = /^\D*\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d\D*$/;
/** Groups of digits with one separator between them; a blank parts thousands only. */
const NUMBER = /[.,]*\d+(?:[.,·'’`´]\d+| \d{3}(?!\d)|[.,] \d{2}(?!\d))*/g;

interface Found {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
  readonly sign: string | null;
}

/** Reads the first price in a text, in whatever notation: 1.234,56 / 1,234.56 / 1 234,56 / 1'234.50 / 12,- / 99p / free. null: there is none. */
export function parsePrice(text: string, hint: PriceHint = {}): Price | null {
  const plain = plainText(text);
  if (FREE.test(plain)) return { amount: "0", currency: currencyFrom(null, hint) };
  const found = numbersIn(plain);
  const signed = found.findIndex(({ sign }) => sign !== null);
  const best = signed >= 0 ? lowerEnd(plain, found, signed) : DATE.test(plain) ? undefined : found[0];
  if (!best) return null;
  const sign = best.sign ?? signAnywhere(plain);
  const currency = codeBeside(plain, sign) ?? currencyFrom(sign, hint);
  const split = centsAfterSign(plain, best);
  let amount = split ?? decimal(best.digits, currency);
  if (best.sign !== null && HUNDREDTHS.has(best.sign) && /^\d{1,3}$/.test(amount)) amount = hundredth(amount);
  return { amount: isNegative(plain, best) ? `-${amount}` : amount, currency };
}

/** The code of a currency written by itself: "EUR", "€", "US $"; of several that a sign may mean, the hint's. null: none. */
export function parseCurrency(text: string, hint: PriceHint = {}): string | null {
  const sign = text.trim();
  if (isCurrencyCode(sign.toUpperCase())) return sign.toUpperCase();
  return currenciesOf(sign).length > 0 ? currencyFrom(sign, hint) : null;
}

function plainText(text: string): string {
  return text
    .slice(0, MAX_TEXT)
    .replace(/[٠-٩۰-۹０-９]/gu, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .replace(/[\s\u200e\u200f\u2060\ufeff]+/gu, " ")
    .trim();
}

function numbersIn(text: string): Found[] {
  const found: Found[] = [];
  for (const match of text.matchAll(NUMBER)) {
    const [digits = ""] = /^.*?[.,]\d\d(?= )|.*/.exec(match[0]) ?? []; // "2.00 100": nothing follows cents
    const end = match.index + digits.length;
    if (/^\s?%/.test(text.slice(end, end + 2))) continue;
    found.push({ digits, start: match.index, end, sign: signBefore(text, match.index) ?? signAfter(text, end) });
  }
  return found;
}

/** "26 to 50 €": the first of two ends that share a sign. */
function lowerEnd(text: string, found: readonly Found[], signed: number): Found | undefined {
  const [low, high] = [found[signed - 1], found[signed]];
  const between = low && high ? text.slice(low.end, high.start) : "";
  return low && high && /^ ?(?:-|–|—|to|bis|a|à|do|до|tot) ?$/u.test(between) ? { ...low, sign: high.sign } : high;
}

/** "$1,190.00 AUD": where a sign may mean several currencies, a code in the text says which. */
function codeBeside(text: string, sign: string | null): string | null {
  const codes = sign === null ? [] : currenciesOf(sign);
  return codes.length > 1 ? ((text.match(/\b[A-Z]{3}\b/g) ?? []).find((code) => codes.includes(code)) ?? null) : null;
}

const LETTER = /\p{L}/u;

function signBefore(text: string, start: number): string | null {
  const head = text.slice(Math.max(0, start - LONGEST_SIGN - 3), start).replace(/[\s:*(~+−-]+$/u, "");
  for (let length = Math.min(LONGEST_SIGN, head.length); length > 0; length--) {
    const sign = head.slice(-length);
    if (currenciesOf(sign).length === 0) continue;
    const before = head.at(-length - 1) ?? "";
    if (!(LETTER.test(sign[0] ?? "") && LETTER.test(before))) return sign;
  }
  return null;
}

function signAfter(text: string, end: number): string | null {
  const tail = text.slice(end, end + LONGEST_SIGN + 6).replace(/^(?:[,.]?[-–—=]{1,2}|[,.*])?\s*/u, "");
  for (const rest of [tail, text.slice(end).trimStart()]) {
    for (let length = Math.min(LONGEST_SIGN, rest.length); length > 0; length--) {
      const sign = rest.slice(0, length);
      if (currenciesOf(sign).length === 0) continue;
      if (!(LETTER.test(sign.at(-1) ?? "") && LETTER.test(rest[length] ?? ""))) return sign;
    }
  }
  return null;
}

/** A sign that stands apart from every number: only those that can't be mistaken, i.e. no single letters. */
function signAnywhere(text: string): string | null {
  for (const word of text.split(/[\s\d:()/]+/u)) {
    if (word.length > 0 && (word.length > 1 || !LETTER.test(word)) && currenciesOf(word).length > 0) return word;
  }
  const [symbol] = text.match(/\p{Sc}/u) ?? [];
  return symbol ?? null;
}

function currencyFrom(sign: string | null, hint: PriceHint): string | null {
  const meant = sign ?? signNear(hint.near ?? "");
  const local = hint.currency ?? (hint.country ? currencyOfCountry(hint.country) : undefined);
  if (meant === null) return local ?? null;
  const codes = currenciesOf(meant);
  return local && codes.includes(local) ? local : (codes[0] ?? null);
}

function signNear(text: string): string | null {
  const plain = plainText(text);
  return numbersIn(plain).find(({ sign }) => sign !== null)?.sign ?? (currenciesOf(plain).length > 0 ? plain : signAnywhere(plain));
}

/** "1250€60": the sign stands where the point would. */
function centsAfterSign(text: string, { digits, end }: Found): string | null {
  const [, cents] = /^(?:\p{Sc}\d|\p{Sc} ?\d\d(?!\d))/u.test(text.slice(end))
    ? (/^\p{Sc} ?(\d{1,3})(?!\d)/u.exec(text.slice(end)) ?? [])
    : [];
  return cents && /^\d+$/.test(digits) ? `${digits}.${cents}` : null;
}

function decimal(written: string, currency: string | null): string {
  const leads = /^[.,]/.test(written);
  const digits = written
    .replace(/^[.,]+/, "")
    .replace(/[ '’`´·](?=\d)/gu, (mark) => (mark === "·" ? "." : ""))
    .replaceAll(" ", "");
  const marks = [...digits.matchAll(/[.,]/g)];
  const last = marks.at(-1);
  if (!last) return leads ? `0.${digits}` : whole(digits);
  const [head, tail] = [digits.slice(0, last.index), digits.slice(last.index + 1)];
  if (isGrouping(digits, marks, tail, currency)) return whole(digits.replace(/[.,]/g, ""));
  return `${whole(head.replace(/[.,]/g, ""))}.${tail}`;
}

/** Whether the last mark parts thousands: three digits after it, and nothing that says otherwise. */
function isGrouping(digits: string, marks: readonly RegExpExecArray[], tail: string, currency: string | null): boolean {
  if (tail.length !== 3) return false;
  const kinds = new Set(marks.map(([mark]) => mark));
  if (kinds.size > 1) return false;
  if (marks.length > 1) return true;
  const head = digits.slice(0, -4);
  return head.length <= 3 && !/^0+$/.test(head) && !(currency !== null && THOUSANDTHS.has(currency));
}

const whole = (digits: string) => digits.replace(/^0+(?=\d)/, "") || "0";
const hundredth = (pence: string) => `${whole(pence.padStart(3, "0").slice(0, -2))}.${pence.padStart(3, "0").slice(-2)}`;

/** A minus belongs to the price only when it touches it or its sign: in "- $5" it is a dash. */
function isNegative(text: string, { start, sign }: Found): boolean {
  const head = text.slice(0, start);
  const bare = sign !== null && head.trimEnd().endsWith(sign) ? head.trimEnd().slice(0, -sign.length) : head;
  return /(?:^|[\s(])[-−]$/u.test(bare);
}
