import type { Place } from "../ast/ast.ts";
import type { Mistake } from "../errors.ts";

export type TokenKind = "name" | "quoted" | "variable" | "number" | "param" | "mark" | "end";

/** text: the name, the unescaped string, or the mark itself; value: of a number or a param. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly value: number;
  readonly at: Place;
}

// One sticky expression a kind; the first that matches wins. Marks: longest first.
const SPACE = /(?:[ \t\r\n\f\v\u00a0\ufeff]+|%[^\n]*|\/\*[\s\S]*?\*\/)+/y;
const NAME = /[a-z][A-Za-z0-9_]*/y;
const VARIABLE = /[A-Z_][A-Za-z0-9_]*/y;
const NUMBER = /[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const PARAM = /\$[0-9]+/y;
const MARK = /:-|\?-|\\\+|\\==|\\=|=<|=:=|=\\=|@<|<=|>=|!=|==|\/\/|[()[\],.<>=+\-*/!]/y;
const ESCAPES: Record<string, string> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };

/**
 * Splits a source into tokens; what is no token is a mistake and is stepped over, what is a wrong one (a number too large) is
 * a mistake and a token all the same, so that the parser does not miss it. The last token is `end`.
 */
export function tokenize(source: string): { tokens: Token[]; mistakes: Mistake[] } {
  const tokens: Token[] = [];
  const mistakes: Mistake[] = [];
  const places = placer(source);
  let offset = 0;
  while (true) {
    offset = skip(SPACE, source, offset);
    const at = places(offset);
    if (offset >= source.length) {
      tokens.push({ kind: "end", text: "the end", value: 0, at });
      return { tokens, mistakes };
    }
    const read = readToken(source, offset, at);
    if (read.mistake) mistakes.push(read.mistake);
    if (read.token) tokens.push(read.token);
    offset = read.next;
  }
}

interface Read {
  readonly token?: Token;
  readonly mistake?: Mistake;
  readonly next: number;
}

function readToken(source: string, offset: number, at: Place): Read {
  const first = source[offset] ?? "";
  if (first === "'" || first === '"') return readQuoted(source, offset, at);
  if (source.startsWith("/*", offset)) return wrong("This comment is never closed.", source.length, at);
  for (const [kind, pattern] of KINDS) {
    const next = skip(pattern, source, offset);
    if (next === offset) continue;
    const text = source.slice(offset, next);
    if (kind === "number") return readNumber(text, next, at);
    return { token: { kind, text, value: kind === "param" ? Number(text.slice(1)) : 0, at }, next };
  }
  const character = String.fromCodePoint(source.codePointAt(offset) ?? 0);
  return wrong(`${JSON.stringify(character)} means nothing here.`, offset + character.length, at);
}

const KINDS = [
  ["name", NAME],
  ["variable", VARIABLE],
  ["number", NUMBER],
  ["param", PARAM],
  ["mark", MARK],
] as const;

function readNumber(text: string, next: number, at: Place): Read {
  const value = Number(text);
  // 2^53 + 1 has no double of its own: only its digits tell it from 2^53.
  const isBeyond = value > 2 ** 53 || (value === 2 ** 53 && /^[0-9]+$/.test(text) && BigInt(text) > 2n ** 53n);
  const token: Token = { kind: "number", text, value, at };
  if (!isBeyond) return { token, next };
  return { token, mistake: { code: "overflow", message: "This number is beyond 2^53, where integers stop being exact.", at }, next };
}

/** Quotes of either kind take JSON's escapes, \' and a doubled quote. */
function readQuoted(source: string, offset: number, at: Place): Read {
  const quote = source[offset];
  let text = "";
  let isWrong = false;
  let i = offset + 1;
  while (i < source.length) {
    const character = source[i] ?? "";
    if (character === quote) {
      if (source[i + 1] !== quote) {
        const token: Token = { kind: "quoted", text, value: 0, at };
        return isWrong ? { token, ...wrong("\\u takes four hexadecimal digits.", i + 1, at) } : { token, next: i + 1 };
      }
      text += quote;
      i += 2;
    } else if (character === "\\") {
      const escaped = source[i + 1] ?? "";
      const hex = escaped === "u" ? (/^[0-9A-Fa-f]{4}/.exec(source.slice(i + 2, i + 6))?.[0] ?? "") : "";
      if (escaped === "u" && hex === "") isWrong = true;
      text += hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (ESCAPES[escaped] ?? escaped);
      i += hex ? 6 : 2;
    } else {
      text += character;
      i++;
    }
  }
  return wrong("This quote is never closed.", source.length, at);
}

function wrong(message: string, next: number, at: Place): Read {
  return { mistake: { code: "syntax", message, at }, next };
}

function skip(pattern: RegExp, source: string, offset: number): number {
  pattern.lastIndex = offset;
  return pattern.test(source) ? pattern.lastIndex : offset;
}

/** Offsets come in ascending order, so lines are counted once. */
function placer(source: string): (offset: number) => Place {
  let line = 1;
  let lineBegin = 0;
  let newline = source.indexOf("\n");
  return (offset) => {
    while (newline >= 0 && newline < offset) {
      line++;
      lineBegin = newline + 1;
      newline = source.indexOf("\n", lineBegin);
    }
    return { offset, line, column: offset - lineBegin + 1 };
  };
}
