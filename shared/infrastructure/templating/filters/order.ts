import { isEqual, isLess, order } from "../compare.ts";
import { entriesOf, hashKey } from "../dict.ts";
import { raise } from "../errors.ts";
import { type Filter, filter } from "../filter.ts";
import { isText, like } from "../markup.ts";
import { pathOf } from "../member.ts";
import { isTrue, iterate } from "../sequence.ts";
import { text } from "../text.ts";
import { isDict, typeName } from "../types.ts";
import { isUndefined, refuseUndefined, Undefined } from "../undefined.ts";
import { Generator, Group, Tuple } from "../values.ts";

type Key = (value: unknown) => unknown;

/** Filters that compare: they see no difference between upper and lower case unless they are told to. */
export const ORDER_FILTERS: ReadonlyMap<string, Filter> = new Map([
  [
    "sort",
    filter(["reverse", "case_sensitive", "attribute"], 0, (value, reverse = false, exact = false, attribute = null) =>
      sortBy([...iterate(value)], keysFor(attribute, isTrue(exact)), isTrue(reverse)),
    ),
  ],
  [
    "dictsort",
    filter(["case_sensitive", "by", "reverse"], 0, (value, exact = false, by = "key", reverse = false) =>
      dictSort(value, isTrue(exact), by, isTrue(reverse)),
    ),
  ],
  [
    "unique",
    filter(
      ["case_sensitive", "attribute"],
      0,
      (value, exact = false, attribute = null) => new Generator(unique(value, keyFor(attribute, isTrue(exact)))),
    ),
  ],
  [
    "min",
    filter(["case_sensitive", "attribute"], 0, (value, exact = false, attribute = null) =>
      extreme(value, keyFor(attribute, isTrue(exact)), (key, best) => isLess(key, best)),
    ),
  ],
  [
    "max",
    filter(["case_sensitive", "attribute"], 0, (value, exact = false, attribute = null) =>
      extreme(value, keyFor(attribute, isTrue(exact)), (key, best) => isLess(best, key, ">")),
    ),
  ],
  [
    "groupby",
    filter(["attribute", "default", "case_sensitive"], 1, (value, attribute, otherwise = null, exact = false) =>
      groupBy(value, attribute, otherwise, isTrue(exact)),
    ),
  ],
]);

function sortBy(items: unknown[], key: Key, isReversed: boolean): unknown[] {
  const keyed = items.map((item) => ({ item, key: key(item) }));
  // equal ones keep their order in both directions
  return keyed.sort((a, b) => (isReversed ? order(b.key, a.key) : order(a.key, b.key))).map(({ item }) => item);
}

function dictSort(value: unknown, isExact: boolean, by: unknown, isReversed: boolean): unknown[] {
  if (by !== "key" && by !== "value") raise("FilterArgumentError", 'You can only sort by either "key" or "value"');
  refuseUndefined(value);
  if (!isDict(value)) raise("AttributeError", `'${typeName(value)}' object has no attribute 'items'`);
  const fold = isExact ? same : ignoreCase;
  const pairs = entriesOf(value).map((pair) => Tuple.over(pair));
  return sortBy(pairs, (pair) => fold((pair as Tuple)[by === "key" ? 0 : 1]), isReversed);
}

function* unique(value: unknown, key: Key): Iterable<unknown> {
  const seen = new Set<unknown>();
  for (const item of iterate(value)) {
    const hash = hashKey(key(item));
    if (seen.has(hash)) continue;
    seen.add(hash);
    yield item;
  }
}

function extreme(value: unknown, key: Key, isBetter: (key: unknown, best: unknown) => boolean): unknown {
  const [first, ...rest] = iterate(value);
  if (first === undefined && rest.length === 0) return new Undefined("No aggregated item, sequence was empty.");
  let [best, bestKey] = [first, key(first)];
  for (const item of rest) {
    const itemKey = key(item);
    if (isBetter(itemKey, bestKey)) [best, bestKey] = [item, itemKey];
  }
  return best;
}

function groupBy(value: unknown, attribute: unknown, otherwise: unknown, isExact: boolean): unknown[] {
  const real = orElse(pathOf(attribute), otherwise);
  const fold = isExact ? same : ignoreCase;
  const groups: { key: unknown; items: unknown[] }[] = [];
  for (const item of sortBy([...iterate(value)], (x) => fold(real(x)), false)) {
    const key = fold(real(item));
    const group = groups.at(-1);
    if (group !== undefined && isEqual(group.key, key)) group.items.push(item);
    else groups.push({ key, items: [item] });
  }
  return groups.map(({ items }) => Group.pair(real(items[0]), items));
}

function orElse(get: Key, otherwise: unknown): Key {
  return (value) => {
    const found = get(value);
    return otherwise !== null && isUndefined(found) ? otherwise : found;
  };
}

function keyFor(attribute: unknown, isExact: boolean): Key {
  const get = pathOf(attribute);
  return isExact ? get : (value) => ignoreCase(get(value));
}

/** sort takes several attributes, with commas between them. */
function keysFor(attribute: unknown, isExact: boolean): Key {
  const parts = isText(attribute) ? text(attribute).split(",") : [attribute];
  const keys = parts.map((part) => keyFor(part, isExact));
  return (value) => keys.map((key) => key(value));
}

function ignoreCase(value: unknown): unknown {
  return isText(value) ? like(value, String(value).toLowerCase()) : value;
}

function same(value: unknown): unknown {
  return value;
}
