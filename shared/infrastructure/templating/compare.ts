import { entriesOf, getKey, hasKey, sizeOf } from "./dict.ts";
import { raise } from "./errors.ts";
import { isText } from "./markup.ts";
import { isDict, isNumber, typeName } from "./types.ts";
import { isUndefined, refuseUndefined } from "./undefined.ts";
import { DictView, Float, Generator, Range, Tuple } from "./values.ts";

/** Python's ==: nothing is coerced, but 1, 1.0 and True are one number. */
export function isEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (isNumber(left)) return isNumber(right) && areSame(scalar(left), scalar(right));
  if (isText(left)) return isText(right) && String(left) === String(right);
  if (isUndefined(left)) return isUndefined(right);
  if (Array.isArray(left)) return Array.isArray(right) && left instanceof Tuple === right instanceof Tuple && areEqual(left, right);
  if (left instanceof Date) return right instanceof Date && left.getTime() === right.getTime();
  if (left instanceof Range) return right instanceof Range && areEqual([...left], [...right]);
  if (left instanceof DictView) return right instanceof DictView && left.what === right.what && areEqual([...left], [...right]);
  return (
    isDict(left) &&
    isDict(right) &&
    sizeOf(left) === sizeOf(right) &&
    entriesOf(left).every(([key, value]) => hasKey(right, key) && isEqual(getKey(right, key), value))
  );
}

/** Python's <; values of different kinds have no order. */
export function isLess(left: unknown, right: unknown, operator = "<"): boolean {
  if (typeof left === "number" && typeof right === "number") return left < right;
  refuseUndefined(left);
  refuseUndefined(right);
  if (isNumber(left) && isNumber(right)) return scalar(left) < scalar(right);
  if (isText(left) && isText(right)) return isTextLess(String(left), String(right));
  if (left instanceof Date && right instanceof Date) return left < right;
  if (Array.isArray(left) && Array.isArray(right) && left instanceof Tuple === right instanceof Tuple)
    return isListLess(left, right, operator);
  return raise("TypeError", `'${operator}' not supported between instances of '${typeName(left)}' and '${typeName(right)}'`);
}

/** Python's <=. */
export function isAtMost(left: unknown, right: unknown, operator = "<="): boolean {
  if (typeof left === "number" && typeof right === "number") return left <= right;
  return isLess(left, right, operator) || isEqual(left, right);
}

/** For sorting. */
export function order(left: unknown, right: unknown): number {
  if (isLess(left, right)) return -1;
  return isLess(right, left) ? 1 : 0;
}

/** Python's in. */
export function isIn(item: unknown, container: unknown): boolean {
  if (isText(container)) {
    if (!isText(item)) raise("TypeError", `'in <string>' requires string as left operand, not ${typeName(item)}`);
    return String(container).includes(String(item));
  }
  if (isUndefined(container)) return false;
  if (Array.isArray(container) || container instanceof DictView || container instanceof Generator || container instanceof Range) {
    for (const other of container) if (isEqual(item, other)) return true;
    return false;
  }
  if (container instanceof Set) return container.has(item);
  if (isDict(container)) return hasKey(container, item);
  return raise("TypeError", `argument of type '${typeName(container)}' is not iterable`);
}

/** A bigint equals the number of its size; NaN equals nothing. */
function areSame(left: number | bigint, right: number | bigint): boolean {
  return left <= right && left >= right;
}

function scalar(value: number | bigint | boolean | Float): number | bigint {
  if (value instanceof Float) return value.value;
  return typeof value === "boolean" ? Number(value) : value;
}

function areEqual(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((item, index) => isEqual(item, right[index]));
}

function isListLess(left: readonly unknown[], right: readonly unknown[], operator: string): boolean {
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index++) {
    if (!isEqual(left[index], right[index])) return isLess(left[index], right[index], operator);
  }
  return left.length < right.length;
}

const SURROGATE = /[\ud800-\udfff]/;

/** By code points, as Python: beyond 0xFFFF JavaScript's own order differs. */
function isTextLess(left: string, right: string): boolean {
  if (!SURROGATE.test(left) && !SURROGATE.test(right)) return left < right;
  const [a, b] = [Array.from(left), Array.from(right)];
  const at = a.findIndex((character, index) => character !== b[index]);
  if (at < 0) return a.length < b.length;
  return b[at] !== undefined && (a[at]?.codePointAt(0) ?? 0) < (b[at].codePointAt(0) ?? 0);
}
