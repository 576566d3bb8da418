import nunjucks from "nunjucks";
import { addCaller } from "./add-caller.ts";
import { TemplateError } from "./errors.ts";
import { ExpressionCompiler } from "./expression-compiler.ts";
import { hasJump, hasScopedBlock, namesOf } from "./look-into.ts";
import {
  type Assign,
  type AssignBlock,
  type Autoescape,
  type CallBlock,
  Code,
  type Do,
  type FilterBlock,
  type For,
  type Jump,
  type Macro,
  mentions,
  NamespaceRef,
  type Node,
  type Target,
  Tuple,
  type With,
} from "./nodes.ts";
import { Scope, startCode } from "./scope.ts";

const { nodes } = nunjucks;

type Parts = nunjucks.nodes.NodeList;

/** Writes statements: what is printed, conditions, loops, assignments, macros. Names that are set become variables of their scope. */
export class StatementCompiler extends ExpressionCompiler {
  /** The scopes that are the root's own: what they set is seen by blocks, includes and imports. */
  declare rootScope: Scope | null;
  /** Where an extends has been read: certainly run (static), perhaps run, or not yet. */
  declare extending: "no" | "perhaps" | "surely";
  /** Above 0 within an if of the root, whose extends may not run. */
  declare branches: number;
  /** Above 0 in set blocks, macros and blocks, whose text extends doesn't drop. Filter and call blocks are always written, as in Jinja2. */
  declare catching: number;
  declare line: number;

  override init(templateName: string, throwOnUndefined: boolean): void {
    super.init(templateName, throwOnUndefined);
    this.rootScope = null;
    this.extending = "no";
    this.branches = 0;
    this.catching = 0;
    this.line = -1;
  }

  compileOutput(node: Parts, scope: Scope): void {
    if (this.isDropped()) return;
    const isGuarded = this.isGuarded();
    if (isGuarded) this._emit("if (parent === null) {");
    for (const child of node.children) this.#write(child, scope);
    if (!isGuarded) return;
    this._emitLine("}");
    this.line = -1;
  }

  compileIf(node: nunjucks.nodes.If, scope: Scope): void {
    this.noteLine(node);
    this._emit("if (");
    this.softness++;
    this.branches++;
    this.compileTruth(node.cond, scope);
    this._emitLine(") {");
    this.compile(node.body, scope);
    if (node.else_ !== null) {
      this._emitLine("} else {");
      this.line = -1;
      this.compile(node.else_, scope);
    }
    this._emitLine("}");
    this.softness--;
    this.branches--;
    this.line = -1;
  }

  compileFor(node: For, scope: Scope): void {
    this.noteLine(node);
    if (mentions(node.target, "loop"))
      throw new TemplateError("TemplateAssertionError", "Can't assign to special loop variable in for-loop target", node.lineno + 1);
    const usesLoop = node.isRecursive || mentions(node.body, "loop") || hasScopedBlock(node.body);
    if (!node.isRecursive) {
      this.#loop(node, scope, usesLoop, { items: () => this.compile(node.items, scope), depth: "0", recurse: "null" });
      return;
    }
    const recurse = this._tmpid();
    this._emitLine(`const ${recurse} = (items, depth) => {`);
    const buffer = this._pushBuffer();
    this.#loop(node, scope, usesLoop, { items: () => this._emit("items"), depth: "depth", recurse });
    this._popBuffer();
    this._emitLine(`return safe(${buffer}); };`);
    this._emit(`${this.buffer} += asText(${recurse}(`);
    this.compile(node.items, scope);
    this._emitLine(", 0));");
  }

  compileJump({ kind }: Jump): void {
    this._emitLine(`${kind};`);
  }

  compileAssign(node: Assign, scope: Scope): void {
    this.noteLine(node);
    const id = this.#kept(node.value, scope);
    this.#assign(node.target, id, scope);
  }

  compileAssignBlock(node: AssignBlock, scope: Scope): void {
    this.noteLine(node);
    const id = this._tmpid();
    this._emitLine(`let ${id};`);
    this.catching++;
    this.#caught(node, scope, (inner) => {
      this._emit(`${id} = safe(asText(`);
      this.compile(node.filters, inner);
      this._emitLine("));");
    });
    this.catching--;
    this.#assign(node.target, id, scope);
  }

  compileFilterBlock(node: FilterBlock, scope: Scope): void {
    this.noteLine(node);
    this.#caught(node, scope, (inner) => {
      this._emit(`${this.buffer} += asWritten(`);
      this.compile(node.filters, inner);
      this._emitLine(");");
    });
  }

  compileWith(node: With, scope: Scope): void {
    const { targets, values, body } = node;
    this.noteLine(node);
    const given = values.map((value) => this.#kept(value, scope));
    const inner = this.innerScope(scope);
    for (const target of targets) for (const name of namesOf(target)) inner.declare(name);
    inner.analyse(...body.children);
    this._emitLine("{");
    this.declareVariables(inner);
    for (const [index, target] of targets.entries()) this.#bind(target, given[index] ?? "undefined", inner);
    this.compile(body, inner);
    this._emitLine("}");
  }

  compileDo(node: Do, scope: Scope): void {
    this.noteLine(node);
    this.compile(node.value, scope);
    this._emitLine(";");
  }

  compileAutoescape(node: Autoescape, scope: Scope): void {
    this.noteLine(node);
    const before = this._tmpid();
    const wasVolatile = this.isVolatile;
    const inner = this.innerScope(scope);
    inner.analyse(node.value, ...node.body.children);
    this._emitLine(`{ const ${before} = autoescape.isOn;`);
    this.declareVariables(inner);
    this._emit("try { autoescape.isOn = ");
    this.compileTruth(node.value, inner);
    this._emitLine(";");
    this.isVolatile = true;
    this.compile(node.body, inner);
    this.isVolatile = wasVolatile;
    this._emitLine(`} finally { autoescape.isOn = ${before}; } }`);
  }

  compileMacro(node: Macro, scope: Scope): void {
    this.noteLine(node);
    const id = this._tmpid();
    this._emit(`const ${id} = `);
    this.#macro(node, scope);
    this._emitLine(";");
    this.storeName(node.name ?? "", id, scope, true);
  }

  compileCallBlock(node: CallBlock, scope: Scope): void {
    const { call, caller } = node;
    this.noteLine(node);
    const id = this._tmpid();
    this._emit(`const ${id} = `);
    this.#macro(caller, scope);
    this._emitLine(";");
    addCaller(call.args, new Code(0, 0, id));
    this._emit(`${this.buffer} += asWritten(`);
    this.compile(call, scope);
    this._emitLine(");");
  }

  compileCode({ source }: Code): void {
    this._emit(source);
  }

  innerScope(parent: Scope | null): Scope {
    return parent === null ? new Scope(null, () => this._tmpid()) : parent.inner();
  }

  /** A function with a buffer of its own, that tells where it failed. */
  writeFunction(name: string, params: string, body: () => void): void {
    const buffer = this.buffer;
    const line = this.line;
    this.buffer = "output";
    this.line = -1;
    this._emitLine(`function ${name}(${params}) { let output = "", line = 1; try {`);
    body();
    this._emitLine(`return output; } catch (error) { throw located(error, ${JSON.stringify(this.templateName)}, line); } }`);
    this.buffer = buffer;
    this.line = line;
  }

  #macro(node: Macro, scope: Scope): void {
    const inner = this.innerScope(scope);
    const params = node.params.map(({ name }) => name);
    const uses = (name: string) => mentions(node.body, name) && !params.includes(name);
    const specials = ["caller", "kwargs", "varargs"].filter(uses);
    if (
      params.includes("caller") &&
      node.params.find(({ name }) => name === "caller")?.fallback === null &&
      mentions(node.body, "caller")
    ) {
      throw new TemplateError(
        "TemplateAssertionError",
        'When defining macros or call blocks the special "caller" argument must be omitted or be given a default.',
        node.lineno + 1,
      );
    }
    const ids = [...params, ...specials].map((name) => inner.give(name));
    inner.analyse(...node.params.map(({ fallback }) => fallback), ...node.body.children);
    const shape = { name: node.name, params, usesCaller: uses("caller"), usesKwargs: uses("kwargs"), usesVarargs: uses("varargs") };
    this._emit(`new Macro(${this.constant(JSON.stringify(shape))}, `);
    this.catching++;
    this.writeFunction("", "args", () => {
      for (const [index, id] of ids.entries()) this._emitLine(`let ${id} = args[${index}];`);
      this.declareVariables(inner);
      for (const { name, fallback } of node.params) this.#fallback(name, fallback, inner);
      this.compile(node.body, inner);
    });
    this.catching--;
    this._emit(")");
  }

  #fallback(name: string, fallback: Node | null, scope: Scope): void {
    const id = scope.find(name);
    this._emit(`if (${id} === undefined) ${id} = `);
    if (fallback === null) this._emit(`notProvided(${JSON.stringify(name)})`);
    else this.compile(fallback, scope);
    this._emitLine(";");
  }

  #loop(node: For, scope: Scope, usesLoop: boolean, from: { items: () => void; depth: string; recurse: string }): void {
    const [list, index] = [this._tmpid(), this._tmpid()];
    this._emit(`const ${list} = `);
    if (node.test === null) this._emit("itemsOf(");
    else this.#filterItems(node.target, node.test, scope);
    from.items();
    this._emitLine(");");
    const inner = this.innerScope(scope);
    const loop = usesLoop ? inner.give("loop") : null;
    for (const name of namesOf(node.target)) inner.declare(name);
    inner.analyse(...node.body.children);
    if (loop !== null) this._emitLine(`const ${loop} = new Loop(${list}, ${from.depth}, ${from.recurse});`);
    // as in Jinja2, else runs too when each turn of the loop was left by continue or break
    const untouched = node.else_ !== null && hasJump(node.body) ? this._tmpid() : null;
    if (untouched !== null) this._emitLine(`let ${untouched} = true;`);
    this._emitLine(`for (let ${index} = 0; ${index} < ${list}.length; ${index}++) {`);
    if (loop !== null) this._emitLine(`${loop}.index0 = ${index};`);
    this.declareVariables(inner);
    this.#bind(node.target, `${list}[${index}]`, inner);
    this.line = -1;
    this.compile(node.body, inner);
    this._emitLine(untouched === null ? "}" : `${untouched} = false; }`);
    this.line = -1;
    if (node.else_ !== null) this.#else(node.else_, untouched ?? `${list}.length === 0`, scope);
  }

  #else(body: Parts, condition: string, scope: Scope): void {
    const inner = this.innerScope(scope);
    inner.analyse(...body.children);
    this._emitLine(`if (${condition}) {`);
    this.declareVariables(inner);
    this.compile(body, inner);
    this._emitLine("}");
    this.line = -1;
  }

  #filterItems(target: Target, test: Node, scope: Scope): void {
    const inner = this.innerScope(scope);
    for (const name of namesOf(target)) inner.declare(name);
    inner.analyse(test);
    const item = this._tmpid();
    this._emitLine(`filterItems((${item}) => {`);
    this.declareVariables(inner);
    this.#bind(target, item, inner);
    this._emit("return ");
    this.compileTruth(test, inner);
    this._emit("; }, ");
  }

  /** A body whose text is caught in a variable: within use, the filters begin with it. */
  #caught({ body, filters }: { body: Parts; filters: Node }, scope: Scope, use: (inner: Scope) => void): void {
    const inner = this.innerScope(scope);
    inner.analyse(...body.children, filters);
    this._emitLine("{");
    this.declareVariables(inner);
    const buffer = this._pushBuffer();
    this.compile(body, inner);
    this._popBuffer();
    this.captured.push(`safe(${buffer})`);
    use(inner);
    this.captured.pop();
    this._emitLine("}");
    this.line = -1;
  }

  /** The value of an expression in a constant. */
  #kept(value: Node, scope: Scope): string {
    const id = this._tmpid();
    this._emit(`const ${id} = `);
    this.compile(value, scope);
    this._emitLine(";");
    return id;
  }

  /** Declares the variables of a scope, but for those that the statement makes. */
  declareVariables(scope: Scope): void {
    for (const [name, { id, start }] of scope.names) {
      if (start.kind !== "given") this._emitLine(`let ${id}${startCode(name, start)};`);
    }
  }

  /** Takes a value apart into the names of a target that the scope has just declared. */
  #bind(target: Target, value: string, scope: Scope): void {
    if (target instanceof nodes.Symbol) {
      this._emitLine(`${scope.find(target.value)} = ${value};`);
    } else if (target instanceof Tuple) {
      const id = this._tmpid();
      this._emitLine(`const ${id} = unpack(${value}, ${target.children.length});`);
      for (const [index, child] of target.children.entries()) this.#bind(child as Target, `${id}[${index}]`, scope);
    }
  }

  #assign(target: Target, value: string, scope: Scope): void {
    if (target instanceof Tuple) {
      const id = this._tmpid();
      this._emitLine(`const ${id} = unpack(${value}, ${target.children.length});`);
      for (const [index, child] of target.children.entries()) this.#assign(child as Target, `${id}[${index}]`, scope);
    } else if (target instanceof NamespaceRef) {
      this._emit("setInNamespace(");
      this.compile(target.namespace, scope);
      this._emitLine(`, ${JSON.stringify(target.name)}, ${value});`);
    } else {
      this.storeName(target.value, value, scope, true);
    }
  }

  /** Sets a variable, and at the root the context's too: blocks and includes look there. */
  storeName(name: string, value: string, scope: Scope, isExported: boolean): void {
    const id = scope.find(name);
    this._emit(`${id} = ${value};`);
    if (scope === this.rootScope) this._emit(` context.set(${JSON.stringify(name)}, ${id}, ${isExported && !name.startsWith("_")});`);
    this._emitLine("");
  }

  /** The names that the template sees here, for one that is included. */
  visibleNames(scope: Scope): string {
    const visible = scope.visible();
    return `{ names: ${this.constant(JSON.stringify(visible.map(([name]) => name)))}, values: [${visible.map(([, id]) => id).join(", ")}] }`;
  }

  #write(child: Node, scope: Scope): void {
    if (child instanceof nodes.TemplateData) {
      this._emitLine(`${this.buffer} += ${JSON.stringify(child.value)};`);
      return;
    }
    this.noteLine(child);
    this._emit(`${this.buffer} += ${this.isVolatile ? "printed" : "escapeHtml"}(`);
    this.compileLoose(child, scope);
    this._emitLine(");");
  }

  /** Notes the line, for errors. */
  noteLine({ lineno }: Pick<Node, "lineno">): void {
    if (lineno === this.line) return;
    this.line = lineno;
    this._emit(`line = ${lineno + 1}; `);
  }

  isDropped(): boolean {
    return this.catching === 0 && this.extending === "surely";
  }

  isGuarded(): boolean {
    return this.catching === 0 && this.extending === "perhaps";
  }
}
