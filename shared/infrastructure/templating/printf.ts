import { type Dict, getKey } from "./dict.ts";
import { raise } from "./errors.ts";
import { escapeHtml } from "./escape.ts";
import { like, Markup, type Text } from "./markup.ts";
import { formatFloat, type NumberStyle } from "./number-format.ts";
import { toNumber } from "./numbers.ts";
import { repr, text } from "./text.ts";
import { isDict, isFloat, isInt, isNumber, typeName } from "./types.ts";
import { isUndefined } from "./undefined.ts";
import { Tuple } from "./values.ts";

const DIRECTIVE = /%(?:\((?<key>[^)]*)\))?(?<flags>[-+ #0]*)(?<width>\*|\d+)?(?:\.(?<precision>\*|\d*))?[hlL]?(?<type>[\s\S]?)/g;

interface Directive {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | null;
  readonly type: string;
}

/** format % values: printf's directives. A tuple holds several values, a dict named ones; in a safe format they are escaped. */
export function printf(format: Text, values: unknown): Text {
  const take = makeTaker(values);
  const made = String(format).replace(DIRECTIVE, (...match) => {
    const found = match.at(-1) as Record<string, string | undefined>;
    if (found["type"] === "%") return "%";
    if (found["key"] !== undefined && !isDict(values)) raise("TypeError", "format requires a mapping");
    const width = found["width"] === "*" ? toInt(take.next()) : Number(found["width"] ?? 0);
    const given = found["precision"];
    const precision = given === undefined ? null : given === "*" ? toInt(take.next()) : Number(given);
    const directive = {
      flags: `${found["flags"] ?? ""}${width < 0 ? "-" : ""}`,
      width: Math.abs(width),
      precision,
      type: found["type"] ?? "",
    };
    const value = found["key"] === undefined ? take.next() : keyed(values as Dict, found["key"]);
    return padded(shown(directive, value, format instanceof Markup), directive);
  });
  take.finish();
  return like(format, made);
}

function makeTaker(values: unknown): { next(): unknown; finish(): void } {
  const list = values instanceof Tuple ? [...values] : [values];
  let taken = 0;
  return {
    next() {
      if (taken >= list.length) raise("TypeError", "not enough arguments for format string");
      return list[taken++];
    },
    finish() {
      const isSingle = !(values instanceof Tuple);
      const mayStay = isSingle && (isDict(values) || Array.isArray(values) || isUndefined(values));
      if (taken < list.length && !mayStay) raise("TypeError", "not all arguments converted during string formatting");
    },
  };
}

function keyed(values: Dict, key: string): unknown {
  const value = getKey(values, key);
  return value === undefined ? raise("KeyError", `'${key}'`) : value;
}

function shown({ flags, precision, type }: Directive, value: unknown, isSafe: boolean): string {
  switch (type) {
    case "s":
      return cut(isSafe ? escapeHtml(value) : text(value), precision);
    case "r":
    case "a":
      return cut(isSafe ? escapeHtml(repr(value)) : repr(value), precision);
    case "c":
      return typeof value === "number" ? String.fromCodePoint(value) : text(value);
    case "d":
    case "i":
    case "u":
      return signOf(flags, wholePart(value, type), precision, 10, "");
    case "x":
    case "X":
    case "o":
      return signOf(flags, exactInt(value, type), precision, type === "o" ? 8 : 16, type);
    case "e":
    case "E":
    case "f":
    case "F":
    case "g":
    case "G":
      return formatFloat(toFloat(value), styleOf(flags, precision, type));
    default:
      return raise("ValueError", type === "" ? "incomplete format" : `unsupported format character '${type}'`);
  }
}

function styleOf(flags: string, precision: number | null, type: string): NumberStyle {
  const sign = flags.includes("+") ? "+" : flags.includes(" ") ? " " : "-";
  return { type, precision, sign, grouping: "", isAlternate: flags.includes("#") };
}

function signOf(flags: string, value: bigint, precision: number | null, base: 8 | 10 | 16, type: string): string {
  const digits = (value < 0n ? -value : value).toString(base).padStart(precision ?? 0, "0");
  const prefix = flags.includes("#") && base !== 10 ? `0${type}` : "";
  const sign = value < 0n ? "-" : flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
  return sign + prefix + (type === "X" ? digits.toUpperCase() : digits);
}

function padded(made: string, { flags, width, type }: Directive): string {
  if (flags.includes("-")) return made.padEnd(width);
  if (!flags.includes("0") || "srac".includes(type)) return made.padStart(width);
  const sign = /^[-+ ]?(?:0[xXo])?/.exec(made)?.[0] ?? "";
  return sign + made.slice(sign.length).padStart(width - sign.length, "0");
}

function cut(value: string, precision: number | null): string {
  return precision === null ? value : Array.from(value).slice(0, precision).join("");
}

function wholePart(value: unknown, type: string): bigint {
  if (isNumber(value)) {
    const number = toNumber(value);
    if (isFloat(value) && !Number.isFinite(number)) raise("ValueError", "cannot convert float to integer");
    return isFloat(value) ? BigInt(Math.trunc(number)) : BigInt(value);
  }
  return raise("TypeError", `%${type} format: a real number is required, not ${typeName(value)}`);
}

function exactInt(value: unknown, type: string): bigint {
  if (isInt(value) || typeof value === "boolean") return BigInt(value);
  return raise("TypeError", `%${type} format: an integer is required, not ${typeName(value)}`);
}

function toFloat(value: unknown): number {
  if (isNumber(value)) return toNumber(value);
  return raise("TypeError", `must be real number, not ${isUndefined(value) ? "Undefined" : typeName(value)}`);
}

function toInt(value: unknown): number {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : raise("TypeError", "* wants int");
}
