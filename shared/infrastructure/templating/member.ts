import { getKey } from "./dict.ts";
import { raise } from "./errors.ts";
import { DICT_METHODS, LIST_METHODS, TUPLE_METHODS } from "./list-methods.ts";
import { isText } from "./markup.ts";
import { callMethod, type Methods } from "./method.ts";
import { NUMBER_METHODS, numberPart } from "./number-methods.ts";
import { characterCount, characters, slice } from "./sequence.ts";
import { STRING_METHODS } from "./string-methods.ts";
import { repr } from "./text.ts";
import { isDict, isNumber, typeName } from "./types.ts";
import { isUndefined, refuseUndefined, Undefined } from "./undefined.ts";
import { Callable, Float, Group, type Named, NO_NAMES, Range, TemplateObject, Tuple } from "./values.ts";

/** A method taken off its value, to be called later. */
class BoundMethod extends Callable {
  readonly typeName = "builtin_function_or_method";
  readonly #owner: unknown;
  readonly #name: string;

  constructor(owner: unknown, name: string) {
    super();
    this.#owner = owner;
    this.#name = name;
  }

  call(args: unknown[], named: Named): unknown {
    return callMember(this.#owner, this.#name, args, named);
  }

  toString(): string {
    return `<built-in method ${this.#name} of ${typeName(this.#owner)} object>`;
  }
}

/**
 * value.name. Of data only its own keys are seen, never what JavaScript's objects inherit. A key called like one of dict's
 * methods is found unless the name is called: {{ cart.items }} is the key, {{ cart.items() }} the method.
 */
export function attribute(value: unknown, name: string): unknown {
  if (typeof value === "object" && value !== null) {
    const prototype = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) {
      if (Object.hasOwn(value, name)) {
        const found = (value as Record<string, unknown>)[name];
        if (found !== undefined) return found;
      }
      return DICT_METHODS.has(name) ? new BoundMethod(value, name) : absent(value, name);
    }
  }
  const found = lookUp(value, name);
  if (found !== undefined) return found;
  return methodsOf(value)?.has(name) ? new BoundMethod(value, name) : absent(value, name);
}

/** value[key]: the item, else the attribute of that name. */
export function item(value: unknown, key: unknown): unknown {
  const found = itemOf(value, key);
  if (found !== undefined) return found;
  return isText(key) ? attribute(value, String(key)) : absent(value, key);
}

/** value.name(…). */
export function callMember(value: unknown, name: string, args: unknown[], named: Named = NO_NAMES): unknown {
  if (value instanceof TemplateObject) return call(value.attribute(name) ?? absent(value, name), args, named);
  const found = methodsOf(value)?.get(name);
  if (found === undefined) return call(attribute(value, name), args, named);
  if (isDict(value) && !(value instanceof Map)) {
    const own = Object.hasOwn(value, name) ? value[name] : undefined;
    if (typeof own === "function") return call(own, args, named);
  }
  return callMethod(found, name, value, args, named);
}

/** callee(…). Functions that data brings get the arguments given by name as one object behind the others. */
export function call(callee: unknown, args: unknown[], named: Named = NO_NAMES): unknown {
  if (callee instanceof Callable) return callee.call(args, named);
  refuseUndefined(callee);
  if (typeof callee !== "function") raise("TypeError", `'${typeName(callee)}' object is not callable`);
  return callee(...forJavaScript(args, named));
}

/** Values as functions of JavaScript expect them: a whole float is a number, what is undefined is undefined. */
export function forJavaScript(args: readonly unknown[], { names, values }: Named): unknown[] {
  const plain = args.map(plainValue);
  return names.length === 0 ? plain : [...plain, Object.fromEntries(names.map((name, index) => [name, plainValue(values[index])]))];
}

/** The attribute of a name with dots, as sort, map and groupby take it: parts of digits are positions. */
export function pathOf(path: unknown): (value: unknown) => unknown {
  const parts = isText(path)
    ? String(path)
        .split(".")
        .map((part) => (/^\d+$/.test(part) ? Number(part) : part))
    : path === null
      ? []
      : [path];
  return (value) => parts.reduce((found: unknown, part) => item(refused(found), part), value);
}

/** What is not there, saying of what. */
function absent(value: unknown, key: unknown): Undefined {
  refuseUndefined(value);
  return new Undefined(() => {
    if (isText(key)) return `'${value === null ? "None" : `${typeName(value)} object`}' has no attribute '${key}'`;
    return `${value === null ? "None" : `${typeName(value)} object`} has no element ${repr(key)}`;
  });
}

function refused(value: unknown): unknown {
  refuseUndefined(value);
  return value;
}

function plainValue(value: unknown): unknown {
  if (value instanceof Float) return value.value;
  return isUndefined(value) ? undefined : value;
}

function lookUp(value: unknown, name: string): unknown {
  if (value instanceof TemplateObject) return value.attribute(name);
  if (value instanceof Group) return name === "grouper" ? value[0] : name === "list" ? value[1] : undefined;
  if (isNumber(value)) return numberPart(value, name);
  return isDict(value) ? getKey(value, name) : undefined;
}

function itemOf(value: unknown, key: unknown): unknown {
  refuseUndefined(value);
  // a list or dict is no key, so there is nothing under it
  if (isDict(value)) return isDict(key) || (Array.isArray(key) && !(key instanceof Tuple)) ? undefined : getKey(value, key);
  const index = typeof key === "boolean" ? Number(key) : key;
  if (typeof index !== "number" || !Number.isInteger(index)) return undefined;
  if (Array.isArray(value)) return value[index < 0 ? index + value.length : index];
  if (value instanceof Range) return inRange(index, value.length) ? value.at(index < 0 ? index + value.length : index) : undefined;
  if (!isText(value) || !inRange(index, characterCount(String(value)))) return undefined;
  return slice(value, index, index === -1 ? null : index + 1, null) ?? characters(String(value))[index];
}

function inRange(index: number, length: number): boolean {
  return index < length && index >= -length;
}

function methodsOf(value: unknown): Methods<unknown> | undefined {
  if (isText(value)) return STRING_METHODS as Methods<unknown>;
  if (value instanceof Tuple) return TUPLE_METHODS as Methods<unknown>;
  if (Array.isArray(value)) return LIST_METHODS as Methods<unknown>;
  if (isNumber(value)) return NUMBER_METHODS as Methods<unknown>;
  return isDict(value) ? (DICT_METHODS as Methods<unknown>) : undefined;
}
