import { raise } from "./errors.ts";
import { autoescape, Markup, type Text } from "./markup.ts";
import { Undefined } from "./undefined.ts";
import { Callable, type Named, TemplateObject } from "./values.ts";

/** A block as a function of the context. */
export type Render = (context: Context) => string;

/** Names without a prototype: nothing of JavaScript's is found among them. */
export type Variables = Record<string, unknown>;

/** The variables and blocks of one rendering of one template and of those it extends. */
export class Context {
  /** The template's name. */
  readonly name: string;
  readonly blocks: Map<string, Render[]>;
  readonly #given: Variables;
  /** What the root has set. */
  readonly #own: Variables = Object.create(null) as Variables;
  #isUntouched = true;
  readonly #exported = new Set<string>();

  constructor(name: string, given: Variables, blocks: Iterable<[string, Render[]]>) {
    this.name = name;
    this.#given = given;
    this.blocks = new Map(blocks);
  }

  /** The value of a name; undefined when nobody gave it one. */
  get(name: string): unknown {
    if (this.#isUntouched) return this.#given[name];
    const own = this.#own[name];
    return own === undefined ? this.#given[name] : own;
  }

  set(name: string, value: unknown, isExported: boolean): void {
    this.#own[name] = value;
    this.#isUntouched = false;
    if (isExported) this.#exported.add(name);
    else this.#exported.delete(name);
  }

  /** All that is seen here, with names that are set where this is asked. */
  all({ names, values }: Named): Variables {
    // what is common to all renderings stays behind as the prototype; making one of this rendering's names costs more than copying them
    const all = Object.assign(Object.create(Object.getPrototypeOf(this.#given)) as Variables, this.#given, this.#own);
    for (const [index, name] of names.entries()) if (values[index] !== undefined) all[name] = values[index];
    return all;
  }

  /** The same blocks with the names of the place where a scoped block stands. */
  derived(visible: Named): Context {
    return new Context(
      this.name,
      this.all(visible),
      Array.from(this.blocks, ([name, stack]) => [name, [...stack]]),
    );
  }

  exported(): Map<string, unknown> {
    return new Map(Array.from(this.#exported, (name) => [name, this.#own[name]]));
  }
}

/** What import gives: the macros and variables of a template; printed, its text. */
export class Module extends TemplateObject {
  readonly typeName = "TemplateModule";
  readonly body: string;
  readonly #exported: ReadonlyMap<string, unknown>;

  constructor(body: string, exported: ReadonlyMap<string, unknown>) {
    super();
    this.body = body;
    this.#exported = exported;
  }

  override attribute(name: string): unknown {
    return this.#exported.get(name);
  }

  override get html(): string {
    return this.body;
  }

  toString(): string {
    return this.body;
  }
}

/** super and self.name: a block to be rendered where it is called. */
export class BlockReference extends Callable {
  readonly typeName = "BlockReference";
  readonly #context: Context;
  readonly #name: string;
  readonly #depth: number;

  constructor(context: Context, name: string, depth: number) {
    super();
    this.#context = context;
    this.#name = name;
    this.#depth = depth;
  }

  override attribute(name: string): unknown {
    if (name === "name") return this.#name;
    return name === "super" ? blockAt(this.#context, this.#name, this.#depth + 1) : undefined;
  }

  call(): Text {
    const html = this.#context.blocks.get(this.#name)?.[this.#depth]?.(this.#context) ?? "";
    return autoescape.isOn ? new Markup(html) : html;
  }

  toString(): string {
    return `<BlockReference '${this.#name}'>`;
  }
}

/** self: the blocks of the template by name. */
export class SelfReference extends TemplateObject {
  readonly typeName = "TemplateReference";
  readonly #context: Context;

  constructor(context: Context) {
    super();
    this.#context = context;
  }

  override attribute(name: string): unknown {
    return this.#context.blocks.has(name) ? new BlockReference(this.#context, name, 0) : undefined;
  }

  toString(): string {
    return `<TemplateReference '${this.#context.name}'>`;
  }
}

/** super within a block. */
export function superBlock(context: Context, name: string, current: Render): BlockReference | Undefined {
  return blockAt(context, name, (context.blocks.get(name)?.indexOf(current) ?? -1) + 1);
}

/** A block where its template has it. */
export function renderBlock(context: Context, name: string, inside: Context): string {
  return context.blocks.get(name)?.[0]?.(inside) ?? "";
}

/** Refuses a required block that no template fills. */
export function requireBlock(context: Context, name: string): void {
  if ((context.blocks.get(name)?.length ?? 0) <= 1) raise("TemplateRuntimeError", `Required block '${name}' not found`);
}

function blockAt(context: Context, name: string, depth: number): BlockReference | Undefined {
  const stack = context.blocks.get(name) ?? [];
  return depth > 0 && depth < stack.length
    ? new BlockReference(context, name, depth)
    : new Undefined(`there is no parent block called '${name}'.`);
}
