import { order } from "../compare.ts";
import { type Dict, entriesOf } from "../dict.ts";
import { raise } from "../errors.ts";
import { type Filter, filter } from "../filter.ts";
import { isText, Markup } from "../markup.ts";
import { toNumber } from "../numbers.ts";
import { floatText, repr } from "../text.ts";
import { isDict, isFloat, isInt, typeName } from "../types.ts";
import { Tuple } from "../values.ts";

/** Filters that show a whole value. */
export const PRINT_FILTERS: ReadonlyMap<string, Filter> = new Map([
  ["tojson", filter(["indent"], 0, (value, indent = null) => new Markup(forHtml(json(value, indentOf(indent), ""))))],
  ["pprint", filter([], 0, (value) => pretty(value, 0, 0))],
]);

function forHtml(made: string): string {
  return made.replaceAll("<", "\\u003c").replaceAll(">", "\\u003e").replaceAll("&", "\\u0026").replaceAll("'", "\\u0027");
}

function indentOf(indent: unknown): string | null {
  if (indent === null) return null;
  return isText(indent) ? String(indent) : " ".repeat(Number(indent));
}

/** Python's json.dumps with sorted keys and nothing but ASCII. */
function json(value: unknown, indent: string | null, margin: string): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return String(value);
  if (isText(value)) return jsonText(String(value));
  if (isInt(value)) return String(value);
  if (isFloat(value)) return jsonFloat(toNumber(value));
  if (value instanceof Date) return jsonText(value.toISOString());
  if (Array.isArray(value))
    return jsonItems(
      "[",
      Array.from(value, (item) => json(item, indent, deeper(indent, margin))),
      "]",
      indent,
      margin,
    );
  if (!isDict(value)) raise("TypeError", `Object of type ${typeName(value)} is not JSON serializable`);
  const pairs = entriesOf(value)
    .sort(([a], [b]) => order(a, b))
    .map(([key, item]) => `${jsonText(jsonKey(key))}: ${json(item, indent, deeper(indent, margin))}`);
  return jsonItems("{", pairs, "}", indent, margin);
}

function deeper(indent: string | null, margin: string): string {
  return margin + (indent ?? "");
}

function jsonItems(open: string, items: readonly string[], close: string, indent: string | null, margin: string): string {
  if (items.length === 0) return open + close;
  if (indent === null) return open + items.join(", ") + close;
  const line = `\n${deeper(indent, margin)}`;
  return `${open}${line}${items.join(`,${line}`)}\n${margin}${close}`;
}

function jsonKey(key: unknown): string {
  if (isText(key)) return String(key);
  if (key === null || typeof key === "boolean" || isInt(key) || isFloat(key)) return json(key, null, "");
  return raise("TypeError", `keys must be str, int, float, bool or None, not ${typeName(key)}`);
}

function jsonFloat(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  return floatText(value);
}

function jsonText(value: string): string {
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (x) =>
    x === "\u007f" ? x : `\\u${x.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const WIDTH = 80;

/** Python's pprint: on one line what fits, else an item a line. taken: what stands behind on the last line. */
function pretty(value: unknown, margin: number, taken: number): string {
  const line = oneLine(value);
  if (line.length <= WIDTH - margin - taken) return line;
  if (isDict(value)) return prettyDict(value, margin, taken);
  if (typeof value === "string") return prettyText(value, margin, taken);
  if (!Array.isArray(value) || value.length === 0) return line;
  const [open, close] = value instanceof Tuple ? ["(", value.length === 1 ? ",)" : ")"] : ["[", "]"];
  const items = Array.from(value, (item, index) => pretty(item, margin + 1, index === value.length - 1 ? taken + close.length : 1));
  return open + items.join(`,\n${" ".repeat(margin + 1)}`) + close;
}

function prettyDict(dict: Dict, margin: number, taken: number): string {
  const pairs = sorted(dict);
  const items = pairs.map(([key, item], index) => {
    const name = `${oneLine(key)}: `;
    return name + pretty(item, margin + 1 + name.length, index === pairs.length - 1 ? taken + 1 : 1);
  });
  return `{${items.join(`,\n${" ".repeat(margin + 1)}`)}}`;
}

/** A long text in pieces beside each other, broken behind spaces and at its line ends. */
function prettyText(value: string, margin: number, taken: number): string {
  const pieces: string[] = [];
  const lines = value.split(/(?<=\n)/);
  const isInBrackets = margin > 0;
  const room = WIDTH - margin - (isInBrackets ? 0 : 1);
  for (const [index, line] of lines.entries()) {
    const isLastLine = index === lines.length - 1;
    const rest = isLastLine ? room - taken - (isInBrackets ? 0 : 1) : room;
    if (repr(line).length <= (isLastLine ? rest : room)) {
      pieces.push(repr(line));
      continue;
    }
    const words = line.match(/\S*\s*/g)?.filter((word) => word !== "") ?? [];
    let current = "";
    for (const [at, word] of words.entries()) {
      const limit = isLastLine && at === words.length - 1 ? rest : room;
      if (current !== "" && repr(current + word).length > limit) {
        pieces.push(repr(current));
        current = word;
      } else {
        current += word;
      }
    }
    if (current !== "") pieces.push(repr(current));
  }
  if (pieces.length === 1) return pieces[0] ?? "''";
  const joined = pieces.join(`\n${" ".repeat(isInBrackets ? margin : margin + 1)}`);
  return isInBrackets ? joined : `(${joined})`;
}

/** As repr(), with the keys of dicts in order. */
function oneLine(value: unknown): string {
  if (value instanceof Tuple) return `(${Array.from(value, oneLine).join(", ")}${value.length === 1 ? "," : ""})`;
  if (Array.isArray(value)) return `[${value.map(oneLine).join(", ")}]`;
  if (!isDict(value)) return repr(value);
  return `{${sorted(value)
    .map(([key, item]) => `${oneLine(key)}: ${oneLine(item)}`)
    .join(", ")}}`;
}

function sorted(dict: Dict): [unknown, unknown][] {
  return entriesOf(dict).sort(([a], [b]) => (isText(a) === isText(b) ? order(a, b) : typeName(a) < typeName(b) ? -1 : 1));
}
