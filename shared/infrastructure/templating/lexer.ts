import nunjucks from "nunjucks";
import { raise, TemplateError } from "./errors.ts";

const { lexer } = nunjucks;

/** A piece of a template as nunjucks's parser reads it. Lines are counted from 0. */
export interface Token {
  readonly type: string;
  readonly value: string | number | bigint;
  readonly lineno: number;
  readonly colno: number;
}

const OPENING = /\{[%{#]/g;
const RAW = /\{%([-+]?)\s*raw\s*(?:-%\}\s*|%\})/y;
const END_OF_RAW = /\{%([-+]?)\s*endraw\s*(?:\+%\}|-%\}\s*|%\})/g;
const END_OF_COMMENT = /\+#\}|-#\}\s*|#\}/g;
const END = { "{%": /(?:\+%\}|-%\}\s*|%\})/y, "{{": /(?:-\}\}\s*|\}\})/y } as const;

const SPACE = /\s+/y;
const FLOAT = /(?<!\.)(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?e[+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+)/iy;
const INT = /0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\da-f])+|[1-9](?:_?\d)*|0(?:_?0)*/iy;
const NAME = /[\p{ID_Start}_]\p{ID_Continue}*/uy;
const STRING = /'[^'\\]*(?:\\[\s\S][^'\\]*)*'|"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y;
const OPERATOR = /\*\*|\/\/|[=!<>]=|[-+/*%~[\](){}<>=.:|,;]/y;
const LITERALS: readonly [pattern: RegExp, type: string, read: (source: string) => Token["value"]][] = [
  [FLOAT, lexer.TOKEN_FLOAT, (source) => Number(source.replaceAll("_", ""))],
  [INT, lexer.TOKEN_INT, (source) => intValue(source.replaceAll("_", ""))],
  [NAME, lexer.TOKEN_SYMBOL, (source) => source],
  [STRING, lexer.TOKEN_STRING, (source) => unescaped(source.slice(1, -1))],
];
const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

const TYPES: Readonly<Record<string, string>> = {
  "(": lexer.TOKEN_LEFT_PAREN,
  ")": lexer.TOKEN_RIGHT_PAREN,
  "[": lexer.TOKEN_LEFT_BRACKET,
  "]": lexer.TOKEN_RIGHT_BRACKET,
  "{": lexer.TOKEN_LEFT_CURLY,
  "}": lexer.TOKEN_RIGHT_CURLY,
  ",": lexer.TOKEN_COMMA,
  ":": lexer.TOKEN_COLON,
  "~": lexer.TOKEN_TILDE,
  "|": lexer.TOKEN_PIPE,
};

// nunjucks exports its tokenizer's instances, not its class
const Tokenizer = lexer.lex("").constructor as typeof nunjucks.lexer.Tokenizer;

/** Cuts a template into tokens by Jinja2's rules: whitespace control with - and +, raw, comments, Python's literals. */
export class JinjaTokenizer extends Tokenizer {
  /** The tokens of the template, as far as it can be cut. */
  readonly tokens: Token[] = [];
  /** What stopped it. The parser tells it when it gets there: what it finds wrong before comes first. */
  readonly failure: TemplateError | null;

  constructor(source: string) {
    const text = source.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    super(text);
    this.failure = tokenize({ text, at: 0, line: 0, tokens: this.tokens });
  }
}

/** What is known of the place: where in the text, and in which line. */
interface Cursor {
  readonly text: string;
  at: number;
  line: number;
  readonly tokens: Token[];
}

/** Gives the error that ended it early, or null. */
function tokenize(cursor: Cursor): TemplateError | null {
  try {
    cutAll(cursor);
    return null;
  } catch (error) {
    if (error instanceof TemplateError) return error;
    throw error;
  }
}

function cutAll(cursor: Cursor): void {
  const { text } = cursor;
  while (cursor.at < text.length) {
    OPENING.lastIndex = cursor.at;
    const opening = OPENING.exec(text);
    if (opening === null) {
      data(cursor, text.length, "");
      break;
    }
    const sign = /[-+]/.test(text.charAt(opening.index + 2)) ? text.charAt(opening.index + 2) : "";
    data(cursor, opening.index, sign);
    const raw = match(RAW, text, opening.index);
    if (raw !== null) rawBlock(cursor, raw);
    else if (opening[0] === "{#") comment(cursor, 2 + sign.length);
    else tag(cursor, opening[0] as keyof typeof END, 2 + sign.length);
  }
}

/** Text up to a tag whose sign may take the whitespace before it. */
function data(cursor: Cursor, end: number, sign: string): void {
  const text = cursor.text.slice(cursor.at, end);
  const kept = sign === "-" ? text.trimEnd() : text;
  if (kept !== "") push(cursor, lexer.TOKEN_DATA, kept);
  advance(cursor, end);
}

function rawBlock(cursor: Cursor, opening: string): void {
  const begun = cursor.line;
  advance(cursor, cursor.at + opening.length);
  if (cursor.at === cursor.text.length) return;
  END_OF_RAW.lastIndex = cursor.at;
  const end = END_OF_RAW.exec(cursor.text) ?? fail("Missing end of raw directive", begun);
  data(cursor, end.index, end[1] ?? "");
  advance(cursor, end.index + end[0].length);
}

function comment(cursor: Cursor, length: number): void {
  // as in Jinja2, a comment that begins at the very end is none
  if (cursor.at + length === cursor.text.length) {
    advance(cursor, cursor.text.length);
    return;
  }
  END_OF_COMMENT.lastIndex = cursor.at + length;
  const end = END_OF_COMMENT.exec(cursor.text) ?? fail("Missing end of comment tag", cursor.line);
  advance(cursor, end.index + end[0].length);
}

function tag(cursor: Cursor, opening: keyof typeof END, length: number): void {
  push(cursor, opening === "{%" ? lexer.TOKEN_BLOCK_START : lexer.TOKEN_VARIABLE_START, opening);
  advance(cursor, cursor.at + length);
  const open: string[] = [];
  while (cursor.at < cursor.text.length) {
    const end = open.length === 0 ? match(END[opening], cursor.text, cursor.at) : null;
    if (end !== null) {
      push(cursor, opening === "{%" ? lexer.TOKEN_BLOCK_END : lexer.TOKEN_VARIABLE_END, opening === "{%" ? "%}" : "}}");
      advance(cursor, cursor.at + end.length);
      return;
    }
    code(cursor, open);
  }
}

/** One token of an expression. open: the closing brackets that are still to come. */
function code(cursor: Cursor, open: string[]): void {
  const { text, at } = cursor;
  const space = match(SPACE, text, at);
  if (space !== null) advance(cursor, at + space.length);
  else if (!literal(cursor)) {
    const operator = match(OPERATOR, text, at) ?? fail(`unexpected char '${text.charAt(at)}' at ${at}`, cursor.line);
    balance(cursor, operator, open);
    take(cursor, TYPES[operator] ?? lexer.TOKEN_OPERATOR, operator, operator);
  }
}

/** A number, name or string; false when there is none. */
function literal(cursor: Cursor): boolean {
  for (const [pattern, type, read] of LITERALS) {
    const source = match(pattern, cursor.text, cursor.at);
    if (source === null) continue;
    take(cursor, type, source, read(source));
    return true;
  }
  return false;
}

function balance(cursor: Cursor, operator: string, open: string[]): void {
  const closing = CLOSING[operator];
  if (closing !== undefined) open.push(closing);
  if (operator !== ")" && operator !== "]" && operator !== "}") return;
  const expected = open.pop();
  if (expected === undefined) fail(`unexpected '${operator}'`, cursor.line);
  if (expected !== operator) fail(`unexpected '${operator}', expected '${expected}'`, cursor.line);
}

function take(cursor: Cursor, type: string, source: string, value: Token["value"]): void {
  push(cursor, type, value);
  advance(cursor, cursor.at + source.length);
}

function push({ tokens, line, at, text }: Cursor, type: string, value: Token["value"]): void {
  tokens.push({ type, value, lineno: line, colno: at - (text.lastIndexOf("\n", at - 1) + 1) });
}

function advance(cursor: Cursor, to: number): void {
  for (let at = cursor.text.indexOf("\n", cursor.at); at >= 0 && at < to; at = cursor.text.indexOf("\n", at + 1)) cursor.line++;
  cursor.at = to;
}

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

function intValue(digits: string): number | bigint {
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : BigInt(digits);
}

const ESCAPE = /\\(?:\n|[\\'"abfnrtv]|[0-7]{1,3}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8})/g;
const SINGLE: Readonly<Record<string, string>> = { "\n": "", a: "\x07", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };

function unescaped(body: string): string {
  if (!body.includes("\\")) return body;
  if (/^(?:[^\\]|\\[\s\S])*\\(?:x(?![\da-fA-F]{2})|u(?![\da-fA-F]{4})|U(?![\da-fA-F]{8}))/.test(body)) {
    raise("TemplateSyntaxError", "truncated escape in a string");
  }
  return body.replace(ESCAPE, (found) => {
    const mark = found.charAt(1);
    if (/[xuU]/.test(mark)) return String.fromCodePoint(Number.parseInt(found.slice(2), 16));
    if (/[0-7]/.test(mark)) return String.fromCodePoint(Number.parseInt(found.slice(1), 8));
    return SINGLE[mark] ?? mark;
  });
}

function fail(message: string, line: number): never {
  throw new TemplateError("TemplateSyntaxError", message, line + 1);
}
