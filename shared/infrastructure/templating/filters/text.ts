import { makeDict } from "../dict.ts";
import { raise } from "../errors.ts";
import { escaped, softText } from "../escape.ts";
import { type Filter, filter, openFilter } from "../filter.ts";
import { autoescape, isText, like, Markup, type Text } from "../markup.ts";
import { add } from "../operators.ts";
import { printf } from "../printf.ts";
import { characterCount, characters, isTrue, lengthOf, slice } from "../sequence.ts";
import { capitalize, center, replaceText, splitLines, trim } from "../string-methods.ts";
import { stripTags } from "../strip-tags.ts";
import { text } from "../text.ts";
import { typeName } from "../types.ts";
import { refuseUndefined } from "../undefined.ts";
import { Tuple } from "../values.ts";
import { wrap } from "./wrap.ts";

/** Filters over texts. */
export const TEXT_FILTERS: ReadonlyMap<string, Filter> = new Map([
  ["upper", filter([], 0, (value) => onText(value, (x) => x.toUpperCase()))],
  ["lower", filter([], 0, (value) => onText(value, (x) => x.toLowerCase()))],
  ["capitalize", filter([], 0, (value) => onText(value, capitalize))],
  ["title", filter([], 0, (value) => title(text(value)))],
  ["trim", filter(["chars"], 0, (value, chars = null) => onText(value, (x) => trim(x, chars === null ? null : text(chars), "both")))],
  ["center", filter(["width"], 0, (value, width = 80) => onText(value, (x) => center(x, Number(width))))],
  ["string", filter([], 0, (value) => softText(value))],
  ["striptags", filter([], 0, (value) => stripTags(text(value)))],
  ["wordcount", filter([], 0, (value) => text(value).match(/[\p{L}\p{N}_]+/gu)?.length ?? 0)],
  ["replace", filter(["old", "new", "count"], 2, (value, old, made, count = null) => replace(value, old, made, count))],
  ["format", openFilter((value, { args, named: { names, values } }) => format(softText(value), args, names, values))],
  [
    "truncate",
    filter(["length", "killwords", "end", "leeway"], 0, (value, length = 255, kill = false, end = "...", leeway = 5) =>
      truncate(value, Number(length), isTrue(kill), end as Text, Number(leeway ?? 5)),
    ),
  ],
  [
    "indent",
    filter(["width", "first", "blank"], 0, (value, width = 4, first = false, blank = false) =>
      indent(value, width, isTrue(first), isTrue(blank)),
    ),
  ],
  [
    "wordwrap",
    filter(
      ["width", "break_long_words", "wrapstring", "break_on_hyphens"],
      0,
      (value, width = 79, long = true, between = null, hyphens = true) => {
        const style = { width: Number(width), breaksLongWords: isTrue(long), breaksOnHyphens: isTrue(hyphens) };
        const lines = splitLines(textOf(value)).map((line) => wrap(line, style).join(between === null ? "\n" : text(between)));
        return like(isText(between) ? between : "", lines.join(between === null ? "\n" : text(between)));
      },
    ),
  ],
]);

function onText(value: unknown, change: (value: string) => string): Text {
  const soft = softText(value);
  return like(soft, change(String(soft)));
}

function textOf(value: unknown): string {
  refuseUndefined(value);
  return isText(value) ? String(value) : raise("AttributeError", `'${typeName(value)}' object has no attribute 'splitlines'`);
}

function title(value: string): string {
  return value
    .split(/([-\s({[<]+)/)
    .map((word) => capitalizeWord(word))
    .join("");
}

function capitalizeWord(word: string): string {
  const [first = "", ...rest] = characters(word);
  return first.toUpperCase() + rest.join("").toLowerCase();
}

/** Old and new that are safe make the value safe, by escaping it. */
function replace(value: unknown, old: unknown, made: unknown, count: unknown): Text {
  const needsEscape = autoescape.isOn && (old instanceof Markup || (made instanceof Markup && !(value instanceof Markup)));
  const source = needsEscape ? escaped(value) : autoescape.isOn ? softText(value) : text(value);
  const put = source instanceof Markup ? escaped(softText(made)).html : text(made);
  return replaceText(source, text(old), put, count === null ? -1 : Number(count));
}

function format(value: Text, args: unknown[], names: readonly string[], values: readonly unknown[]): Text {
  if (args.length > 0 && names.length > 0) raise("FilterArgumentError", "can't handle positional and keyword arguments at the same time");
  return printf(value, names.length > 0 ? makeDict(names.map((name, index) => [name, values[index]])) : Tuple.over(args));
}

function truncate(value: unknown, length: number, killsWords: boolean, end: Text, leeway: number): unknown {
  if (length < characterCount(String(end))) raise("AssertionError", `expected length >= ${characterCount(String(end))}, got ${length}`);
  if (leeway < 0) raise("AssertionError", `expected leeway >= 0, got ${leeway}`);
  if (lengthOf(value) <= length + leeway) return value;
  const kept = slice(value, 0, length - characterCount(String(end)), null);
  if (killsWords || !isText(kept)) return add(kept, end);
  const source = String(kept);
  const space = source.lastIndexOf(" ");
  return add(like(kept, space < 0 ? source : source.slice(0, space)), end);
}

function indent(value: unknown, width: unknown, indentsFirst: boolean, indentsBlank: boolean): Text {
  const indention = isText(width) ? String(width) : " ".repeat(Number(width));
  if (Array.isArray(value) && !(value instanceof Tuple))
    raise("AttributeError", `'${typeName(value)}' object has no attribute 'splitlines'`);
  const whole = add(value, "\n") as Text;
  const lines = splitLines(String(whole));
  const indented = lines.map((line, index) => (index === 0 || (line === "" && !indentsBlank) ? line : indention + line));
  return like(whole, (indentsFirst ? indention : "") + indented.join("\n"));
}
