import { isEqual } from "./compare.ts";
import { raise } from "./errors.ts";
import { Undefined } from "./undefined.ts";
import { Callable, type Named, Native, Tuple } from "./values.ts";

/** Renders the body of a recursive loop for the items of one level. */
export type Recurse = (items: unknown, depth0: number) => unknown;

/** The loop variable. The compiled loop moves index0. */
export class Loop extends Callable {
  readonly typeName = "LoopContext";
  index0 = 0;
  readonly #items: readonly unknown[];
  readonly #depth0: number;
  readonly #recurse: Recurse | null;
  #last: Tuple | null = null;

  constructor(items: readonly unknown[], depth0: number, recurse: Recurse | null) {
    super();
    this.#items = items;
    this.#depth0 = depth0;
    this.#recurse = recurse;
  }

  override attribute(name: string): unknown {
    switch (name) {
      case "index":
        return this.index0 + 1;
      case "index0":
        return this.index0;
      case "revindex":
        return this.#items.length - this.index0;
      case "revindex0":
        return this.#items.length - this.index0 - 1;
      case "first":
        return this.index0 === 0;
      case "last":
        return this.index0 === this.#items.length - 1;
      case "length":
        return this.#items.length;
      case "depth":
        return this.#depth0 + 1;
      case "depth0":
        return this.#depth0;
      case "previtem":
        return this.index0 > 0 ? this.#items[this.index0 - 1] : new Undefined("there is no previous item");
      case "nextitem":
        return this.index0 + 1 < this.#items.length ? this.#items[this.index0 + 1] : new Undefined("there is no next item");
      case "cycle":
        return new Native("cycle", (values) => this.#cycle(values));
      case "changed":
        return new Native("changed", (values) => this.#changed(values));
      default:
        return undefined;
    }
  }

  call(args: unknown[], _named: Named): unknown {
    if (this.#recurse === null) raise("TypeError", "The loop must have the 'recursive' marker to be called recursively.");
    return this.#recurse(args[0], this.#depth0 + 1);
  }

  toString(): string {
    return `<LoopContext ${this.index0 + 1}/${this.#items.length}>`;
  }

  #cycle(values: unknown[]): unknown {
    if (values.length === 0) raise("TypeError", "no items for cycling given");
    return values[this.index0 % values.length];
  }

  #changed(values: unknown[]): boolean {
    const given = Tuple.over(values);
    if (this.#last !== null && isEqual(this.#last, given)) return false;
    this.#last = given;
    return true;
  }
}
