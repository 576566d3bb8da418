import { isAtMost, isEqual, isIn, isLess } from "./compare.ts";
import { type Filter, filter, type Given, openFilter } from "./filter.ts";
import { isText, Markup } from "./markup.ts";
import { modulo } from "./operators.ts";
import { iterate } from "./sequence.ts";
import { isLower, isUpper } from "./string-methods.ts";
import { text } from "./text.ts";
import { isDict, isFloat, isInt, isNumber } from "./types.ts";
import { isUndefined } from "./undefined.ts";
import { Callable, Float, Range } from "./values.ts";

const equal = filter(["other"], 1, isEqual);
const unequal = filter(["other"], 1, (value, other) => !isEqual(value, other));
const less = filter(["other"], 1, (value, other) => isLess(value, other));
const atMost = filter(["other"], 1, (value, other) => isAtMost(value, other));
const more = filter(["other"], 1, (value, other) => isLess(other, value, ">"));
const atLeast = filter(["other"], 1, (value, other) => isAtMost(other, value, ">="));

/** Jinja2's built-in tests by name. */
export const TESTS: ReadonlyMap<string, Filter> = new Map([
  ["defined", plain((value) => !isUndefined(value))],
  ["undefined", plain(isUndefined)],
  ["none", plain((value) => value === null)],
  ["boolean", plain((value) => typeof value === "boolean")],
  ["true", plain((value) => value === true)],
  ["false", plain((value) => value === false)],
  ["integer", plain(isInt)],
  ["float", plain(isFloat)],
  ["number", plain(isNumber)],
  ["string", plain(isText)],
  ["mapping", plain(isDict)],
  ["sequence", plain(isSequence)],
  ["iterable", plain(isIterable)],
  ["callable", plain((value) => typeof value === "function" || value instanceof Callable || isUndefined(value))],
  ["escaped", plain((value) => value instanceof Markup)],
  ["lower", plain((value) => isLower(text(value)))],
  ["upper", plain((value) => isUpper(text(value)))],
  ["odd", plain((value) => isEqual(modulo(value, 2), 1))],
  ["even", plain((value) => isEqual(modulo(value, 2), 0))],
  ["divisibleby", filter(["num"], 1, (value, divisor) => isEqual(modulo(value, divisor), 0))],
  ["sameas", filter(["other"], 1, isSame)],
  ["in", filter(["seq"], 1, isIn)],
  ["filter", openFilter((value, { hasFilter }: Given) => hasFilter(text(value)))],
  ["test", openFilter((value, { hasTest }: Given) => hasTest(text(value)))],
  ...["==", "eq", "equalto"].map((name): [string, Filter] => [name, equal]),
  ...["!=", "ne"].map((name): [string, Filter] => [name, unequal]),
  ...["<", "lt", "lessthan"].map((name): [string, Filter] => [name, less]),
  ...["<=", "le"].map((name): [string, Filter] => [name, atMost]),
  ...[">", "gt", "greaterthan"].map((name): [string, Filter] => [name, more]),
  ...[">=", "ge"].map((name): [string, Filter] => [name, atLeast]),
]);

function plain(test: (value: unknown) => boolean): Filter {
  return filter([], 0, test);
}

function isSequence(value: unknown): boolean {
  return isText(value) || Array.isArray(value) || isDict(value) || value instanceof Range || isUndefined(value);
}

function isIterable(value: unknown): boolean {
  if (isText(value) || isDict(value)) return true;
  if (value instanceof Callable || value === null || isNumber(value)) return false;
  try {
    iterate(value);
    return true;
  } catch {
    return false;
  }
}

function isSame(value: unknown, other: unknown): boolean {
  if (value instanceof Float) return other instanceof Float && value.value === other.value;
  // what is not there is never the same thing
  return value !== undefined && value === other;
}
