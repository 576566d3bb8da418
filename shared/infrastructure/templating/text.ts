import { type Dict, entriesOf } from "./dict.ts";
import { Markup } from "./markup.ts";
import { isDict, isInt } from "./types.ts";
import { isUndefined } from "./undefined.ts";
import { DictView, Float, Generator, Range, TemplateObject, Tuple } from "./values.ts";

/** A value as Python's str() gives it. */
export function text(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Markup) return value.html;
  if (isUndefined(value)) return "";
  return repr(value);
}

/** A value as Python's repr() gives it. */
export function repr(value: unknown): string {
  return show(value, []);
}

/** A float as Python prints it: 1.0, 1e+20, 1e-05. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const [mantissa = "", exponent = ""] = value.toExponential().split("e");
  const power = Number(exponent);
  if (power >= 16 || power < -4) return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
  const digits = mantissa.replace(/[-.]/g, "");
  const sign = value < 0 ? "-" : "";
  if (power < 0) return `${sign}0.${"0".repeat(-power - 1)}${digits}`;
  const whole = digits.slice(0, power + 1).padEnd(power + 1, "0");
  return `${sign}${whole}.${digits.slice(power + 1) || "0"}`;
}

/** within: the lists and dicts that are being shown, so that one that holds itself ends. */
function show(value: unknown, within: readonly unknown[]): string {
  if (value === null) return "None";
  if (isUndefined(value)) return "Undefined";
  switch (typeof value) {
    case "string":
      return quoted(value);
    case "boolean":
      return value ? "True" : "False";
    case "number":
      return isInt(value) ? String(value === 0 ? 0 : value) : floatText(value);
    case "object":
      return showObject(value, within);
    case "function":
      return `<function ${value.name}>`;
    default:
      return String(value);
  }
}

function showObject(value: object, within: readonly unknown[]): string {
  if (value instanceof Float) return floatText(value.value);
  if (value instanceof Markup) return `Markup(${quoted(value.html)})`;
  if (value instanceof TemplateObject) return String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Generator) return `<${value.what}>`;
  if (value instanceof Range) return `range(${value.start}, ${value.stop}${value.step === 1 ? "" : `, ${value.step}`})`;
  if (within.includes(value)) return Array.isArray(value) ? "[...]" : "{...}";
  const inside = [...within, value];
  if (value instanceof DictView) return `${value.what}(${showList([...value], inside)})`;
  if (value instanceof Set) return `{${showItems([...value], inside)}}`;
  if (value instanceof Tuple) return `(${showItems([...value], inside)}${value.length === 1 ? "," : ""})`;
  if (Array.isArray(value)) return showList(value, inside);
  if (!isDict(value) || hasOwnWords(value)) return String(value);
  return showDict(value, inside);
}

/** An object of a class that says itself how it reads, as a URL does. */
function hasOwnWords(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null || prototype === Object.prototype || value instanceof Map) return false;
  return prototype.toString !== Object.prototype.toString;
}

function showDict(dict: Dict, within: readonly unknown[]): string {
  return `{${entriesOf(dict)
    .map(([key, value]) => `${show(key, within)}: ${show(value, within)}`)
    .join(", ")}}`;
}

function showList(items: readonly unknown[], within: readonly unknown[]): string {
  return `[${showItems(items, within)}]`;
}

function showItems(items: readonly unknown[], within: readonly unknown[]): string {
  return Array.from(items, (item) => show(item, within)).join(", ");
}

const UNPRINTABLE = /[\\\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;
const SHORT: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function quoted(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const body = value.replace(UNPRINTABLE, (character) => SHORT[character] ?? codeEscape(character.codePointAt(0) ?? 0));
  return quote + (quote === "'" ? body.replaceAll("'", "\\'") : body) + quote;
}

function codeEscape(code: number): string {
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
