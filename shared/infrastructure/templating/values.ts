/**
 * Python's values as JavaScript's: str is a string, int a whole number (a bigint beyond 2^53), float every other number
 * (a whole float is a Float), bool, None is null, list an array, dict a Map or a plain object. What has no twin is here.
 */

/** A float that is whole: JavaScript can't tell 2.0 from 2. */
export class Float {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }

  toString(): string {
    return this.value.toFixed(1);
  }

  toJSON(): number {
    return this.value;
  }
}

/** A number as a float. */
export function float(value: number): number | Float {
  return Number.isInteger(value) ? new Float(value) : value;
}

/** An int, as a number where it fits. */
export function int(value: bigint): number | bigint {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

/** A list that can't change, printed with round brackets. */
export class Tuple extends Array<unknown> {
  static over(items: Iterable<unknown>): Tuple {
    const tuple = new Tuple();
    for (const item of items) tuple.push(item);
    return tuple;
  }
}

/** What groupby gives for each group: a pair with names. */
export class Group extends Tuple {
  static pair(grouper: unknown, list: unknown[]): Group {
    const group = new Group();
    group.push(grouper, list);
    return group;
  }
}

/** An iterator that can be walked once, as Python's generators. what: its name when printed. */
export class Generator implements Iterable<unknown> {
  readonly what: string;
  readonly #iterator: Iterator<unknown>;

  constructor(items: Iterable<unknown>, what = "generator object") {
    this.what = what;
    this.#iterator = items[Symbol.iterator]();
  }

  [Symbol.iterator](): Iterator<unknown> {
    // without return(): leaving a loop early must not end the iterator
    return { next: () => this.#iterator.next() };
  }
}

/** keys(), values() and items() of a dict: they have a length and can be walked again. */
export class DictView implements Iterable<unknown> {
  readonly what: "dict_keys" | "dict_values" | "dict_items";
  readonly #list: () => unknown[];

  constructor(what: DictView["what"], list: () => unknown[]) {
    this.what = what;
    this.#list = list;
  }

  get length(): number {
    return this.#list().length;
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.#list()[Symbol.iterator]();
  }
}

/** range(start, stop, step). */
export class Range implements Iterable<number> {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  readonly length: number;

  constructor(start: number, stop: number, step: number) {
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.length = Math.max(0, Math.ceil((stop - start) / step));
  }

  at(index: number): number {
    return this.start + index * this.step;
  }

  *[Symbol.iterator](): IterableIterator<number> {
    for (let index = 0; index < this.length; index++) yield this.at(index);
  }
}

/** Names and values of the arguments given by name, beside each other. */
export interface Named {
  readonly names: readonly string[];
  readonly values: readonly unknown[];
}

/** No argument was given by name. */
export const NO_NAMES: Named = { names: [], values: [] };

/** An object of the dialect: loop, macro, namespace, imported template. Templates see what attribute() gives, nothing else. */
export abstract class TemplateObject {
  /** The type's name in messages. */
  abstract readonly typeName: string;

  /** The attribute of that name; undefined when there is none. */
  attribute(_name: string): unknown {
    return undefined;
  }

  /** What is printed without escaping; undefined when the object has no HTML. */
  get html(): string | undefined {
    return undefined;
  }

  abstract toString(): string;
}

/** A template object that can be called. */
export abstract class Callable extends TemplateObject {
  abstract call(args: unknown[], named: Named): unknown;
}

/** A function of the dialect's own. */
export class Native extends Callable {
  readonly typeName = "function";
  readonly #name: string;
  readonly #run: (args: unknown[], named: Named) => unknown;

  constructor(name: string, run: (args: unknown[], named: Named) => unknown) {
    super();
    this.#name = name;
    this.#run = run;
  }

  call(args: unknown[], named: Named): unknown {
    return this.#run(args, named);
  }

  toString(): string {
    return `<function ${this.#name}>`;
  }
}
