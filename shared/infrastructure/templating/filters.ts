import type { Environment } from "nunjucks";

/** Adds the filters of our own: money, dates in words, safe addresses, plurals. */
export function addFilters(environment: Environment, locale: string): void {
  const money = makeMoney(locale);
  const words = makeDateWords(locale);
  environment.addFilter("money", money);
  environment.addFilter("date_words", (at: Date | string, zone: string) => words(at, zone, WITH_TIME));
  environment.addFilter("day_words", (at: Date | string, zone: string) => words(at, zone, DAY));
  environment.addFilter("time_words", (at: Date | string, zone: string) => words(at, zone, TIME));
  environment.addFilter("iso", (at: Date | string) => new Date(at).toISOString());
  environment.addFilter("safe_href", safeHref);
  environment.addFilter("plural", (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`);
}

/** An address that may stand in href: http, https or a path of this host; otherwise "#". */
function safeHref(href: unknown): string {
  const text = String(href ?? "");
  if (/^\/(?![/\\])\P{Cc}*$/u.test(text)) return text; // a browser drops tabs and line ends: "/<tab>/host" is another host
  const url = URL.parse(text);
  return url !== null && (url.protocol === "https:" || url.protocol === "http:") ? url.href : "#";
}

/** Minor units as text: 340, "GBP" -> £3.40. The number of decimals is the currency's own. */
function makeMoney(locale: string): (minor: number, currency: string) => string {
  const formats = new Map<string, Intl.NumberFormat>();
  return (minor, currency) => {
    const format = formats.get(currency) ?? new Intl.NumberFormat(locale, { style: "currency", currency });
    formats.set(currency, format);
    return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
  };
}

const DAY = { weekday: "long", day: "numeric", month: "long" } as const;
const TIME = { hour: "2-digit", minute: "2-digit" } as const;
const WITH_TIME = { ...DAY, ...TIME } as const;
const HALF_YEAR_MS = 180 * 24 * 3600 * 1000;

/** An instant in words in its zone: "Thursday 26 November, 18:00"; with the year when it is far from now. */
function makeDateWords(locale: string): (at: Date | string, zone: string, options: Intl.DateTimeFormatOptions) => string {
  const formats = new Map<string, Intl.DateTimeFormat>();
  return (at, zone, options) => {
    const date = new Date(at);
    const isFar = options.day !== undefined && Math.abs(date.getTime() - Date.now()) > HALF_YEAR_MS;
    const key = `${zone} ${isFar} ${Object.keys(options).join()}`;
    const all = { ...options, ...(isFar ? ({ year: "numeric" } as const) : {}), timeZone: zone };
    const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, all);
    formats.set(key, format);
    return format.format(date).replace(" at ", ", ");
  };
}
