import { raise } from "../errors.ts";
import { type Filter, filter, type Given, openFilter } from "../filter.ts";
import { attribute, pathOf } from "../member.ts";
import { isTrue, iterate } from "../sequence.ts";
import { text } from "../text.ts";
import { isDict } from "../types.ts";
import { isUndefined, Undefined } from "../undefined.ts";
import { Generator } from "../values.ts";

/** Filters that pick, test or change each item, and those that look for a value. */
export const SELECT_FILTERS: ReadonlyMap<string, Filter> = new Map([
  ["map", openFilter((value, given) => new Generator(map(value, given)))],
  ["select", openFilter((value, given) => new Generator(select(value, given, false, true)))],
  ["reject", openFilter((value, given) => new Generator(select(value, given, false, false)))],
  ["selectattr", openFilter((value, given) => new Generator(select(value, given, true, true)))],
  ["rejectattr", openFilter((value, given) => new Generator(select(value, given, true, false)))],
  ["attr", filter(["name"], 1, (value, name) => attributeOnly(value, text(name)))],
  ["default", filter(["default_value", "boolean"], 0, orDefault)],
  ["d", filter(["default_value", "boolean"], 0, orDefault)],
]);

function* map(value: unknown, given: Given): Iterable<unknown> {
  if (!isTrue(value)) return;
  const change = given.args.length === 0 && given.named.names.includes("attribute") ? attributeOf(given) : filterOf(given);
  for (const item of iterate(value)) yield change(item);
}

function attributeOf({ named: { names, values } }: Given): (item: unknown) => unknown {
  const other = names.find((name) => name !== "attribute" && name !== "default");
  if (other !== undefined) raise("FilterArgumentError", `Unexpected keyword argument '${other}'`);
  const get = pathOf(values[names.indexOf("attribute")]);
  const otherwise = values[names.indexOf("default")] ?? null;
  return (item) => {
    const found = get(item);
    return otherwise !== null && isUndefined(found) ? otherwise : found;
  };
}

function filterOf({ args, named, filter, hasFilter }: Given): (item: unknown) => unknown {
  if (args.length === 0) raise("FilterArgumentError", "map requires a filter argument");
  const name = text(args[0]);
  if (!hasFilter(name)) raise("TemplateRuntimeError", `No filter named '${name}'.`);
  const apply = filter(name);
  return (item) => apply(item, args.slice(1), named);
}

function* select(value: unknown, { args, named, test, hasTest }: Given, isOfAttribute: boolean, keeps: boolean): Iterable<unknown> {
  if (!isTrue(value)) return;
  if (isOfAttribute && args.length === 0) raise("FilterArgumentError", "Missing parameter for attribute name");
  const get = isOfAttribute ? pathOf(args[0]) : (item: unknown) => item;
  const [name, ...rest] = isOfAttribute ? args.slice(1) : args;
  if (name !== undefined && !hasTest(text(name))) raise("TemplateRuntimeError", `No test named '${text(name)}'.`);
  const apply = name === undefined ? isTrue : test(text(name));
  for (const item of iterate(value)) if (isTrue(apply(get(item), rest, named)) === keeps) yield item;
}

/** The attribute, never the item of that name: dicts have none but their methods. */
function attributeOnly(value: unknown, name: string): unknown {
  if (isDict(value)) return new Undefined(`'dict object' has no attribute '${name}'`);
  return attribute(value, name);
}

function orDefault(value: unknown, otherwise: unknown = "", isForFalse: unknown = false): unknown {
  return isUndefined(value) || (isTrue(isForFalse) && !isTrue(value)) ? otherwise : value;
}
