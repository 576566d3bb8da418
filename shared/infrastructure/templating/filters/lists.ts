import { entriesOf, keysOf } from "../dict.ts";
import { raise } from "../errors.ts";
import { escaped, softText } from "../escape.ts";
import { type Filter, filter } from "../filter.ts";
import { autoescape, isText, like, Markup, type Text } from "../markup.ts";
import { pathOf } from "../member.ts";
import { add } from "../operators.ts";
import { characters, itemsOf, iterate, lengthOf } from "../sequence.ts";
import { joinItems } from "../string-methods.ts";
import { text } from "../text.ts";
import { isDict, isNumber, typeName } from "../types.ts";
import { isUndefined, Undefined } from "../undefined.ts";
import { DictView, Generator, Range, Tuple } from "../values.ts";

/** Filters over lists and other things that can be walked. */
export const LIST_FILTERS: ReadonlyMap<string, Filter> = new Map([
  ["length", filter([], 0, (value) => lengthOf(value))],
  ["count", filter([], 0, (value) => lengthOf(value))],
  ["list", filter([], 0, (value) => [...iterate(value)])],
  ["first", filter([], 0, (value) => first(value))],
  ["last", filter([], 0, (value) => last(value))],
  ["random", filter([], 0, (value) => random(value))],
  ["reverse", filter([], 0, (value) => reverse(value))],
  ["join", filter(["d", "attribute"], 0, (value, between = "", attribute = null) => join(value, between, attribute))],
  ["batch", filter(["linecount", "fill_with"], 1, (value, size, fill = null) => new Generator(batch(value, Number(size), fill)))],
  ["slice", filter(["slices", "fill_with"], 1, (value, count, fill = null) => new Generator(columns(value, Number(count), fill)))],
  ["sum", filter(["attribute", "start"], 0, (value, attribute = null, start = 0) => sum(value, attribute, start))],
  ["items", filter([], 0, (value) => new Generator(pairs(value)))],
]);

function first(value: unknown): unknown {
  const { value: item, done } = iterate(value)[Symbol.iterator]().next();
  return done ? new Undefined("No first item, sequence was empty.") : item;
}

function last(value: unknown): unknown {
  const items = reversible(value);
  return items.length > 0 ? items.at(-1) : new Undefined("No last item, sequence was empty.");
}

function random(value: unknown): unknown {
  const items = isText(value) ? characters(String(value)) : itemsOf(value);
  return items.length > 0 ? items[Math.floor(Math.random() * items.length)] : new Undefined("No random item, sequence was empty.");
}

function reverse(value: unknown): unknown {
  if (isText(value)) return like(value, characters(String(value)).reverse().join(""));
  if (value === null || isNumber(value)) raise("FilterArgumentError", "argument must be iterable");
  return new Generator([...iterate(value)].reverse(), `${typeName(value)}_reverseiterator object`);
}

/** What Python's reversed() takes: not what can be walked only once. */
function reversible(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (isText(value)) return characters(String(value)).map((x) => like(value, x));
  if (isUndefined(value) || value instanceof Range || value instanceof DictView) return [...iterate(value)];
  return isDict(value) ? keysOf(value) : raise("TypeError", `'${typeName(value)}' object is not reversible`);
}

/** Any safe part makes the whole safe, by escaping the others. */
function join(value: unknown, between: unknown, attribute: unknown): Text {
  const get = pathOf(attribute);
  const items = Array.from(iterate(value), (item) => (attribute === null ? item : get(item)));
  if (!autoescape.isOn) return items.map(text).join(text(between));
  if (between instanceof Markup) return joinItems(between, items.map(softText));
  const isSafe = items.some((item) => item instanceof Markup);
  return isSafe ? joinItems(escaped(between), items) : items.map(text).join(text(between));
}

function* batch(value: unknown, size: number, fill: unknown): Iterable<unknown> {
  let row: unknown[] = [];
  for (const item of iterate(value)) {
    if (row.length === size) {
      yield row;
      row = [];
    }
    row.push(item);
  }
  if (row.length === 0) return;
  if (fill !== null) while (row.length < size) row.push(fill);
  yield row;
}

function* columns(value: unknown, count: number, fill: unknown): Iterable<unknown> {
  const items = [...iterate(value)];
  if (count === 0) raise("ZeroDivisionError", "integer division or modulo by zero");
  const size = Math.floor(items.length / count);
  const longer = items.length % count;
  for (let column = 0; column < count; column++) {
    const start = column * size + Math.min(column, longer);
    const part = items.slice(start, start + size + (column < longer ? 1 : 0));
    if (fill !== null && column >= longer) part.push(fill);
    yield part;
  }
}

function sum(value: unknown, attribute: unknown, start: unknown): unknown {
  if (isText(start)) raise("TypeError", "sum() can't sum strings [use ''.join(seq) instead]");
  const get = pathOf(attribute);
  let total = start;
  for (const item of iterate(value)) total = add(total, attribute === null ? item : get(item));
  return total;
}

function* pairs(value: unknown): Iterable<unknown> {
  if (isUndefined(value)) return;
  if (!isDict(value)) raise("TypeError", "Can only get item pairs from a mapping.");
  for (const pair of entriesOf(value)) yield Tuple.over(pair);
}
