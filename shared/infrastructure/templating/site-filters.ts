import type { OwnFilter } from "./dialect.ts";

/** The filters of our own: money, dates in words, safe addresses, languages, plurals. */
export function siteFilters(locale: string): Record<string, OwnFilter> {
  return {
    money: makeMoney(locale),
    date_words: makeDateWords(locale, { ...DAY, ...TIME }),
    day_words: makeDateWords(locale, DAY),
    time_words: makeDateWords(locale, TIME),
    short_words: makeShortWords(locale),
    iso: (at: Date | string) => new Date(at).toISOString(),
    safe_href: safeHref,
    language_name: languageName,
    plural: (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`,
  };
}

/** A language as those who speak it call it: "Cymraeg" of "cy". A tag that nobody knows stands for itself. */
function languageName(tag: string): string {
  try {
    const name = new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
    return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1);
  } catch {
    return tag; // RangeError: the tag is well made by the table's rule, and none by BCP 47
  }
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
const HALF_YEAR_MS = 180 * 24 * 3600 * 1000;

type Words = (at: Date | string, zone: string) => string;

/** An instant in words in its zone: "Thursday 26 November, 18:00"; with the year when its day is far from now. */
function makeDateWords(locale: string, parts: Intl.DateTimeFormatOptions): Words {
  const near = makeFormats(locale, parts);
  const far = "day" in parts ? makeFormats(locale, { ...parts, year: "numeric" }) : near;
  return (at, zone) => {
    const date = at instanceof Date ? at : new Date(at);
    const formats = Math.abs(date.getTime() - Date.now()) > HALF_YEAR_MS ? far : near;
    return formats(zone).format(date).replace(",", "").replace(" at ", ", "); // with a year English puts a comma after the weekday
  };
}

const DAY_MS = 24 * 3600 * 1000;
const WEEK_MS = 7 * DAY_MS;

/** An instant in as few words as tell it from now: "Thu 18:00" within a week, "Thu 26 Nov 18:00" beyond. */
function makeShortWords(locale: string): Words {
  const near = makeFormats(locale, { weekday: "short", ...TIME });
  const far = makeFormats(locale, { weekday: "short", day: "numeric", month: "short", ...TIME });
  return (at, zone) => {
    const date = at instanceof Date ? at : new Date(at);
    const formats = Math.abs(date.getTime() - Date.now()) < WEEK_MS - DAY_MS ? near : far;
    return formats(zone).format(date).replaceAll(",", "").replace(" at ", " ");
  };
}

/** One format a zone: making one takes far longer than using it. */
function makeFormats(locale: string, parts: Intl.DateTimeFormatOptions): (zone: string) => Intl.DateTimeFormat {
  const byZone = new Map<string, Intl.DateTimeFormat>();
  return (timeZone) => {
    const format = byZone.get(timeZone) ?? new Intl.DateTimeFormat(locale, { ...parts, timeZone });
    byZone.set(timeZone, format);
    return format;
  };
}
