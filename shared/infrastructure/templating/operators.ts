import { isEqual } from "./compare.ts";
import { raise } from "./errors.ts";
import { escaped, escapeHtml, softText } from "./escape.ts";
import { isText, like, Markup, type Text } from "./markup.ts";
import { addNumbers, moduloNumbers, multiplyNumbers, subtract as subtractNumbers, unsupported } from "./numbers.ts";
import { printf } from "./printf.ts";
import { text } from "./text.ts";
import { typeName } from "./types.ts";
import { refuseUndefined } from "./undefined.ts";
import { Tuple } from "./values.ts";

const MAX_REPEATED = 1_000_000;

/** left + right: numbers, texts (what joins safe text is escaped), lists with lists. */
export function add(left: unknown, right: unknown): unknown {
  if (typeof left === "number" && typeof right === "number") return addPlain(left, right);
  if (isText(left) && isText(right)) return joinTexts(left, right);
  if (Array.isArray(left) && Array.isArray(right) && left instanceof Tuple === right instanceof Tuple) {
    return left instanceof Tuple ? Tuple.over([...left, ...right]) : [...left, ...right];
  }
  return addNumbers(left, right) ?? refuseSum(left, right);
}

/** left - right. */
export function subtract(left: unknown, right: unknown): unknown {
  if (typeof left === "number" && typeof right === "number" && Number.isSafeInteger(left) && Number.isSafeInteger(right)) {
    const made = left - right;
    if (Number.isSafeInteger(made)) return made;
  }
  return subtractNumbers(left, right);
}

/** left * right: numbers, or a text or list so many times. */
export function multiply(left: unknown, right: unknown): unknown {
  const product = multiplyNumbers(left, right);
  if (product !== null) return product;
  const [thing, times] = isCount(right) ? [left, right] : [right, left];
  if (isCount(times) && (isText(thing) || Array.isArray(thing))) return repeated(thing, Math.max(0, Number(times)));
  refuseUndefined(left);
  refuseUndefined(right);
  if (isText(thing) || Array.isArray(thing)) raise("TypeError", `can't multiply sequence by non-int of type '${typeName(times)}'`);
  return unsupported("*", left, right);
}

/** left % right: of numbers the rest, of a text the format with its values. */
export function modulo(left: unknown, right: unknown): unknown {
  if (isText(left)) return printf(left, right);
  return moduloNumbers(left, right) ?? unsupported("%", left, right);
}

/** left ~ right: as texts; when one is safe the other is escaped and both are. */
export function concat(left: unknown, right: unknown): Text {
  const [a, b] = [softText(left), softText(right)];
  return typeof a === "string" && typeof b === "string" ? a + b : joinTexts(a, b);
}

/** left ~ right where safety is forgotten: of constants, and where escaping is off. */
export function concatPlain(left: unknown, right: unknown): string {
  return text(left) + text(right);
}

/** Python's !=. */
export function isNotEqual(left: unknown, right: unknown): boolean {
  return !isEqual(left, right);
}

function addPlain(left: number, right: number): unknown {
  const sum = left + right;
  return Number.isSafeInteger(left) && Number.isSafeInteger(right) && Number.isSafeInteger(sum) ? sum : addNumbers(left, right);
}

function joinTexts(left: Text, right: Text): Text {
  if (left instanceof Markup) return new Markup(left.html + escapeHtml(right));
  return right instanceof Markup ? new Markup(escaped(left).html + right.html) : left + right;
}

function isCount(value: unknown): value is number | boolean {
  return typeof value === "boolean" || (typeof value === "number" && Number.isSafeInteger(value));
}

function repeated(thing: Text | unknown[], times: number): unknown {
  const length = Array.isArray(thing) ? thing.length : String(thing).length;
  if (length * times > MAX_REPEATED) raise("OverflowError", "the repeated value is too large");
  if (!Array.isArray(thing)) return like(thing, String(thing).repeat(times));
  const items = Array.from({ length: times }, () => [...thing]).flat(1);
  return thing instanceof Tuple ? Tuple.over(items) : items;
}

function refuseSum(left: unknown, right: unknown): never {
  refuseUndefined(left);
  refuseUndefined(right);
  if (isText(left)) raise("TypeError", `can only concatenate str (not "${typeName(right)}") to str`);
  if (Array.isArray(left)) raise("TypeError", `can only concatenate ${typeName(left)} (not "${typeName(right)}") to ${typeName(left)}`);
  return unsupported("+", left, right);
}
