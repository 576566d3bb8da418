import nunjucks from "nunjucks";
import {
  Assign,
  AssignBlock,
  Autoescape,
  Block,
  CallBlock,
  childrenOf,
  FilterBlock,
  For,
  Macro,
  NamespaceRef,
  type Node,
  Tuple,
  With,
} from "./nodes.ts";

const { nodes } = nunjucks;

/** Where a name's variable begins: as the context's value, as nothing, as the value of the scope around, or made by the statement itself. */
export type Start = { kind: "context" } | { kind: "unset" } | { kind: "outer"; id: string } | { kind: "given" };

/**
 * The variables of one stretch of a template: what is set inside a loop, a macro or a block stays inside. Every name that
 * is read or set there becomes one variable of the compiled function, found before the code is written.
 */
export class Scope {
  readonly parent: Scope | null;
  readonly names = new Map<string, { id: string; start: Start }>();
  /** Names that this scope sets, in order. */
  readonly stored = new Set<string>();
  readonly #makeId: () => string;

  constructor(parent: Scope | null, makeId: () => string) {
    this.parent = parent;
    this.#makeId = makeId;
  }

  /** The scope inside this one. */
  inner(): Scope {
    return new Scope(this, this.#makeId);
  }

  /** The variable of a name, here or around; every name has been found by read() or analyse(). */
  find(name: string): string | null {
    return this.names.get(name)?.id ?? this.parent?.find(name) ?? null;
  }

  /** A parameter, or another name whose variable the statement makes. */
  give(name: string): string {
    this.stored.add(name);
    return this.#define(name, { kind: "given" });
  }

  /** A name that is new in this scope, whatever it is called around. */
  declare(name: string): string {
    this.stored.add(name);
    return this.#define(name, { kind: "unset" });
  }

  /** Finds the names of statements and expressions, in the order in which they run. */
  analyse(...list: (Node | null)[]): void {
    for (const node of list) if (node !== null) this.#visit(node);
  }

  /** Names set here and around, each with its variable: what an included template sees. */
  visible(): [name: string, id: string][] {
    const seen = new Map<string, string>();
    for (let scope: Scope | null = this; scope !== null; scope = scope.parent) {
      for (const name of scope.stored) if (!seen.has(name)) seen.set(name, scope.find(name) ?? "undefined");
    }
    return [...seen];
  }

  store(name: string): void {
    this.stored.add(name);
    if (this.names.has(name)) return;
    const outer = this.parent?.find(name) ?? null;
    this.#define(name, outer === null ? { kind: "unset" } : { kind: "outer", id: outer });
  }

  #read(name: string): void {
    if (this.find(name) === null) this.#define(name, { kind: "context" });
  }

  #define(name: string, start: Start): string {
    const id = this.names.get(name)?.id ?? this.#makeId();
    this.names.set(name, { id, start });
    return id;
  }

  #visit(node: Node): void {
    if (node instanceof nodes.Symbol) this.#read(node.value);
    else if (node instanceof Assign) this.#assign(node.target, node.value);
    else if (node instanceof AssignBlock) this.storeTarget(node.target);
    else if (node instanceof nodes.If) this.#branches(node);
    else if (node instanceof For) this.#visit(node.items);
    else if (node instanceof Macro) this.store(node.name ?? "");
    else if (node instanceof CallBlock) this.#visit(node.call);
    else if (node instanceof With) this.analyse(...node.values);
    else if (node instanceof nodes.Import) this.#import(node.template, [node.target]);
    else if (node instanceof nodes.FromImport) this.#import(node.template, node.names.children.map(aliasOf));
    else if (node instanceof nodes.Filter) this.analyse(...node.args.children);
    else if (node instanceof nodes.KeywordArgs) this.analyse(...node.children.map(({ value }) => value));
    else if (node instanceof Block || node instanceof FilterBlock || node instanceof Autoescape) return;
    else this.analyse(...childrenOf(node));
  }

  #assign(target: Node, value: Node): void {
    this.#visit(value);
    this.storeTarget(target);
  }

  storeTarget(target: Node): void {
    if (target instanceof Tuple) for (const child of target.children) this.storeTarget(child);
    else if (target instanceof NamespaceRef) this.#read(target.namespace.value);
    else if (target instanceof nodes.Symbol) this.store(target.value);
  }

  /** What only a branch sets has its value from outside until then. */
  #branches(node: nunjucks.nodes.If): void {
    this.#visit(node.cond);
    const before = new Set(this.stored);
    this.analyse(node.body, node.else_);
    for (const name of this.stored) {
      const found = this.names.get(name);
      if (!before.has(name) && found?.start.kind === "unset") this.names.set(name, { ...found, start: { kind: "context" } });
    }
  }

  #import(template: Node, targets: readonly nunjucks.nodes.Symbol[]): void {
    this.#visit(template);
    for (const { value } of targets) this.store(value);
  }
}

/** The name under which from … import gives a thing. */
export function aliasOf(node: Node): nunjucks.nodes.Symbol {
  return (node instanceof nodes.Pair ? node.value : node) as nunjucks.nodes.Symbol;
}

/** What a variable is declared with: nothing, the value of an outer scope, or that of the context. */
export function startCode(name: string, start: Start): string {
  if (start.kind === "context") return ` = context.get(${JSON.stringify(name)})`;
  return start.kind === "outer" ? ` = ${start.id}` : "";
}
