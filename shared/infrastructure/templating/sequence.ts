import { keysOf, sizeOf } from "./dict.ts";
import { raise } from "./errors.ts";
import { isText, like, Markup, type Text } from "./markup.ts";
import { isDict, typeName } from "./types.ts";
import { isUndefined, refuseUndefined } from "./undefined.ts";
import { Callable, DictView, Float, Range, TemplateObject, Tuple } from "./values.ts";

/** What a loop walks: a list as it is, else the items in a new one. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [...iterate(value)];
}

/** Python's iter(): characters of a text, keys of a dict, nothing of what is undefined. */
export function iterate(value: unknown): Iterable<unknown> {
  if (Array.isArray(value)) return value;
  if (isUndefined(value)) return [];
  if (isText(value)) return characters(String(value));
  if (isIterable(value)) return value;
  if (isDict(value)) return keysOf(value);
  return raise("TypeError", `'${typeName(value)}' object is not iterable`);
}

/** Python's len(), counting characters rather than UTF-16 units. */
export function lengthOf(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  if (isText(value)) return characterCount(String(value));
  if (isUndefined(value)) return 0;
  if (value instanceof DictView || value instanceof Range) return value.length;
  if (value instanceof Set) return value.size;
  if (value instanceof TemplateObject) {
    const length = value.typeName === "LoopContext" ? value.attribute("length") : undefined;
    if (typeof length === "number") return length;
  }
  if (isDict(value)) return sizeOf(value);
  return raise("TypeError", `object of type '${typeName(value)}' has no len()`);
}

/** Python's bool(): empty things are false. */
export function isTrue(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  if (value === null || isUndefined(value)) return false;
  if (typeof value === "string") return value !== "";
  if (typeof value === "number") return value !== 0;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Markup) return value.html !== "";
  if (value instanceof Float) return value.value !== 0;
  if (typeof value === "bigint") return value !== 0n;
  if (value instanceof DictView || value instanceof Range || value instanceof Set || isDict(value)) return lengthOf(value) > 0;
  return true;
}

/** The characters of a text: code points, as Python counts. */
export function characters(value: string): string[] {
  return hasPairs(value) ? Array.from(value) : value.split("");
}

/** How many characters a text has. */
export function characterCount(value: string): number {
  return hasPairs(value) ? Array.from(value).length : value.length;
}

/** A piece of a text by characters, as Python's value[start:stop]. */
export function pieceOf(value: string, start: number, stop?: number): string {
  return hasPairs(value) ? Array.from(value).slice(start, stop).join("") : value.slice(start, stop);
}

/** value[start:stop:step]. */
export function slice(value: unknown, start: unknown, stop: unknown, step: unknown): unknown {
  refuseUndefined(value);
  const stride = bound(step) ?? 1;
  if (stride === 0) raise("ValueError", "slice step cannot be zero");
  if (isText(value)) return sliceText(value, start, stop, stride);
  if (value instanceof Range) return sliceRange(value, bound(start), bound(stop), stride);
  if (!Array.isArray(value)) {
    return raise("TypeError", isDict(value) ? "unhashable type: 'slice'" : `'${typeName(value)}' object is not subscriptable`);
  }
  const picked = pick(value, bound(start), bound(stop), stride);
  return value instanceof Tuple ? Tuple.over(picked) : picked;
}

function sliceText(value: Text, start: unknown, stop: unknown, stride: number): Text {
  return like(value, pick(characters(String(value)), bound(start), bound(stop), stride).join(""));
}

function sliceRange(range: Range, start: number | null, stop: number | null, stride: number): Range {
  const [from, to] = limits(range.length, start, stop, stride);
  return new Range(range.at(from), range.at(to), range.step * stride);
}

function pick<T>(items: readonly T[], start: number | null, stop: number | null, stride: number): T[] {
  const [from, to] = limits(items.length, start, stop, stride);
  const picked: T[] = [];
  for (let index = from; stride > 0 ? index < to : index > to; index += stride) picked.push(items[index] as T);
  return picked;
}

function limits(length: number, start: number | null, stop: number | null, stride: number): [number, number] {
  const [lowest, highest] = stride > 0 ? [0, length] : [-1, length - 1];
  const clamp = (index: number) => Math.min(Math.max(index < 0 ? index + length : index, lowest), highest);
  const [first, last] = stride > 0 ? [lowest, highest] : [highest, lowest];
  return [start === null ? first : clamp(start), stop === null ? last : clamp(stop)];
}

function bound(value: unknown): number | null {
  if (value === null) return null;
  refuseUndefined(value);
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  return raise("TypeError", "slice indices must be integers or None or have an __index__ method");
}

function isIterable(value: unknown): value is Iterable<unknown> {
  if (value instanceof Map) return false;
  return typeof value === "object" && value !== null && !(value instanceof Callable) && Symbol.iterator in value;
}

const PAIR = /[\ud800-\udbff]/;

function hasPairs(value: string): boolean {
  return PAIR.test(value);
}
