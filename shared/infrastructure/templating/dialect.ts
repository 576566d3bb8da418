import nunjucks from "nunjucks";
import { JinjaCompiler } from "./compiler.ts";
import { Context, Module, type Render, type Variables } from "./context.ts";
import { located, raise, TemplateError } from "./errors.ts";
import type { Filter } from "./filter.ts";
import { FILTERS } from "./filters.ts";
import { GLOBALS } from "./globals.ts";
import { JinjaTokenizer } from "./lexer.ts";
import { TemplateLoader } from "./loader.ts";
import { isText } from "./markup.ts";
import { forJavaScript } from "./member.ts";
import { JinjaParser } from "./parser.ts";
import { makeRuntime } from "./runtime.ts";
import { bind } from "./signature.ts";
import { TESTS } from "./tests.ts";
import { refuseUndefined } from "./undefined.ts";
import { type Named, NO_NAMES } from "./values.ts";

/** A filter of our own: a function of JavaScript over the value and its arguments. */
export type OwnFilter = (value: never, ...args: never[]) => unknown;

/** A filter or test as compiled templates call it; named() arranges arguments given by name first. */
type Compiled = ((value: unknown, ...args: unknown[]) => unknown) & { named(value: unknown, args: unknown[], named?: Named): unknown };

/**
 * Jinja2's language over nunjucks: its Environment finds and keeps the templates, which our parser and compiler turn into
 * functions that call our runtime.
 */
export class Dialect {
  readonly #environment: nunjucks.Environment;
  readonly #globals: Variables;
  readonly #ownFilters: ReadonlyMap<string, OwnFilter>;
  /** Templates imported without context: they are the same for all. */
  readonly #modules = new WeakMap<nunjucks.Template, Module>();
  readonly #program: (code: string) => object;

  constructor(sources: (name: string) => string | null, globals: object, ownFilters: Readonly<Record<string, OwnFilter>>) {
    this.#environment = new nunjucks.Environment(new TemplateLoader(sources, (source, name) => this.#compile(source, name)), {
      autoescape: true,
    });
    this.#globals = Object.assign(Object.create(null) as Variables, GLOBALS, globals);
    this.#ownFilters = new Map(Object.entries(ownFilters));
    const runtime = makeRuntime({
      filter: (filter) => this.compiledFilter(filter),
      test: (test) => this.compiledTest(test),
      include: (...args) => this.include(...args),
      importModule: (...args) => this.importModule(...args),
      extend: (...args) => this.extend(...args),
    });
    const names = Object.keys(runtime);
    this.#program = (code) => new Function(...names, `"use strict";\n${code}`)(...Object.values(runtime)) as object;
  }

  render(name: string, given: object): string {
    const template = this.#get(name);
    return template.rootRenderFunc(this.#context(name, template, Object.assign(Object.create(this.#globals) as Variables, given)));
  }

  hasFilter(name: string): boolean {
    return FILTERS.has(name) || this.#ownFilters.has(name);
  }

  hasTest(name: string): boolean {
    return TESTS.has(name);
  }

  compiledFilter(name: string): Compiled {
    const own = this.#ownFilters.get(name) as ((...args: unknown[]) => unknown) | undefined;
    if (own !== undefined) return compiled((value, args, named) => own(...forJavaScript([value, ...args], named)));
    const filter = FILTERS.get(name);
    return compiled((value, args, named) => {
      if (filter === undefined) raise("TemplateRuntimeError", `No filter named '${name}' found.`);
      return this.#apply(name, filter, value, args, named);
    });
  }

  compiledTest(name: string): Compiled {
    const test = TESTS.get(name);
    return compiled((value, args, named) => {
      if (test === undefined) raise("TemplateRuntimeError", `No test named '${name}' found.`);
      return this.#apply(name, test, value, args, named);
    });
  }

  /** The text of an included template; visible is null for one without context. */
  include(context: Context, wanted: unknown, ignoresMissing: boolean, visible: Named | null): string {
    const found = this.#select(wanted, ignoresMissing);
    if (found === null) return "";
    const [name, template] = found;
    if (visible === null) return this.#module(name, template).body;
    return template.rootRenderFunc(this.#context(name, template, context.all(visible)));
  }

  /** The macros and variables of another template; visible is null for one without context. */
  importModule(context: Context, wanted: unknown, visible: Named | null): Module {
    const name = nameOf(wanted);
    const template = this.#get(name);
    return visible === null ? this.#module(name, template) : this.#makeModule(name, template, context.all(visible));
  }

  /** Puts the blocks of a parent behind those of its children. */
  extend(context: Context, wanted: unknown): nunjucks.Template {
    const template = this.#get(nameOf(wanted));
    for (const [name, block] of Object.entries(template.blocks)) {
      const stack = context.blocks.get(name);
      if (stack === undefined) context.blocks.set(name, [block]);
      else stack.push(block);
    }
    return template;
  }

  #apply(name: string, { run, ...signature }: Filter, value: unknown, args: unknown[], named: Named): unknown {
    if (!signature.isOpen) return run(value, ...bind(name, signature, args, named));
    return run(value, {
      args,
      named,
      filter: (other: string) => this.compiledFilter(other).named,
      test: (other: string) => this.compiledTest(other).named,
      hasFilter: (other: string) => this.hasFilter(other),
      hasTest: (other: string) => this.hasTest(other),
    });
  }

  #compile(source: string, name: string): object {
    const compiler = new JinjaCompiler(name, false);
    compiler.names = this;
    try {
      compiler.compileRoot(new JinjaParser(new JinjaTokenizer(source)).parseAsRoot());
      return this.#program(compiler.getCode());
    } catch (error) {
      throw located(error, name, 1);
    }
  }

  #get(name: string): nunjucks.Template {
    const template = this.#find(name);
    return template ?? raise("TemplateNotFound", `template not found: ${name}`);
  }

  #find(name: string): nunjucks.Template | null {
    try {
      return this.#environment.getTemplate(name, true);
    } catch (error) {
      // the environment casts what the loader throws
      if (error instanceof TemplateError) throw error;
      if (error instanceof Error && error.message.startsWith("template not found")) return null;
      throw error;
    }
  }

  #select(wanted: unknown, ignoresMissing: boolean): [string, nunjucks.Template] | null {
    refuseUndefined(wanted);
    const names = Array.isArray(wanted) ? wanted : [wanted];
    for (const candidate of names) {
      const name = nameOf(candidate);
      const template = this.#find(name);
      if (template !== null) return [name, template];
    }
    if (ignoresMissing) return null;
    if (!Array.isArray(wanted)) raise("TemplateNotFound", `template not found: ${String(wanted)}`);
    return raise("TemplatesNotFound", `none of the templates given were found: ${names.join(", ")}`);
  }

  #context(name: string, template: nunjucks.Template, given: Variables): Context {
    return new Context(
      name,
      given,
      Object.entries(template.blocks).map(([block, render]): [string, Render[]] => [block, [render]]),
    );
  }

  #module(name: string, template: nunjucks.Template): Module {
    const known = this.#modules.get(template);
    if (known !== undefined) return known;
    const made = this.#makeModule(name, template, this.#globals);
    this.#modules.set(template, made);
    return made;
  }

  #makeModule(name: string, template: nunjucks.Template, given: Variables): Module {
    const context = this.#context(name, template, given);
    const body = template.rootRenderFunc(context);
    return new Module(body, context.exported());
  }
}

function compiled(apply: (value: unknown, args: unknown[], named: Named) => unknown): Compiled {
  return Object.assign((value: unknown, ...args: unknown[]) => apply(value, args, NO_NAMES), {
    named: (value: unknown, args: unknown[], named: Named = NO_NAMES) => apply(value, args, named),
  });
}

function nameOf(wanted: unknown): string {
  refuseUndefined(wanted);
  return isText(wanted) ? String(wanted) : raise("TypeError", "a template's name must be a text");
}
