import { makeDict, setKey } from "./dict.ts";
import { raise } from "./errors.ts";
import { pairsOf } from "./list-methods.ts";
import { Markup } from "./markup.ts";
import { bind } from "./signature.ts";
import { repr } from "./text.ts";
import { typeName } from "./types.ts";
import { Callable, type Named, Native, Range, TemplateObject } from "./values.ts";

/** The functions that every template sees. */
export const GLOBALS: Readonly<Record<string, Callable>> = {
  range: new Native("range", (args) => makeRange(args)),
  dict: new Native("dict", (args, named) => dictOf(args, named)),
  namespace: new Native("namespace", (args, named) => new Namespace(dictOf(args, named))),
  cycler: new Native("cycler", (items) => new Cycler(items)),
  joiner: new Native("joiner", (args, named) => {
    const [separator = ", "] = bind("joiner", { params: ["sep"], required: 0 }, args, named);
    return new Joiner(separator);
  }),
  lipsum: new Native("lipsum", (args, named) => {
    const [count = 5, isHtml = true] = bind("lipsum", { params: ["n", "html", "min", "max"], required: 0 }, args, named);
    return lipsum(count, isHtml === true);
  }),
};

/** What set may change from inside a loop: {% set ns.total = … %}. */
export class Namespace extends TemplateObject {
  readonly typeName = "Namespace";
  readonly #values: Map<unknown, unknown>;

  constructor(values: Map<unknown, unknown>) {
    super();
    this.#values = values;
  }

  override attribute(name: string): unknown {
    return this.#values.get(name);
  }

  set(name: string, value: unknown): void {
    this.#values.set(name, value);
  }

  toString(): string {
    return `<Namespace ${repr(this.#values)}>`;
  }
}

/** The values in turn, each time next() is called. */
class Cycler extends TemplateObject {
  readonly typeName = "Cycler";
  readonly #items: readonly unknown[];
  #position = 0;

  constructor(items: readonly unknown[]) {
    super();
    if (items.length === 0) raise("RuntimeError", "at least one item has to be provided");
    this.#items = items;
  }

  override attribute(name: string): unknown {
    switch (name) {
      case "current":
        return this.#items[this.#position];
      case "next":
        return new Native("next", () => this.#next());
      case "reset":
        return new Native("reset", () => this.#reset());
      default:
        return undefined;
    }
  }

  toString(): string {
    return "<Cycler>";
  }

  #next(): unknown {
    const item = this.#items[this.#position];
    this.#position = (this.#position + 1) % this.#items.length;
    return item;
  }

  #reset(): null {
    this.#position = 0;
    return null;
  }
}

/** Nothing the first time it is called, then its separator. */
class Joiner extends Callable {
  readonly typeName = "Joiner";
  readonly #separator: unknown;
  #isUsed = false;

  constructor(separator: unknown) {
    super();
    this.#separator = separator;
  }

  call(): unknown {
    if (this.#isUsed) return this.#separator;
    this.#isUsed = true;
    return "";
  }

  toString(): string {
    return "<Joiner>";
  }
}

const MAX_RANGE = 100_000;

function makeRange(args: unknown[]): Range {
  const bounds = args.map((value) => {
    if (typeof value === "boolean") return Number(value);
    if (typeof value === "number" && Number.isSafeInteger(value)) return value;
    return raise("TypeError", `'${typeName(value)}' object cannot be interpreted as an integer`);
  });
  if (bounds.length === 0 || bounds.length > 3) raise("TypeError", `range expected at least 1 argument, got ${bounds.length}`);
  const [start = 0, stop = 0, step = 1] = bounds.length === 1 ? [0, ...bounds] : bounds;
  if (step === 0) raise("ValueError", "range() arg 3 must not be zero");
  const range = new Range(start, stop, step);
  if (range.length > MAX_RANGE) raise("OverflowError", `Range too big. A template's range is of at most ${MAX_RANGE} items.`);
  return range;
}

function dictOf(args: unknown[], { names, values }: Named): Map<unknown, unknown> {
  if (args.length > 1) raise("TypeError", `dict expected at most 1 argument, got ${args.length}`);
  const dict = makeDict(args.length === 0 ? [] : pairsOf(args[0]));
  for (const [index, name] of names.entries()) setKey(dict, name, values[index]);
  return dict;
}

const WORDS =
  "lorem ipsum dolor sit amet consectetuer adipiscing elit sed diam nonummy nibh euismod tincidunt ut laoreet dolore magna".split(" ");

/** Paragraphs of filler, the same each time. */
function lipsum(count: unknown, isHtml: boolean): unknown {
  const sentence = `${WORDS.join(" ")}.`;
  const paragraph = sentence.charAt(0).toUpperCase() + sentence.slice(1);
  const paragraphs = Array.from({ length: Number(count) }, () => paragraph);
  if (!isHtml) return paragraphs.join("\n\n");
  const html = paragraphs.map((x) => `<p>${x}</p>`).join("\n");
  return new Markup(html);
}
