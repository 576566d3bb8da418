import { makeDict } from "./dict.ts";
import { raise } from "./errors.ts";
import { autoescape, Markup } from "./markup.ts";
import { Undefined } from "./undefined.ts";
import { Callable, type Named, Tuple } from "./values.ts";

/** What the body of a macro uses beyond its parameters. */
export interface MacroShape {
  readonly name: string | null;
  readonly params: readonly string[];
  readonly usesCaller: boolean;
  readonly usesKwargs: boolean;
  readonly usesVarargs: boolean;
}

/** A macro, or the body of a call block. body gets the parameters in order, then caller, kwargs and varargs as far as it uses them. */
export class Macro extends Callable {
  readonly typeName = "Macro";
  readonly #shape: MacroShape;
  readonly #body: (args: unknown[]) => string;

  constructor(shape: MacroShape, body: (args: unknown[]) => string) {
    super();
    this.#shape = shape;
    this.#body = body;
  }

  override attribute(name: string): unknown {
    const { params, usesCaller, usesKwargs, usesVarargs } = this.#shape;
    switch (name) {
      case "name":
        return this.#shape.name;
      case "arguments":
        return Tuple.over(params);
      case "caller":
        return usesCaller;
      case "catch_kwargs":
        return usesKwargs;
      case "catch_varargs":
        return usesVarargs;
      default:
        return undefined;
    }
  }

  call(args: unknown[], named: Named): unknown {
    const { params, usesCaller, usesKwargs, usesVarargs } = this.#shape;
    const isSimple = named.names.length === 0 && args.length <= params.length && !usesCaller && !usesKwargs && !usesVarargs;
    const html = this.#body(isSimple ? args : this.#arrange(args, named));
    return autoescape.isOn ? new Markup(html) : html;
  }

  toString(): string {
    return `<Macro ${this.#shape.name === null ? "anonymous" : `'${this.#shape.name}'`}>`;
  }

  #arrange(given: unknown[], { names, values }: Named): unknown[] {
    const { params, usesCaller, usesKwargs, usesVarargs } = this.#shape;
    const args: unknown[] = given.slice(0, params.length);
    const rest: [string, unknown][] = [];
    let caller: unknown;
    for (const [index, name] of names.entries()) {
      const at = params.indexOf(name);
      if (at >= given.length) args[at] = values[index];
      else if (name === "caller" && usesCaller && !params.includes("caller")) caller = values[index];
      else rest.push([name, values[index]]);
    }
    while (args.length < params.length) args.push(undefined);
    if (usesCaller && !params.includes("caller")) args.push(caller ?? new Undefined("No caller defined"));
    if (usesKwargs) args.push(makeDict(rest));
    else if (rest[0]) this.#refuseName(rest[0][0]);
    if (usesVarargs) args.push(Tuple.over(given.slice(params.length)));
    else if (given.length > params.length)
      raise("TypeError", `macro '${this.#shape.name}' takes not more than ${params.length} argument(s)`);
    return args;
  }

  #refuseName(name: string): never {
    if (name === "caller") {
      raise(
        "TypeError",
        `macro '${this.#shape.name}' was invoked with two values for the special caller argument. This is most likely a bug.`,
      );
    }
    return raise("TypeError", `macro '${this.#shape.name}' takes no keyword argument '${name}'`);
  }
}
