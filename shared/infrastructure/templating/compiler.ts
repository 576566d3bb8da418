import nunjucks from "nunjucks";
import { TemplateError } from "./errors.ts";
import { Block, childrenOf, type Include, mentions, type Node } from "./nodes.ts";
import { aliasOf, type Scope } from "./scope.ts";
import { StatementCompiler } from "./statement-compiler.ts";

const { nodes } = nunjucks;

type Parts = nunjucks.nodes.NodeList;

/**
 * Writes a template as JavaScript: a function for its root and one for each block, each taking the context and giving
 * text. Nothing in it waits: loaders read at once, and no filter is asynchronous.
 */
export class JinjaCompiler extends StatementCompiler {
  /** The program's text: constants first, then the functions. */
  override getCode(): string {
    const constants = Array.from(this.constants, ([code, id]) => `const ${id} = ${code};\n`).join("");
    return constants + super.getCode();
  }

  compileRoot(node: Parts): void {
    const blocks = blocksOf(node);
    const scope = this.innerScope(null);
    if (mentions(node, "self")) scope.give("self");
    scope.analyse(...node.children);
    this.rootScope = scope;
    this.writeFunction("root", "context", () => {
      this._emitLine("let parent = null;");
      if (scope.names.get("self")?.start.kind === "given") this._emitLine(`const ${scope.find("self")} = new SelfReference(context);`);
      this.declareVariables(scope);
      this._compileChildren(node, scope);
      this._emitLine("if (parent !== null) output += parent.rootRenderFunc(context);");
    });
    this.rootScope = null;
    for (const block of blocks) this.#blockFunction(block);
    this._emitLine(`return { root, ${blocks.map(({ name }) => `b_${name}`).join(", ")} };`);
  }

  compileBlock(node: Block, scope: Scope): void {
    const isRoot = scope === this.rootScope;
    if (isRoot && this.extending === "surely") return;
    this.noteLine(node);
    const isGuarded = isRoot && this.extending === "perhaps";
    if (isGuarded) this._emit("if (parent === null) {");
    if (node.isRequired) this._emitLine(`requireBlock(context, ${JSON.stringify(node.name)});`);
    this._emit(`${this.buffer} += renderBlock(context, ${JSON.stringify(node.name)}, `);
    this._emit(node.isScoped ? `context.derived(${this.visibleNames(scope)})` : "context");
    this._emitLine(isGuarded ? "); }" : ");");
  }

  compileExtends(node: nunjucks.nodes.Extends, scope: Scope): void {
    if (scope !== this.rootScope)
      throw new TemplateError("TemplateAssertionError", "cannot use extend from a non top-level scope", node.lineno + 1);
    this.noteLine(node);
    if (this.extending !== "no") this._emitLine("if (parent !== null) extendedTwice();");
    this._emit("parent = extend(context, ");
    this.compile(node.template, scope);
    this._emitLine(");");
    if (this.branches === 0) this.extending = "surely";
    else if (this.extending === "no") this.extending = "perhaps";
  }

  compileInclude(node: Include, scope: Scope): void {
    this.noteLine(node);
    this._emit(`${this.buffer} += include(context, `);
    this.compile(node.template, scope);
    this._emitLine(`, ${node.ignoresMissing}, ${node.withContext ? this.visibleNames(scope) : "null"});`);
  }

  compileImport(node: nunjucks.nodes.Import, scope: Scope): void {
    this.noteLine(node);
    const id = this.#module(node.template, node.withContext, scope);
    this.storeName(node.target.value, id, scope, false);
  }

  compileFromImport(node: nunjucks.nodes.FromImport, scope: Scope): void {
    this.noteLine(node);
    const id = this.#module(node.template, node.withContext, scope);
    for (const child of node.names.children) {
      const name = child instanceof nodes.Pair ? (child.key as nunjucks.nodes.Symbol).value : aliasOf(child).value;
      const line = `${node.lineno + 1}, ${JSON.stringify(this.templateName)}`;
      this.storeName(aliasOf(child).value, `imported(${id}, ${JSON.stringify(name)}, ${line})`, scope, false);
    }
  }

  #blockFunction(node: Block): void {
    const scope = this.innerScope(null);
    const specials = ["self", "super"].filter((name) => mentions(node.body, name));
    for (const name of specials) scope.give(name);
    scope.analyse(...node.body.children);
    this.catching++;
    this.writeFunction(`b_${node.name}`, "context", () => {
      if (specials.includes("self")) this._emitLine(`const ${scope.find("self")} = new SelfReference(context);`);
      if (specials.includes("super"))
        this._emitLine(`const ${scope.find("super")} = superBlock(context, ${JSON.stringify(node.name)}, b_${node.name});`);
      this.declareVariables(scope);
      this.compile(node.body, scope);
    });
    this.catching--;
  }

  #module(template: Node, withContext: boolean | null, scope: Scope): string {
    const id = this._tmpid();
    this._emit(`const ${id} = importModule(context, `);
    this.compile(template, scope);
    this._emitLine(withContext === true ? `, ${this.visibleNames(scope)});` : ", null);");
    return id;
  }
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
