import nunjucks from "nunjucks";
import { TemplateError } from "./errors.ts";
import { ExpressionCompiler } from "./expression-compiler.ts";
import {
  type Assign,
  type AssignBlock,
  type Autoescape,
  Block,
  type CallBlock,
  Code,
  childrenOf,
  type Do,
  type FilterBlock,
  type For,
  type Include,
  type Jump,
  type Macro,
  mentions,
  NamespaceRef,
  type Node,
  type Target,
  Tuple,
  type With,
} from "./nodes.ts";
import { aliasOf, Scope, type Start } from "./scope.ts";

const { nodes } = nunjucks;

type Parts = nunjucks.nodes.NodeList;

/**
 * Writes a template as JavaScript: a function for its root and one for each block, each taking the context and giving
 * text. Nothing in it waits: loaders read at once, and no filter is asynchronous.
 */
export class JinjaCompiler extends ExpressionCompiler {
  /** The scopes that are the root's own: what they set is seen by blocks, includes and imports. */
  declare rootScope: Scope | null;
  /** Where an extends has been read: certainly run (static), perhaps run, or not yet. */
  declare extending: "no" | "perhaps" | "surely";
  /** Above 0 within an if of the root, whose extends may not run. */
  declare branches: number;
  /** Text is caught or belongs to a function of its own: extends doesn't drop it. */
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

  /** The program's text: constants first, then the functions. */
  override getCode(): string {
    const constants = Array.from(this.constants, ([code, id]) => `const ${id} = ${code};\n`).join("");
    return constants + super.getCode();
  }

  compileRoot(node: Parts): void {
    const blocks = blocksOf(node);
    const scope = this.#scope(null);
    if (mentions(node, "self")) scope.give("self");
    scope.analyse(...node.children);
    this.rootScope = scope;
    this.#function("root", "context", () => {
      this._emitLine("let parent = null;");
      if (scope.names.get("self")?.start.kind === "given") this._emitLine(`const ${scope.find("self")} = new SelfReference(context);`);
      this.#variables(scope);
      this._compileChildren(node, scope);
      this._emitLine("if (parent !== null) output += parent.rootRenderFunc(context);");
    });
    this.rootScope = null;
    for (const block of blocks) this.#blockFunction(block);
    this._emitLine(`return { root, ${blocks.map(({ name }) => `b_${name}`).join(", ")} };`);
  }

  compileOutput(node: Parts, scope: Scope): void {
    if (this.#isDropped()) return;
    const isGuarded = this.#isGuarded();
    if (isGuarded) this._emit("if (parent === null) {");
    for (const child of node.children) this.#write(child, scope);
    if (isGuarded) this._emitLine("}");
  }

  compileIf(node: nunjucks.nodes.If, scope: Scope): void {
    this.#at(node);
    this._emit("if (");
    this.softness++;
    this.branches++;
    this.compileTruth(node.cond, scope);
    this._emitLine(") {");
    this.compile(node.body, scope);
    if (node.else_ !== null) {
      this._emitLine("} else {");
      this.compile(node.else_, scope);
    }
    this._emitLine("}");
    this.softness--;
    this.branches--;
    this.line = -1;
  }

  compileFor(node: For, scope: Scope): void {
    this.#at(node);
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
    this.catching++;
    this.#loop(node, scope, usesLoop, { items: () => this._emit("items"), depth: "depth", recurse });
    this.catching--;
    this._popBuffer();
    this._emitLine(`return safe(${buffer}); };`);
    if (this.#isDropped()) return;
    this._emit(`${this.buffer} += asText(${recurse}(`);
    this.compile(node.items, scope);
    this._emitLine(", 0));");
  }

  compileJump({ kind }: Jump): void {
    this._emitLine(`${kind};`);
  }

  compileAssign(node: Assign, scope: Scope): void {
    this.#at(node);
    const id = this.#kept(node.value, scope);
    this.#assign(node.target, id, scope);
  }

  compileAssignBlock(node: AssignBlock, scope: Scope): void {
    this.#at(node);
    const id = this._tmpid();
    this._emitLine(`let ${id};`);
    this.#caught(node, scope, (inner) => {
      this._emit(`${id} = safe(asText(`);
      this.compile(node.filters, inner);
      this._emitLine("));");
    });
    this.#assign(node.target, id, scope);
  }

  compileFilterBlock(node: FilterBlock, scope: Scope): void {
    this.#at(node);
    const written = this.#isDropped() ? "" : `${this.buffer} += `;
    this.#caught(node, scope, (inner) => {
      this._emit(`${written}asWritten(`);
      this.compile(node.filters, inner);
      this._emitLine(");");
    });
  }

  compileWith(node: With, scope: Scope): void {
    const { targets, values, body } = node;
    this.#at(node);
    const given = values.map((value) => this.#kept(value, scope));
    const inner = this.#scope(scope);
    for (const target of targets) for (const name of namesOf(target)) inner.declare(name);
    inner.analyse(...body.children);
    this._emitLine("{");
    this.#variables(inner);
    for (const [index, target] of targets.entries()) this.#bind(target, given[index] ?? "undefined", inner);
    this.compile(body, inner);
    this._emitLine("}");
  }

  compileDo(node: Do, scope: Scope): void {
    this.#at(node);
    this.compile(node.value, scope);
    this._emitLine(";");
  }

  compileAutoescape(node: Autoescape, scope: Scope): void {
    this.#at(node);
    const before = this._tmpid();
    const wasVolatile = this.isVolatile;
    const inner = this.#scope(scope);
    inner.analyse(node.value, ...node.body.children);
    this._emitLine(`{ const ${before} = autoescape.isOn;`);
    this.#variables(inner);
    this._emit("try { autoescape.isOn = ");
    this.compileTruth(node.value, inner);
    this._emitLine(";");
    this.isVolatile = true;
    this.compile(node.body, inner);
    this.isVolatile = wasVolatile;
    this._emitLine(`} finally { autoescape.isOn = ${before}; } }`);
  }

  compileBlock(node: Block, scope: Scope): void {
    const isRoot = scope === this.rootScope;
    if (isRoot && this.extending === "surely") return;
    this.#at(node);
    const isGuarded = isRoot && this.extending === "perhaps";
    if (isGuarded) this._emit("if (parent === null) {");
    if (node.isRequired) this._emitLine(`requireBlock(context, ${JSON.stringify(node.name)});`);
    this._emit(`${this.buffer} += renderBlock(context, ${JSON.stringify(node.name)}, `);
    this._emit(node.isScoped ? `context.derived(${this.#visible(scope)})` : "context");
    this._emitLine(isGuarded ? "); }" : ");");
  }

  compileExtends(node: nunjucks.nodes.Extends, scope: Scope): void {
    if (scope !== this.rootScope)
      throw new TemplateError("TemplateAssertionError", "cannot use extend from a non top-level scope", node.lineno + 1);
    this.#at(node);
    if (this.extending !== "no") this._emitLine("if (parent !== null) extendedTwice();");
    this._emit("parent = extend(context, ");
    this.compile(node.template, scope);
    this._emitLine(");");
    if (this.branches === 0) this.extending = "surely";
    else if (this.extending === "no") this.extending = "perhaps";
  }

  compileInclude(node: Include, scope: Scope): void {
    this.#at(node);
    this._emit(`${this.buffer} += include(context, `);
    this.compile(node.template, scope);
    this._emitLine(`, ${node.ignoresMissing}, ${node.withContext ? this.#visible(scope) : "null"});`);
  }

  compileImport(node: nunjucks.nodes.Import, scope: Scope): void {
    this.#at(node);
    const id = this.#module(node.template, node.withContext, scope);
    this.#store(node.target.value, id, scope, false);
  }

  compileFromImport(node: nunjucks.nodes.FromImport, scope: Scope): void {
    this.#at(node);
    const id = this.#module(node.template, node.withContext, scope);
    for (const child of node.names.children) {
      const name = child instanceof nodes.Pair ? (child.key as nunjucks.nodes.Symbol).value : aliasOf(child).value;
      const line = `${node.lineno + 1}, ${JSON.stringify(this.templateName)}`;
      this.#store(aliasOf(child).value, `imported(${id}, ${JSON.stringify(name)}, ${line})`, scope, false);
    }
  }

  compileMacro(node: Macro, scope: Scope): void {
    this.#at(node);
    const id = this._tmpid();
    this._emit(`const ${id} = `);
    this.#macro(node, scope);
    this._emitLine(";");
    this.#store(node.name ?? "", id, scope, true);
  }

  compileCallBlock(node: CallBlock, scope: Scope): void {
    const { call, caller } = node;
    this.#at(node);
    const id = this._tmpid();
    this._emit(`const ${id} = `);
    this.#macro(caller, scope);
    this._emitLine(";");
    addCaller(call.args, new Code(0, 0, id));
    this._emit(this.#isDropped() ? "asWritten(" : `${this.buffer} += asWritten(`);
    this.compile(call, scope);
    this._emitLine(");");
  }

  compileCode({ source }: Code): void {
    this._emit(source);
  }

  #scope(parent: Scope | null): Scope {
    return parent === null ? new Scope(null, () => this._tmpid()) : parent.inner();
  }

  /** A function with a buffer of its own, that tells where it failed. */
  #function(name: string, params: string, body: () => void): void {
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

  #blockFunction(node: Block): void {
    const scope = this.#scope(null);
    const specials = ["self", "super"].filter((name) => mentions(node.body, name));
    for (const name of specials) scope.give(name);
    scope.analyse(...node.body.children);
    this.catching++;
    this.#function(`b_${node.name}`, "context", () => {
      if (specials.includes("self")) this._emitLine(`const ${scope.find("self")} = new SelfReference(context);`);
      if (specials.includes("super"))
        this._emitLine(`const ${scope.find("super")} = superBlock(context, ${JSON.stringify(node.name)}, b_${node.name});`);
      this.#variables(scope);
      this.compile(node.body, scope);
    });
    this.catching--;
  }

  #macro(node: Macro, scope: Scope): void {
    const inner = this.#scope(scope);
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
    this.#function("", "args", () => {
      for (const [index, id] of ids.entries()) this._emitLine(`let ${id} = args[${index}];`);
      this.#variables(inner);
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
    const inner = this.#scope(scope);
    const loop = usesLoop ? inner.give("loop") : null;
    for (const name of namesOf(node.target)) inner.declare(name);
    inner.analyse(...node.body.children);
    if (loop !== null) this._emitLine(`const ${loop} = new Loop(${list}, ${from.depth}, ${from.recurse});`);
    // as in Jinja2, else runs too when each turn of the loop was left by continue or break
    const untouched = node.else_ !== null && hasJump(node.body) ? this._tmpid() : null;
    if (untouched !== null) this._emitLine(`let ${untouched} = true;`);
    this._emitLine(`for (let ${index} = 0; ${index} < ${list}.length; ${index}++) {`);
    if (loop !== null) this._emitLine(`${loop}.index0 = ${index};`);
    this.#variables(inner);
    this.#bind(node.target, `${list}[${index}]`, inner);
    this.line = -1;
    this.compile(node.body, inner);
    this._emitLine(untouched === null ? "}" : `${untouched} = false; }`);
    this.line = -1;
    if (node.else_ !== null) this.#else(node.else_, untouched ?? `${list}.length === 0`, scope);
  }

  #else(body: Parts, condition: string, scope: Scope): void {
    const inner = this.#scope(scope);
    inner.analyse(...body.children);
    this._emitLine(`if (${condition}) {`);
    this.#variables(inner);
    this.compile(body, inner);
    this._emitLine("}");
    this.line = -1;
  }

  #filterItems(target: Target, test: Node, scope: Scope): void {
    const inner = this.#scope(scope);
    for (const name of namesOf(target)) inner.declare(name);
    inner.analyse(test);
    const item = this._tmpid();
    this._emitLine(`filterItems((${item}) => {`);
    this.#variables(inner);
    this.#bind(target, item, inner);
    this._emit("return ");
    this.compileTruth(test, inner);
    this._emit("; }, ");
  }

  /** A body whose text is caught in a variable: within use, the filters begin with it. */
  #caught({ body, filters }: { body: Parts; filters: Node }, scope: Scope, use: (inner: Scope) => void): void {
    const inner = this.#scope(scope);
    inner.analyse(...body.children, filters);
    this._emitLine("{");
    this.#variables(inner);
    const buffer = this._pushBuffer();
    this.catching++;
    this.compile(body, inner);
    this.catching--;
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
  #variables(scope: Scope): void {
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
      this.#store(target.value, value, scope, true);
    }
  }

  /** Sets a variable, and at the root the context's too: blocks and includes look there. */
  #store(name: string, value: string, scope: Scope, isExported: boolean): void {
    const id = scope.find(name);
    this._emit(`${id} = ${value};`);
    if (scope === this.rootScope) this._emit(` context.set(${JSON.stringify(name)}, ${id}, ${isExported && !name.startsWith("_")});`);
    this._emitLine("");
  }

  #module(template: Node, withContext: boolean | null, scope: Scope): string {
    const id = this._tmpid();
    this._emit(`const ${id} = importModule(context, `);
    this.compile(template, scope);
    this._emitLine(withContext === true ? `, ${this.#visible(scope)});` : ", null);");
    return id;
  }

  /** The names that the template sees here, for one that is included. */
  #visible(scope: Scope): string {
    const visible = scope.visible();
    return `{ names: ${this.constant(JSON.stringify(visible.map(([name]) => name)))}, values: [${visible.map(([, id]) => id).join(", ")}] }`;
  }

  #write(child: Node, scope: Scope): void {
    if (child instanceof nodes.TemplateData) {
      this._emitLine(`${this.buffer} += ${JSON.stringify(child.value)};`);
      return;
    }
    this.#at(child);
    this._emit(`${this.buffer} += ${this.isVolatile ? "printed" : "escapeHtml"}(`);
    this.compileLoose(child, scope);
    this._emitLine(");");
  }

  /** Notes the line, for errors. */
  #at({ lineno }: Pick<Node, "lineno">): void {
    if (lineno === this.line) return;
    this.line = lineno;
    this._emit(`line = ${lineno + 1}; `);
  }

  #isDropped(): boolean {
    return this.catching === 0 && this.extending === "surely";
  }

  #isGuarded(): boolean {
    return this.catching === 0 && this.extending === "perhaps";
  }
}

function startCode(name: string, start: Start): string {
  if (start.kind === "context") return ` = context.get(${JSON.stringify(name)})`;
  return start.kind === "outer" ? ` = ${start.id}` : "";
}

/** Gives a call the caller by name, before arguments unpacked from a mapping. */
function addCaller(args: Parts, caller: Node): void {
  const pair = new nodes.Pair(0, 0, new nodes.Literal(0, 0, "caller"), caller);
  const named = args.children.find((arg) => arg instanceof nodes.KeywordArgs);
  if (named instanceof nodes.KeywordArgs) named.addChild(pair);
  else args.addChild(new nodes.KeywordArgs(0, 0, [pair]));
}

function namesOf(target: Target): string[] {
  if (target instanceof Tuple) return target.children.flatMap((child) => namesOf(child as Target));
  return target instanceof nodes.Symbol ? [target.value] : [];
}

function hasScopedBlock(node: Node): boolean {
  return (node instanceof Block && node.isScoped) || childrenOf(node).some(hasScopedBlock);
}

function hasJump(node: Node): boolean {
  return node.typename === "Jump" || childrenOf(node).some(hasJump);
}

function blocksOf(root: Node): Block[] {
  const blocks = new Map<string, Block>();
  const visit = (node: Node) => {
    if (node instanceof Block) {
      if (blocks.has(node.name)) throw new TemplateError("TemplateAssertionError", `block '${node.name}' defined twice`, node.lineno + 1);
      blocks.set(node.name, node);
    }
    for (const child of childrenOf(node)) visit(child);
  };
  visit(root);
  return [...blocks.values()];
}
