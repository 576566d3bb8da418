import { raise } from "../errors.ts";
import { type Filter, filter } from "../filter.ts";
import { isText } from "../markup.ts";
import { formatFloat } from "../number-format.ts";
import { type Num, negate, roundFloat, toNumber } from "../numbers.ts";
import { isTrue } from "../sequence.ts";
import { isFloat, isInt, isNumber, typeName } from "../types.ts";
import { refuseUndefined } from "../undefined.ts";
import { float, int } from "../values.ts";

/** Filters over numbers, and to them. */
export const NUMBER_FILTERS: ReadonlyMap<string, Filter> = new Map([
  ["abs", filter([], 0, (value) => absolute(value))],
  ["int", filter(["default", "base"], 0, (value, otherwise = 0, base = 10) => toInt(value, Number(base)) ?? otherwise)],
  ["float", filter(["default"], 0, (value, otherwise = float(0)) => toFloat(value) ?? otherwise)],
  [
    "round",
    filter(["precision", "method"], 0, (value, precision = 0, method = "common") => round(value, Number(precision), String(method))),
  ],
  ["filesizeformat", filter(["binary"], 0, (value, binary = false) => fileSize(value, isTrue(binary)))],
]);

function absolute(value: unknown): unknown {
  if (!isNumber(value)) raise("TypeError", `bad operand type for abs(): '${typeName(value)}'`);
  if (typeof value === "boolean") return Number(value);
  return toNumber(value) < 0 || Object.is(toNumber(value), -0) ? negate(value) : value;
}

/** null when the value is no number. */
function toInt(value: unknown, base: number): Num | boolean | null {
  refuseUndefined(value);
  if (isText(value)) return parseInt_(String(value), base) ?? truncated(parseFloat_(String(value)));
  if (typeof value === "boolean" || isInt(value)) return int(BigInt(value));
  return isFloat(value) ? truncated(toNumber(value)) : null;
}

function toFloat(value: unknown): Num | null {
  refuseUndefined(value);
  if (isNumber(value)) return float(toNumber(value));
  const parsed = isText(value) ? parseFloat_(String(value)) : null;
  return parsed === null ? null : float(parsed);
}

function truncated(value: number | null): Num | null {
  return value === null || !Number.isFinite(value) ? null : int(BigInt(Math.trunc(value)));
}

const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
const PREFIX: Readonly<Record<string, number>> = { "0b": 2, "0o": 8, "0x": 16 };

/** Python's int(text, base): a sign, a prefix of the base, digits with single underscores between them. */
function parseInt_(value: string, base: number): number | bigint | null {
  const match = /^\s*([-+]?)(0[box])?_?([0-9a-z]+(?:_[0-9a-z]+)*)\s*$/i.exec(value);
  if (match === null) return null;
  const [, sign, prefix = "", plain = ""] = match;
  const own = PREFIX[prefix.toLowerCase()];
  const isPrefix = own !== undefined && (own === base || base === 0);
  const radix = base === 0 ? (own ?? 10) : base;
  const digits = (isPrefix ? plain : prefix + plain).replaceAll("_", "").toLowerCase();
  let total = 0n;
  for (const digit of digits) {
    const worth = DIGITS.indexOf(digit);
    if (worth < 0 || worth >= radix) return null;
    total = total * BigInt(radix) + BigInt(worth);
  }
  return int(sign === "-" ? -total : total);
}

/** Python's float(text). */
function parseFloat_(value: string): number | null {
  const text = value.trim().toLowerCase();
  const special = /^([-+]?)(inf|infinity|nan)$/.exec(text);
  if (special !== null) return special[2] === "nan" ? Number.NaN : special[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return /^[-+]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[-+]?\d+(?:_\d+)*)?$/.test(text)
    ? Number(text.replaceAll("_", ""))
    : null;
}

function round(value: unknown, precision: number, method: string): unknown {
  if (!["common", "ceil", "floor"].includes(method)) raise("FilterArgumentError", "method must be common, ceil or floor");
  if (method !== "common") refuseUndefined(value);
  if (!isNumber(value)) raise("TypeError", `type ${typeName(value)} doesn't define __round__ method`);
  const number = toNumber(value);
  if (method === "common") {
    if (!isFloat(value)) return precision >= 0 ? (typeof value === "boolean" ? Number(value) : value) : roundFloat(number, precision);
    return float(roundFloat(number, precision));
  }
  const scaled = number * 10 ** precision;
  const whole = (method === "ceil" ? Math.ceil(scaled) : Math.floor(scaled)) + 0; // an int has no -0
  return float(whole / 10 ** precision);
}

function fileSize(value: unknown, isBinary: boolean): string {
  const size = isText(value) ? parseFloat_(String(value)) : isNumber(value) ? toNumber(value) : null;
  refuseUndefined(value);
  if (size === null) raise(isText(value) ? "ValueError" : "TypeError", `could not convert to float: '${String(value)}'`);
  const base = isBinary ? 1024 : 1000;
  if (size === 1) return "1 Byte";
  if (size < base) return `${Math.trunc(size)} Bytes`;
  const prefixes = ["k", "M", "G", "T", "P", "E", "Z", "Y"];
  const index = prefixes.findIndex((_prefix, at) => size < base ** (at + 2));
  const at = index < 0 ? prefixes.length - 1 : index;
  const shown = formatFloat((base * size) / base ** (at + 2), { type: "f", precision: 1, sign: "-", grouping: "", isAlternate: false });
  const prefix = prefixes[at] ?? "";
  return `${shown} ${isBinary ? `${prefix.toUpperCase()}i` : prefix}B`;
}
