import { getKey } from "./dict.ts";
import { raise } from "./errors.ts";
import { escapeHtml } from "./escape.ts";
import { isText, like, Markup, type Text } from "./markup.ts";
import { formatFloat, grouped } from "./number-format.ts";
import { toNumber } from "./numbers.ts";
import { repr, text } from "./text.ts";
import { isDict, isInt, isNumber, typeName } from "./types.ts";
import { type Float, type Named, TemplateObject } from "./values.ts";

type Lookup = (name: string) => unknown;

/** text.format(…): fields by position and by name. In a safe format the values are escaped. */
export function formatText(format: Text, args: readonly unknown[], { names, values }: Named): Text {
  let automatic = 0;
  const lookup: Lookup = (name) => {
    if (name === "" || /^\d+$/.test(name)) {
      const index = name === "" ? automatic++ : Number(name);
      return index < args.length ? args[index] : raise("IndexError", `Replacement index ${index} out of range for positional args tuple`);
    }
    const at = names.indexOf(name);
    return at < 0 ? raise("KeyError", `'${name}'`) : values[at];
  };
  return like(format, filled(String(format), lookup, format instanceof Markup));
}

/** text.format_map(mapping). */
export function formatMap(format: Text, mapping: unknown): Text {
  const lookup: Lookup = (name) => {
    const value = isDict(mapping) ? getKey(mapping, name) : undefined;
    return value === undefined ? raise("KeyError", `'${name}'`) : value;
  };
  return like(format, filled(String(format), lookup, format instanceof Markup));
}

function filled(format: string, lookup: Lookup, isSafe: boolean): string {
  let made = "";
  for (let at = 0; at < format.length; at++) {
    const character = format.charAt(at);
    if (character !== "{" && character !== "}") {
      made += character;
    } else if (format.charAt(at + 1) === character) {
      made += character;
      at++;
    } else if (character === "}") {
      raise("ValueError", "Single '}' encountered in format string");
    } else {
      const end = closing(format, at);
      made += field(format.slice(at + 1, end), lookup, isSafe);
      at = end;
    }
  }
  return made;
}

function closing(format: string, from: number): number {
  let depth = 0;
  for (let at = from; at < format.length; at++) {
    if (format.charAt(at) === "{") depth++;
    else if (format.charAt(at) === "}" && --depth === 0) return at;
  }
  return raise("ValueError", from + 1 < format.length ? "expected '}' before end of string" : "Single '{' encountered in format string");
}

const FIELD = /^(?<name>[^.[!:]*)(?<path>(?:\.[^.[!:]+|\[[^\]]+\])*)(?:!(?<conversion>[rsa]))?(?::(?<spec>[\s\S]*))?$/;

function field(source: string, lookup: Lookup, isSafe: boolean): string {
  const match = FIELD.exec(source) ?? raise("ValueError", `bad field '${source}' in format string`);
  const { name = "", path = "", conversion, spec = "" } = match.groups as Record<string, string | undefined>;
  let value = lookup(name);
  for (const [step] of path.matchAll(/\.[^.[]+|\[[^\]]+\]/g)) value = stepInto(value, step);
  const layout = spec.includes("{") ? filled(spec, lookup, false) : spec;
  if (conversion !== undefined) value = conversion === "s" ? text(value) : repr(value);
  if (!isSafe) return formatValue(value, layout);
  if (value instanceof Markup && layout !== "") raise("ValueError", "Unsupported format specification for Markup.");
  return value instanceof Markup ? value.html : escapeHtml(formatValue(value, layout));
}

/** A field reaches into dicts and lists by [key], and by .name only into objects of the dialect. */
function stepInto(value: unknown, step: string): unknown {
  const key = step.startsWith(".") ? step.slice(1) : step.slice(1, -1);
  if (step.startsWith(".")) {
    const found = value instanceof TemplateObject ? value.attribute(key) : undefined;
    return found === undefined ? raise("AttributeError", `'${typeName(value)}' object has no attribute '${key}'`) : found;
  }
  if (Array.isArray(value) && /^\d+$/.test(key)) return value[Number(key)] ?? raise("IndexError", "list index out of range");
  const found = isDict(value) ? getKey(value, /^\d+$/.test(key) ? Number(key) : key) : undefined;
  return found === undefined ? raise("KeyError", `'${key}'`) : found;
}

const SPEC =
  /^(?:(?<fill>[\s\S])?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<alternate>#)?(?<zero>0)?(?<width>\d+)?(?<grouping>[,_])?(?:\.(?<precision>\d+))?(?<type>[a-zA-Z%])?$/u;

interface Layout {
  readonly fill: string;
  readonly align: string;
  readonly sign: string;
  readonly isAlternate: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number | null;
  readonly type: string;
}

/** format(value, spec) of Python's format mini-language. */
function formatValue(value: unknown, spec: string): string {
  if (spec === "") return text(value);
  const found =
    SPEC.exec(spec)?.groups ?? raise("ValueError", `Invalid format specifier '${spec}' for object of type '${typeName(value)}'`);
  const layout: Layout = {
    fill: found["fill"] ?? (found["zero"] ? "0" : " "),
    align: found["align"] ?? (found["zero"] && !isText(value) ? "=" : ""),
    sign: found["sign"] ?? "-",
    isAlternate: found["alternate"] !== undefined,
    width: Number(found["width"] ?? 0),
    grouping: found["grouping"] ?? "",
    precision: found["precision"] === undefined ? null : Number(found["precision"]),
    type: found["type"] ?? "",
  };
  if (isText(value)) return aligned(formatStr(String(value), layout), layout, "<");
  if (isNumber(value)) return aligned(formatNumber(value, layout), layout, ">");
  return raise("TypeError", `unsupported format string passed to ${typeName(value)}.__format__`);
}

function formatStr(value: string, { precision, type }: Layout): string {
  if (type !== "" && type !== "s") raise("ValueError", `Unknown format code '${type}' for object of type 'str'`);
  return precision === null ? value : Array.from(value).slice(0, precision).join("");
}

function formatNumber(value: number | bigint | boolean | Float, layout: Layout): string {
  const { type, precision, grouping } = layout;
  if (grouping === "," && /^[nbcoxX]$/.test(type)) raise("ValueError", `Cannot specify ',' with '${type}'.`);
  if (grouping === "_" && /^[nc]$/.test(type)) raise("ValueError", `Cannot specify '_' with '${type}'.`);
  const isWhole = typeof value === "boolean" || isInt(value);
  if (isWhole && /^[bcdnoxX]?$/.test(type)) {
    if (precision !== null) raise("ValueError", "Precision not allowed in integer format specifier");
    return formatInt(BigInt(value), layout);
  }
  if (!/^[eEfFgGn%]?$/.test(type)) raise("ValueError", `Unknown format code '${type}' for object of type '${typeName(value)}'`);
  return formatFloat(toNumber(value), { ...layout, type: type === "n" ? "g" : type });
}

const BASES: Readonly<Record<string, [base: number, prefix: string]>> = { b: [2, "0b"], o: [8, "0o"], x: [16, "0x"], X: [16, "0X"] };

function formatInt(value: bigint, { type, sign, grouping, isAlternate }: Layout): string {
  if (type === "c") return String.fromCodePoint(Number(value));
  const [base, prefix] = BASES[type] ?? [10, ""];
  const digits = (value < 0n ? -value : value).toString(base);
  const body = grouped(type === "X" ? digits.toUpperCase() : digits, grouping, base === 10 ? 3 : 4);
  return (value < 0n ? "-" : sign === "-" ? "" : sign) + (isAlternate ? prefix : "") + body;
}

function aligned(made: string, { fill, align, width, grouping }: Layout, usual: string): string {
  const missing = width - Array.from(made).length;
  if (missing <= 0) return made;
  if (fill === "0" && (align || usual) === "=" && grouping !== "") return zeroFilled(made, grouping, width);
  switch (align || usual) {
    case "<":
      return made + fill.repeat(missing);
    case "^":
      return fill.repeat(Math.floor(missing / 2)) + made + fill.repeat(Math.ceil(missing / 2));
    case "=": {
      const sign = /^[-+ ]?(?:0[bxoX])?/.exec(made)?.[0] ?? "";
      return sign + fill.repeat(missing) + made.slice(sign.length);
    }
    default:
      return fill.repeat(missing) + made;
  }
}

/** Zeros up to the width that are grouped like the digits; a mark never comes first. */
function zeroFilled(made: string, mark: string, width: number): string {
  const [, sign = "", digits = "", rest = ""] = /^([-+ ]?)([\d,_]*)([\s\S]*)$/.exec(made) ?? [];
  let whole = digits.replace(/[,_]/g, "");
  while (sign.length + grouped(whole, mark).length + rest.length < width) whole = `0${whole}`;
  return sign + grouped(whole, mark) + rest;
}
