import { raise } from "./errors.ts";
import { Markup } from "./markup.ts";
import { isDict, typeName } from "./types.ts";
import { isUndefined } from "./undefined.ts";
import { Float, Tuple } from "./values.ts";

/** A dict: what templates make is a Map; what data brings may be a plain object, whose keys are texts. */
export type Dict = Map<unknown, unknown> | Record<string, unknown>;

/** The value of a key; undefined when the dict has no such key. */
export function getKey(dict: Dict, key: unknown): unknown {
  if (!(dict instanceof Map)) {
    const name = key instanceof Markup ? key.html : key;
    if (typeof name === "string") return Object.hasOwn(dict, name) ? dict[name] : undefined;
    hashKey(key);
    return undefined;
  }
  return typeof key === "string" ? dict.get(key) : dict.get(storedKey(dict, key));
}

/** Whether the dict has the key. */
export function hasKey(dict: Dict, key: unknown): boolean {
  if (dict instanceof Map) return dict.has(storedKey(dict, key));
  const hash = hashKey(key);
  return typeof hash === "string" && Object.hasOwn(dict, hash);
}

/** Sets a key. */
export function setKey(dict: Dict, key: unknown, value: unknown): void {
  if (dict instanceof Map) dict.set(storedKey(dict, key), value);
  // a key of a plain object is data, whatever its name
  else Object.defineProperty(dict, String(hashKey(key)), { value, writable: true, enumerable: true, configurable: true });
}

/** Takes a key out. */
export function deleteKey(dict: Dict, key: unknown): void {
  if (dict instanceof Map) dict.delete(storedKey(dict, key));
  else delete dict[String(hashKey(key))];
}

/** Keys in the order in which they were set. */
export function keysOf(dict: Dict): unknown[] {
  return dict instanceof Map ? [...dict.keys()] : Object.keys(dict);
}

/** Keys with their values. */
export function entriesOf(dict: Dict): [unknown, unknown][] {
  return dict instanceof Map ? [...dict] : Object.entries(dict);
}

/** How many keys there are. */
export function sizeOf(dict: Dict): number {
  return dict instanceof Map ? dict.size : Object.keys(dict).length;
}

/** A new dict of pairs. */
export function makeDict(pairs: Iterable<readonly [unknown, unknown]>): Map<unknown, unknown> {
  const dict = new Map<unknown, unknown>();
  for (const [key, value] of pairs) setKey(dict, key, value);
  return dict;
}

/** The same for keys that Python holds equal: 1, 1.0 and True; a text and the same text marked safe; tuples by their items. */
export function hashKey(key: unknown): unknown {
  if (typeof key === "string") return key;
  if (typeof key === "boolean") return Number(key);
  if (key instanceof Float) return key.value;
  if (key instanceof Markup) return key.html;
  if (isUndefined(key)) return undefined;
  if (key instanceof Tuple)
    return `\u0000(${[...key].map((item) => `${typeof hashKey(item)} ${String(hashKey(item)).length}:${String(hashKey(item))}`).join()})`;
  if (Array.isArray(key) || isDict(key)) raise("TypeError", `unhashable type: '${typeName(key)}'`);
  return key;
}

/** The key under which the map holds an equal one, or a new one. */
function storedKey(map: Map<unknown, unknown>, key: unknown): unknown {
  const hash = hashKey(key);
  if (map.has(hash)) return hash;
  if (typeof hash === "string" && !(key instanceof Tuple)) return hash;
  for (const stored of map.keys()) if (hashKey(stored) === hash) return stored;
  return key;
}
