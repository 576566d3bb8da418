import { entriesOf } from "../dict.ts";
import { raise } from "../errors.ts";
import { escaped, escapeHtml } from "../escape.ts";
import { type Filter, filter } from "../filter.ts";
import { autoescape, isText, Markup, type Text } from "../markup.ts";
import { isTrue, iterate } from "../sequence.ts";
import { repr, text } from "../text.ts";
import { isDict, isNumber, typeName } from "../types.ts";
import { isUndefined, refuseUndefined } from "../undefined.ts";
import { type LinkStyle, urlize } from "./urlize.ts";

/** Filters that make HTML or take it apart. */
export const MARKUP_FILTERS: ReadonlyMap<string, Filter> = new Map([
  ["escape", filter([], 0, (value) => escaped(value))],
  ["e", filter([], 0, (value) => escaped(value))],
  ["forceescape", filter([], 0, (value) => escaped(text(value)))],
  ["safe", filter([], 0, (value) => new Markup(text(value)))],
  ["urlencode", filter([], 0, (value) => urlEncode(value))],
  ["xmlattr", filter(["autospace"], 0, (value, space = true) => attributes(value, isTrue(space)))],
  [
    "urlize",
    filter(
      ["trim_url_limit", "nofollow", "target", "rel", "extra_schemes"],
      0,
      (value, limit = null, nofollow = false, target = null, rel = null, schemes = null) => {
        const words = new Set([...text(rel ?? "").split(/\s+/), isTrue(nofollow) ? "nofollow" : "", "noopener"].filter(Boolean));
        const style: LinkStyle = {
          limit: limit === null ? null : Number(limit),
          rel: [...words].sort().join(" "),
          target: target === null ? null : text(target),
          schemes: schemes === null ? [] : Array.from(iterate(schemes), scheme),
        };
        return safe(urlize(escapeHtml(value), style));
      },
    ),
  ],
]);

/** A text for an URL's path, or a mapping or pairs for its query. */
function urlEncode(value: unknown): string {
  if (isText(value) || value === null || isNumber(value)) return quoted(text(value)).replaceAll("%2F", "/");
  const pairs = isDict(value) ? entriesOf(value) : Array.from(iterate(value), pairOf);
  return pairs.map(([key, item]) => `${queryQuoted(key)}=${queryQuoted(item)}`).join("&");
}

function pairOf(value: unknown): readonly unknown[] {
  const pair = [...iterate(value)];
  return pair.length === 2 ? pair : raise("ValueError", `not two values to unpack: ${pair.length}`);
}

function queryQuoted(value: unknown): string {
  return quoted(text(value)).replaceAll("%20", "+");
}

function quoted(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replace(/[!'()*]/g, (x) => `%${x.charCodeAt(0).toString(16).toUpperCase()}`);
}

function attributes(value: unknown, hasSpace: boolean): Text {
  refuseUndefined(value);
  if (!isDict(value)) raise("AttributeError", `'${typeName(value)}' object has no attribute 'items'`);
  const made = entriesOf(value)
    .filter(([, item]) => item !== null && !isUndefined(item))
    .map(([key, item]) => {
      if (/[ \t\n\r\f\v/>=]/.test(text(key))) raise("ValueError", `Invalid character in attribute name: ${repr(key)}`);
      return `${escapeHtml(key)}="${escapeHtml(item)}"`;
    })
    .join(" ");
  return safe(hasSpace && made !== "" ? ` ${made}` : made);
}

function safe(html: string): Text {
  return autoescape.isOn ? new Markup(html) : html;
}

function scheme(value: unknown): string {
  const name = text(value);
  return /^[\p{L}\p{N}_.+-]{2,}:\/{0,2}$/u.test(name)
    ? name
    : raise("FilterArgumentError", `${repr(name)} is not a valid URI scheme prefix.`);
}
