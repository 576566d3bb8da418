import type { Constant } from "./ast.ts";

const BARE = /^[a-z][A-Za-z0-9_]*$/;
/** Words that would be read as syntax where a constant stands. */
const WORDS = new Set(["not", "is", "mod"]);

/** The canonical text of a constant: bare where it is an atom, otherwise quoted with JSON escapes. */
export function constantText(value: Constant): string {
  if (typeof value === "number") return String(value);
  return BARE.test(value) ? value : JSON.stringify(value);
}

/** The canonical text of a tuple: `p(a,-1)`, and `p` for arity 0; a name that is no atom is quoted as a constant is. */
export function tupleText(name: string, values: readonly Constant[]): string {
  const head = constantText(name);
  return values.length === 0 ? head : `${head}(${values.map(constantText).join(",")})`;
}

/** A field of a file of facts: integers and decimals are numbers, everything else is text. Throws RangeError beyond 2^53. */
export function fieldConstant(text: string): Constant {
  const first = text.charCodeAt(0);
  if (first > 57 || (first < 48 && first !== 45)) return text;
  if (!/^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/.test(text)) return text;
  const value = Number(text);
  // 2^53 + 1 has no double of its own: only its digits tell it from 2^53.
  const isBeyond = Math.abs(value) > 2 ** 53 || (Math.abs(value) === 2 ** 53 && !text.includes(".") && BigInt(text) !== BigInt(value));
  if (isBeyond) throw new RangeError(`${text} is beyond 2^53, where integers stop being exact.`);
  return value + 0;
}

/** Name of a relation as the parser reads it back. */
export function nameText(name: string): string {
  return BARE.test(name) && !WORDS.has(name) ? name : `'${name.replace(/[\\']/g, "\\$&")}'`;
}

/** By code point, which is what other languages' sort of UTF-8 gives; `<` on strings compares UTF-16 units. */
export function compareText(left: string, right: string): number {
  const end = Math.min(left.length, right.length);
  for (let i = 0; i < end; i++) {
    const a = left.charCodeAt(i);
    const b = right.charCodeAt(i);
    if (a !== b) return rank(a) - rank(b);
  }
  return left.length - right.length;
}

/** Surrogates sort above the rest of the basic plane, as the code points they stand for do. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** Numbers before strings; numbers by value, strings by code point. */
export function compareConstants(left: Constant, right: Constant): number {
  if (typeof left === "number") return typeof right === "number" ? left - right : -1;
  return typeof right === "number" ? 1 : compareText(left, right);
}

/** What `findall` gives: the distinct values in order, written as a list. Lists are text: relations hold no structures. */
export function listText(values: Iterable<Constant>): string {
  return `[${[...values].sort(compareConstants).map(constantText).join(",")}]`;
}
