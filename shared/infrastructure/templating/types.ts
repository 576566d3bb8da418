import { Markup } from "./markup.ts";
import { isUndefined } from "./undefined.ts";
import { DictView, Float, Generator, Range, TemplateObject, Tuple } from "./values.ts";

/** Python's name of a value's type, as messages say it. */
export function typeName(value: unknown): string {
  if (isUndefined(value)) return "Undefined";
  if (value === null) return "NoneType";
  switch (typeof value) {
    case "string":
      return "str";
    case "boolean":
      return "bool";
    case "bigint":
      return "int";
    case "number":
      return isInt(value) ? "int" : "float";
    case "function":
      return "function";
    default:
      return objectTypeName(value);
  }
}

/** An int that is not a bool. A number beyond 2^53 came as a float. */
export function isInt(value: unknown): value is number | bigint {
  return typeof value === "bigint" || (typeof value === "number" && Number.isSafeInteger(value));
}

/** A float. */
export function isFloat(value: unknown): value is number | Float {
  return value instanceof Float || (typeof value === "number" && !Number.isSafeInteger(value));
}

/** An int, a float or a bool, which Python counts as 0 or 1. */
export function isNumber(value: unknown): value is number | bigint | boolean | Float {
  return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean" || value instanceof Float;
}

/** Data looked up by keys: a Map, or an object that is nothing else. */
export function isDict(value: unknown): value is Map<unknown, unknown> | Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || value instanceof Map || isRecord(value);
}

function isRecord(value: object): boolean {
  return !(
    Array.isArray(value) ||
    value instanceof Markup ||
    value instanceof TemplateObject ||
    value instanceof Float ||
    value instanceof Date ||
    value instanceof Generator ||
    value instanceof DictView ||
    value instanceof Range ||
    value instanceof Set ||
    isUndefined(value)
  );
}

function objectTypeName(value: unknown): string {
  if (value instanceof Tuple) return "tuple";
  if (Array.isArray(value)) return "list";
  if (value instanceof Markup) return "Markup";
  if (value instanceof Float) return "float";
  if (value instanceof TemplateObject) return value.typeName;
  if (value instanceof Generator) return "generator";
  if (value instanceof DictView) return value.what;
  if (value instanceof Range) return "range";
  if (value instanceof Date) return "datetime";
  if (value instanceof Set) return "set";
  return "dict";
}
