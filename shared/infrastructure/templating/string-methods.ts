import { raise } from "./errors.ts";
import { escaped, escapeHtml } from "./escape.ts";
import { isText, like, Markup, type Text } from "./markup.ts";
import { type Methods, method } from "./method.ts";
import { characterCount, characters, iterate, pieceOf } from "./sequence.ts";
import { formatMap, formatText } from "./str-format.ts";
import { stripTags, unescapeHtml } from "./strip-tags.ts";
import { typeName } from "./types.ts";
import { Tuple } from "./values.ts";

/** The methods of a str. Of safe text the result is safe, and what is put in is escaped. */
export const STRING_METHODS: Methods<Text> = new Map([
  ["upper", method([], 0, (self) => like(self, String(self).toUpperCase()))],
  ["lower", method([], 0, (self) => like(self, String(self).toLowerCase()))],
  ["casefold", method([], 0, (self) => like(self, String(self).toLowerCase().replaceAll("ß", "ss")))],
  ["capitalize", method([], 0, (self) => like(self, capitalize(String(self))))],
  ["title", method([], 0, (self) => like(self, titleCase(String(self))))],
  ["swapcase", method([], 0, (self) => like(self, swapCase(String(self))))],
  ["strip", method(["chars"], 0, (self, chars) => like(self, trim(String(self), charsOf(chars), "both")))],
  ["lstrip", method(["chars"], 0, (self, chars) => like(self, trim(String(self), charsOf(chars), "start")))],
  ["rstrip", method(["chars"], 0, (self, chars) => like(self, trim(String(self), charsOf(chars), "end")))],
  ["split", method(["sep", "maxsplit"], 0, (self, sep, max) => split(String(self), sep, max).map((part) => like(self, part)))],
  ["rsplit", method(["sep", "maxsplit"], 0, (self, sep, max) => splitRight(String(self), sep, max).map((part) => like(self, part)))],
  ["splitlines", method(["keepends"], 0, (self, keep) => splitLines(String(self), keep === true).map((line) => like(self, line)))],
  ["partition", method(["sep"], 1, (self, sep) => partition(self, stringOf(sep), String(self).indexOf(stringOf(sep))))],
  ["rpartition", method(["sep"], 1, (self, sep) => partition(self, stringOf(sep), String(self).lastIndexOf(stringOf(sep)), true))],
  [
    "replace",
    method(["old", "new", "count"], 2, (self, old, made, count = -1) => replaceText(self, stringOf(old), put(self, made), Number(count))),
  ],
  ["join", method(["iterable"], 1, (self, items) => joinItems(self, iterate(items)))],
  ["format", { params: [], required: 0, isOpen: true, run: (self, args, named) => formatText(self, args, named) }],
  ["format_map", method(["mapping"], 1, (self, mapping) => formatMap(self, mapping))],
  [
    "startswith",
    method(["prefix", "start", "end"], 1, (self, prefix, start, end) => oneOf(prefix, (x) => within(self, start, end).startsWith(x))),
  ],
  [
    "endswith",
    method(["suffix", "start", "end"], 1, (self, suffix, start, end) => oneOf(suffix, (x) => within(self, start, end).endsWith(x))),
  ],
  [
    "removeprefix",
    method(["prefix"], 1, (self, x) => (String(self).startsWith(stringOf(x)) ? like(self, String(self).slice(stringOf(x).length)) : self)),
  ],
  [
    "removesuffix",
    method(["suffix"], 1, (self, x) =>
      stringOf(x) !== "" && String(self).endsWith(stringOf(x)) ? like(self, String(self).slice(0, -stringOf(x).length)) : self,
    ),
  ],
  ["find", method(["sub", "start", "end"], 1, (self, sub, start, end) => find(self, stringOf(sub), start, end))],
  ["rfind", method(["sub", "start", "end"], 1, (self, sub, start, end) => find(self, stringOf(sub), start, end, true))],
  ["index", method(["sub", "start", "end"], 1, (self, sub, start, end) => found(find(self, stringOf(sub), start, end)))],
  ["rindex", method(["sub", "start", "end"], 1, (self, sub, start, end) => found(find(self, stringOf(sub), start, end, true)))],
  ["count", method(["sub", "start", "end"], 1, (self, sub, start, end) => countOf(within(self, start, end), stringOf(sub)))],
  ["center", method(["width", "fillchar"], 1, (self, width, fill) => like(self, center(String(self), Number(width), fillOf(self, fill))))],
  [
    "ljust",
    method(["width", "fillchar"], 1, (self, width, fill) => like(self, String(self) + fillOf(self, fill).repeat(missing(self, width)))),
  ],
  [
    "rjust",
    method(["width", "fillchar"], 1, (self, width, fill) => like(self, fillOf(self, fill).repeat(missing(self, width)) + String(self))),
  ],
  [
    "zfill",
    method(["width"], 1, (self, width) =>
      like(
        self,
        String(self).replace(/^[-+]?/, (sign) => sign + "0".repeat(missing(self, width))),
      ),
    ),
  ],
  ["expandtabs", method(["tabsize"], 0, (self, size = 8) => like(self, expandTabs(String(self), Number(size))))],
  ["isdigit", method([], 0, (self) => /^[\p{Nd}²³¹⁰-⁹₀-₉]+$/u.test(String(self)))],
  ["isdecimal", method([], 0, (self) => /^\p{Nd}+$/u.test(String(self)))],
  ["isnumeric", method([], 0, (self) => /^\p{N}+$/u.test(String(self)))],
  ["isalpha", method([], 0, (self) => /^\p{L}+$/u.test(String(self)))],
  ["isalnum", method([], 0, (self) => /^[\p{L}\p{N}]+$/u.test(String(self)))],
  ["isspace", method([], 0, (self) => /^\s+$/.test(String(self)))],
  ["islower", method([], 0, (self) => isLower(String(self)))],
  ["isupper", method([], 0, (self) => isUpper(String(self)))],
  ["istitle", method([], 0, (self) => /\p{L}/u.test(String(self)) && titleCase(String(self)) === String(self))],
  ["isidentifier", method([], 0, (self) => /^[\p{ID_Start}_]\p{ID_Continue}*$/u.test(String(self)))],
  ["isascii", method([], 0, (self) => Array.from(String(self)).every((x) => (x.codePointAt(0) ?? 0) < 128))],
  ["isprintable", method([], 0, (self) => !/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(String(self)))],
  ["striptags", method([], 0, (self) => (self instanceof Markup ? stripTags(self.html) : noMethod(self, "striptags")))],
  ["unescape", method([], 0, (self) => (self instanceof Markup ? unescapeHtml(self.html) : noMethod(self, "unescape")))],
]);

const ENDS = "\\n\\r\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029";
const LINE = new RegExp(`[^${ENDS}]*(?:\\r\\n|[${ENDS}])|[^${ENDS}]+$`, "g");
const LINE_END = new RegExp(`(?:\\r\\n|[${ENDS}])$`);

/** First character upper, the rest lower. */
export function capitalize(value: string): string {
  const [first = "", ...rest] = Array.from(value);
  return first.toUpperCase() + rest.join("").toLowerCase();
}

/** Has letters, all lower. */
export function isLower(value: string): boolean {
  return /\p{Ll}/u.test(value) && !/[\p{Lu}\p{Lt}]/u.test(value);
}

/** Has letters, all upper. */
export function isUpper(value: string): boolean {
  return /\p{Lu}/u.test(value) && !/[\p{Ll}\p{Lt}]/u.test(value);
}

/** Without the characters at its ends; chars null: without whitespace. */
export function trim(value: string, chars: string | null, side: "both" | "start" | "end"): string {
  const isGone = chars === null ? (x: string) => /\s/.test(x) : (x: string) => chars.includes(x);
  const all = characters(value);
  let [from, to] = [0, all.length];
  while (side !== "end" && from < to && isGone(all[from] ?? "")) from++;
  while (side !== "start" && to > from && isGone(all[to - 1] ?? "")) to--;
  return all.slice(from, to).join("");
}

/** In the middle of a width; an odd rest goes where Python puts it. */
export function center(value: string, width: number, fill = " "): string {
  const rest = width - characterCount(value);
  if (rest <= 0) return value;
  const left = Math.floor(rest / 2) + (rest & width & 1);
  return fill.repeat(left) + value + fill.repeat(rest - left);
}

/** Lines at any of Python's line ends. */
export function splitLines(value: string, keepsEnds = false): string[] {
  const lines = value.match(LINE) ?? [];
  return keepsEnds ? lines : lines.map((line) => line.replace(LINE_END, ""));
}

/** value with its first count occurrences of old replaced; count below 0: all. */
export function replaceText(value: Text, old: string, made: string, count: number): Text {
  const source = String(value);
  if (count < 0)
    return like(
      value,
      old === ""
        ? made +
            characters(source)
              .map((x) => x + made)
              .join("")
        : source.replaceAll(old, () => made),
    );
  const parts: string[] = [];
  let from = 0;
  for (let left = count; left > 0; left--) {
    const at = old === "" ? from : source.indexOf(old, from);
    if (at < 0 || at > source.length) break;
    const end = old === "" ? Math.min(at + 1, source.length) : at;
    parts.push(old === "" ? made + source.slice(at, end) : source.slice(from, at) + made);
    from = old === "" ? at + 1 : at + old.length;
  }
  return like(value, parts.join("") + source.slice(from));
}

/** The items with the text between them; safe text escapes those that are not. */
export function joinItems(between: Text, items: Iterable<unknown>): Text {
  const parts = Array.from(items, (item, index) => {
    if (between instanceof Markup) return escapeHtml(item);
    return isText(item) ? String(item) : raise("TypeError", `sequence item ${index}: expected str instance, ${typeName(item)} found`);
  });
  return like(between, parts.join(String(between)));
}

function put(self: Text, value: unknown): string {
  return self instanceof Markup ? escaped(value).html : stringOf(value);
}

function stringOf(value: unknown): string {
  return isText(value) ? String(value) : raise("TypeError", `must be str, not ${typeName(value)}`);
}

function charsOf(chars: unknown): string | null {
  return chars === undefined || chars === null ? null : stringOf(chars);
}

function titleCase(value: string): string {
  return value.replace(/\p{L}+/gu, (word) => capitalize(word));
}

function swapCase(value: string): string {
  return Array.from(value, (x) => (x === x.toUpperCase() ? x.toLowerCase() : x.toUpperCase())).join("");
}

function split(value: string, separator: unknown, max: unknown): string[] {
  const limit = max === undefined || Number(max) < 0 ? Number.POSITIVE_INFINITY : Number(max);
  if (separator === undefined || separator === null) return splitWords(value, limit);
  const mark = stringOf(separator);
  if (mark === "") raise("ValueError", "empty separator");
  const parts = value.split(mark);
  return parts.length <= limit + 1 ? parts : [...parts.slice(0, limit), parts.slice(limit).join(mark)];
}

function splitWords(value: string, limit: number): string[] {
  const words: string[] = [];
  let rest = value.replace(/^\s+/, "");
  while (rest !== "" && words.length < limit) {
    const end = rest.search(/\s/);
    if (end < 0) break;
    words.push(rest.slice(0, end));
    rest = rest.slice(end).replace(/^\s+/, "");
  }
  return rest === "" ? words : [...words, rest];
}

function splitRight(value: string, separator: unknown, max: unknown): string[] {
  const limit = max === undefined || Number(max) < 0 ? Number.POSITIVE_INFINITY : Number(max);
  const backwards = (x: string) => characters(x).reverse().join("");
  const mark = separator === undefined || separator === null ? separator : backwards(stringOf(separator));
  return split(backwards(value), mark, limit === Number.POSITIVE_INFINITY ? undefined : limit)
    .map(backwards)
    .reverse();
}

function partition(self: Text, separator: string, at: number, isFromRight = false): Tuple {
  if (separator === "") raise("ValueError", "empty separator");
  const source = String(self);
  const parts =
    at >= 0 ? [source.slice(0, at), separator, source.slice(at + separator.length)] : isFromRight ? ["", "", source] : [source, "", ""];
  return Tuple.over(parts.map((part) => like(self, part)));
}

function oneOf(candidates: unknown, test: (candidate: string) => boolean): boolean {
  return candidates instanceof Tuple ? candidates.some((x) => test(stringOf(x))) : test(stringOf(candidates));
}

function within(self: Text, start: unknown, end: unknown): string {
  if (start === undefined) return String(self);
  return pieceOf(String(self), Number(start ?? 0), end === undefined || end === null ? undefined : Number(end));
}

function find(self: Text, sub: string, start: unknown, end: unknown, isLast = false): number {
  const piece = within(self, start, end);
  const at = isLast ? piece.lastIndexOf(sub) : piece.indexOf(sub);
  if (at < 0) return -1;
  const from = Number(start ?? 0);
  return characterCount(piece.slice(0, at)) + (from < 0 ? Math.max(0, characterCount(String(self)) + from) : from);
}

function found(at: number): number {
  return at < 0 ? raise("ValueError", "substring not found") : at;
}

function countOf(value: string, sub: string): number {
  return sub === "" ? characterCount(value) + 1 : value.split(sub).length - 1;
}

function fillOf(self: Text, fill: unknown): string {
  const made = fill === undefined ? " " : put(self, fill);
  return characterCount(made) === 1 ? made : raise("TypeError", "The fill character must be exactly one character long");
}

function missing(self: Text, width: unknown): number {
  return Math.max(0, Number(width) - characterCount(String(self)));
}

function expandTabs(value: string, size: number): string {
  let column = 0;
  return value.replace(/[\t\n\r]|[^\t\n\r]+/g, (part) => {
    const made = part === "\t" ? " ".repeat(size > 0 ? size - (column % size) : 0) : part;
    column = part === "\n" || part === "\r" ? 0 : column + made.length;
    return made;
  });
}

function noMethod(self: Text, name: string): never {
  return raise("UndefinedError", `'${typeName(self)} object' has no attribute '${name}'`);
}
