import { isAtMost, isEqual, isIn, isLess } from "./compare.ts";
import { type Context, type Module, renderBlock, requireBlock, SelfReference, superBlock } from "./context.ts";
import { type Dict, entriesOf, makeDict } from "./dict.ts";
import { located, raise } from "./errors.ts";
import { escapeHtml } from "./escape.ts";
import { Namespace } from "./globals.ts";
import { Loop } from "./loop.ts";
import { Macro } from "./macro.ts";
import { autoescape, isText, Markup, type Text } from "./markup.ts";
import { attribute, call, callMember, item } from "./member.ts";
import { divide, floorDivide, negate, plus, power } from "./numbers.ts";
import { add, concat, concatPlain, isNotEqual, modulo, multiply, subtract } from "./operators.ts";
import { isTrue, itemsOf, iterate, slice } from "./sequence.ts";
import { text } from "./text.ts";
import { isDict, typeName } from "./types.ts";
import { Undefined, undefinedName } from "./undefined.ts";
import { Float, type Named, Tuple } from "./values.ts";

/** What the runtime asks of the dialect: filters and tests by name, and other templates. */
export interface Lookups {
  filter(name: string): unknown;
  test(name: string): unknown;
  include(context: Context, wanted: unknown, ignoresMissing: boolean, visible: Named | null): string;
  importModule(context: Context, wanted: unknown, visible: Named | null): Module;
  extend(context: Context, wanted: unknown): unknown;
}

/** What compiled templates call, by the names the compiler writes. */
export function makeRuntime(lookups: Lookups): Record<string, unknown> {
  return { ...FUNCTIONS, ...lookups };
}

const FUNCTIONS = {
  Float,
  Loop,
  Macro,
  SelfReference,
  Tuple,
  add,
  attribute,
  autoescape,
  call,
  callMember,
  concat,
  concatPlain,
  divide,
  escapeHtml,
  floorDivide,
  isAtMost,
  isEqual,
  isIn,
  isLess,
  isNotEqual,
  isTrue,
  item,
  itemsOf,
  iterate,
  located,
  makeDict,
  modulo,
  multiply,
  negate,
  plus,
  power,
  renderBlock,
  requireBlock,
  slice,
  subtract,
  superBlock,
  undefinedName,

  isMore: (left: unknown, right: unknown) => isLess(right, left, ">"),
  isAtLeast: (left: unknown, right: unknown) => isAtMost(right, left, ">="),
  isNotIn: (value: unknown, container: unknown) => !isIn(value, container),
  and: (left: unknown, right: () => unknown) => (isTrue(left) ? right() : left),
  or: (left: unknown, right: () => unknown) => (isTrue(left) ? left : right()),
  chain,
  concatVolatile: (left: unknown, right: unknown): Text => (autoescape.isOn ? concat(left, right) : concatPlain(left, right)),

  /** Caught text: safe, unless escaping is off. */
  safe: (html: string): Text => (autoescape.isOn ? new Markup(html) : html),
  asText: text,
  asWritten,
  printed: (value: unknown) => (autoescape.isOn ? escapeHtml(value) : text(value)),
  noElse: (template: string, line: number) =>
    new Undefined(`the inline if-expression on line ${line} in '${template}' evaluated to false and no else section was defined.`),
  notProvided: (name: string) => new Undefined(`parameter '${name}' was not provided`),
  extendedTwice: () => raise("TemplateRuntimeError", "extended multiple times"),
  imported,
  filterItems: (test: (value: unknown) => boolean, items: unknown) => itemsOf(items).filter((value) => test(value)),
  setInNamespace,
  unpack,
  withMapping,
};

/** a < b < c: each operand once, none after the first that fails. */
function chain(first: unknown, ...rest: unknown[]): boolean {
  let left = first;
  for (let index = 0; index < rest.length; index += 2) {
    const right = (rest[index + 1] as () => unknown)();
    if (!(rest[index] as (left: unknown, right: unknown) => boolean)(left, right)) return false;
    left = right;
  }
  return true;
}

/** What a call block or filter block gives: text, written as it is. */
function asWritten(value: unknown): string {
  return isText(value) ? String(value) : raise("TypeError", `sequence item 0: expected str instance, ${typeName(value)} found`);
}

function imported(module: Module, name: string, line: number, template: string): unknown {
  const found = module.attribute(name);
  if (found !== undefined) return found;
  return new Undefined(`the template (imported on line ${line} in '${template}') does not export the requested name '${name}'`);
}

function setInNamespace(namespace: unknown, name: string, value: unknown): void {
  if (!(namespace instanceof Namespace)) raise("TemplateRuntimeError", "cannot assign attribute on non-namespace object");
  namespace.set(name, value);
}

/** As many values as there are names. */
function unpack(value: unknown, count: number): readonly unknown[] {
  const values = itemsOf(value);
  if (values.length > count) raise("ValueError", `too many values to unpack (expected ${count})`);
  if (values.length < count) raise("ValueError", `not enough values to unpack (expected ${count}, got ${values.length})`);
  return values;
}

/** Arguments given by name, with those of an unpacked mapping. */
function withMapping(named: Named, mapping: unknown): Named {
  if (!isDict(mapping)) raise("TypeError", `argument after ** must be a mapping, not ${typeName(mapping)}`);
  const entries = entriesOf(mapping as Dict);
  for (const [key] of entries) {
    if (!isText(key)) raise("TypeError", "keywords must be strings");
    if (named.names.includes(String(key))) raise("TypeError", `got multiple values for keyword argument '${key}'`);
  }
  return {
    names: [...named.names, ...entries.map(([key]) => String(key))],
    values: [...named.values, ...entries.map(([, value]) => value)],
  };
}
