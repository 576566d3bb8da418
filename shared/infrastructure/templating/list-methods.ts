import { isEqual, order } from "./compare.ts";
import { type Dict, deleteKey, entriesOf, getKey, hasKey, keysOf, makeDict, setKey } from "./dict.ts";
import { raise } from "./errors.ts";
import { type Method, type Methods, method } from "./method.ts";
import { iterate } from "./sequence.ts";
import { repr } from "./text.ts";
import { isDict } from "./types.ts";
import { refuseUndefined } from "./undefined.ts";
import { DictView, Tuple } from "./values.ts";

const BOTH: [string, Method<unknown[]>][] = [
  ["count", method(["value"], 1, (self, value) => self.filter((item) => isEqual(item, value)).length)],
  [
    "index",
    method(["value", "start", "stop"], 1, (self, value, start = 0, stop = self.length) =>
      indexOf(self, value, Number(start), Number(stop)),
    ),
  ],
];

/** The methods of a tuple. */
export const TUPLE_METHODS: Methods<unknown[]> = new Map(BOTH);

/** The methods of a list. Those that change it give None. */
export const LIST_METHODS: Methods<unknown[]> = new Map([
  ...BOTH,
  ["append", method(["object"], 1, (self, item) => none(self.push(item)))],
  ["extend", method(["iterable"], 1, (self, items) => none(self.push(...iterate(items))))],
  ["insert", method(["index", "object"], 2, (self, index, item) => none(self.splice(Number(index), 0, item)))],
  ["pop", method(["index"], 0, (self, index = -1) => pop(self, Number(index)))],
  ["remove", method(["value"], 1, (self, value) => none(self.splice(indexOf(self, value, 0, self.length), 1)))],
  ["clear", method([], 0, (self) => none(self.splice(0)))],
  ["copy", method([], 0, (self) => [...self])],
  ["reverse", method([], 0, (self) => none(self.reverse()))],
  ["sort", method(["key", "reverse"], 0, (self, _key, reverse) => none(self.sort(reverse === true ? (a, b) => order(b, a) : order)))],
]);

/** The methods of a dict. */
export const DICT_METHODS: Methods<Dict> = new Map<string, Method<Dict>>([
  ["keys", method([], 0, (self) => new DictView("dict_keys", () => keysOf(self)))],
  ["values", method([], 0, (self) => new DictView("dict_values", () => entriesOf(self).map(([, value]) => value)))],
  ["items", method([], 0, (self) => new DictView("dict_items", () => entriesOf(self).map((pair) => Tuple.over(pair))))],
  ["get", method(["key", "default"], 1, (self, key, otherwise = null) => (hasKey(self, key) ? getKey(self, key) : otherwise))],
  ["pop", method(["key", "default"], 1, (self, key, ...rest) => take(self, key, rest))],
  ["popitem", method([], 0, (self) => popItem(self))],
  ["setdefault", method(["key", "default"], 1, (self, key, otherwise = null) => setDefault(self, key, otherwise))],
  ["copy", method([], 0, (self) => makeDict(entriesOf(self)))],
  ["clear", method([], 0, (self) => none(keysOf(self).map((key) => deleteKey(self, key))))],
  ["update", { params: [], required: 0, isOpen: true, run: (self, [other], { names, values }) => update(self, other, names, values) }],
]);

/** The pairs of a dict, or of an iterable of pairs. */
export function pairsOf(value: unknown): [unknown, unknown][] {
  refuseUndefined(value);
  if (isDict(value)) return entriesOf(value);
  return Array.from(iterate(value), (pair, index) => {
    const [key, item, ...rest] = iterate(pair);
    if (key === undefined || rest.length > 0)
      raise("ValueError", `dictionary update sequence element #${index} has the wrong length; 2 is required`);
    return [key, item];
  });
}

function none(_done: unknown): null {
  return null;
}

function indexOf(list: readonly unknown[], value: unknown, start: number, stop: number): number {
  const at = list.slice(0, stop).findIndex((item, index) => index >= start && isEqual(item, value));
  return at < 0 ? raise("ValueError", `${repr(value)} is not in list`) : at;
}

function pop(list: unknown[], index: number): unknown {
  if (list.length === 0) raise("IndexError", "pop from empty list");
  const at = index < 0 ? index + list.length : index;
  if (at < 0 || at >= list.length) raise("IndexError", "pop index out of range");
  return list.splice(at, 1)[0];
}

function take(dict: Dict, key: unknown, rest: unknown[]): unknown {
  if (!hasKey(dict, key)) return rest.length > 0 ? rest[0] : raise("KeyError", repr(key));
  const value = getKey(dict, key);
  deleteKey(dict, key);
  return value;
}

function popItem(dict: Dict): Tuple {
  const last = entriesOf(dict).at(-1) ?? raise("KeyError", "'popitem(): dictionary is empty'");
  deleteKey(dict, last[0]);
  return Tuple.over(last);
}

function setDefault(dict: Dict, key: unknown, otherwise: unknown): unknown {
  if (!hasKey(dict, key)) setKey(dict, key, otherwise);
  return getKey(dict, key);
}

function update(dict: Dict, other: unknown, names: readonly string[], values: readonly unknown[]): null {
  if (other !== undefined) for (const [key, value] of pairsOf(other)) setKey(dict, key, value);
  for (const [index, name] of names.entries()) setKey(dict, name, values[index]);
  return null;
}
