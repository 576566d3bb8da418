import nunjucks from "nunjucks";
import { TemplateError } from "./errors.ts";
import { ExpressionParser } from "./expression-parser.ts";
import {
  Assign,
  AssignBlock,
  Autoescape,
  Block,
  CallBlock,
  Captured,
  Do,
  FilterBlock,
  For,
  Include,
  Jump,
  Macro,
  NamespaceRef,
  type Node,
  type Param,
  type Target,
  Tuple,
  With,
} from "./nodes.ts";

const { nodes, lexer } = nunjucks;

/** Statements of Jinja2, with those of its do and loopcontrols extensions. What the base can read stays with it. */
export class JinjaParser extends ExpressionParser {
  /** Loops around the statement that is read, for break and continue. */
  declare loops: number;

  override parseNodes(): Node[] {
    const body: Node[] = [];
    for (let token = this.nextToken(); token !== undefined; token = this.nextToken()) {
      const { lineno, colno } = token;
      if (token.type === lexer.TOKEN_DATA) {
        body.push(new nodes.Output(lineno, colno, [new nodes.TemplateData(lineno, colno, token.value)]));
      } else if (token.type === lexer.TOKEN_VARIABLE_START) {
        body.push(new nodes.Output(lineno, colno, [this.parseTupleExpression()]));
        if (!this.skip(lexer.TOKEN_VARIABLE_END)) this.fail("expected token 'end of print statement'");
      } else {
        const statement = this.parseStatement();
        if (statement === null) break;
        body.push(statement);
      }
    }
    return body;
  }

  override parseUntilBlocks(...names: string[]): nunjucks.nodes.NodeList {
    const body = super.parseUntilBlocks(...names);
    if (this.peekToken() === undefined) {
      this.fail(`Unexpected end of template. Jinja was looking for the following tags: '${names.join("' or '")}'.`);
    }
    return body;
  }

  override parseStatement(): Node | null {
    const token = this.peekToken();
    if (token?.type !== lexer.TOKEN_SYMBOL) return this.fail("tag name expected");
    const name = String(token.value);
    if (this.breakOnBlocks?.includes(name)) return null;
    switch (name) {
      case "if":
        return this.parseIf();
      case "for":
        return this.#for();
      case "set":
        return this.#set();
      case "block":
        return this.#block();
      case "extends":
        return this.parseExtends();
      case "include":
        return this.#include();
      case "import":
        return this.parseImport();
      case "from":
        return this.#from();
      case "macro":
        return this.#macro();
      case "call":
        return this.#callBlock();
      case "filter":
        return this.#filterBlock();
      case "with":
        return this.#with();
      case "do":
      case "print":
        return this.#evaluated(name);
      case "autoescape":
        return this.#autoescape();
      case "break":
      case "continue":
        return this.#jump(name);
      default:
        return this.fail(this.#unknown(name), token.lineno);
    }
  }

  #unknown(name: string): string {
    const looking = this.breakOnBlocks ? ` Jinja was looking for the following tags: '${this.breakOnBlocks.join("' or '")}'.` : "";
    return `Encountered unknown tag '${name}'.${looking}`;
  }

  #for(): Node {
    const [lineno, colno] = this.#begin();
    const target = this.#target(["in"]);
    if (!this.skipSymbol("in")) this.fail("expected token 'in'");
    const items = this.parseTuple(
      () => this.parseOr(),
      () => this.isAt(lexer.TOKEN_BLOCK_END) || this.peekToken()?.value === "recursive",
    );
    const test = this.skipSymbol("if") ? this.parseExpression() : null;
    const isRecursive = this.skipSymbol("recursive");
    this.#endTag();
    this.loops = (this.loops ?? 0) + 1;
    const body = this.parseUntilBlocks("endfor", "else");
    this.loops--;
    const otherwise = this.skipSymbol("else") ? this.#body("endfor") : null;
    if (otherwise === null) this.#end();
    return new For(lineno, colno, target, items, test, isRecursive, body, otherwise);
  }

  #set(): Node {
    const [lineno, colno] = this.#begin();
    const target = this.#target([], true);
    if (this.skipValue(lexer.TOKEN_OPERATOR, "=")) {
      const value = this.parseTupleExpression();
      this.#endTag();
      return new Assign(lineno, colno, target, value);
    }
    const filters = this.#filters(new Captured(lineno, colno));
    return new AssignBlock(lineno, colno, target, filters, this.#body("endset"));
  }

  #block(): Node {
    const [lineno, colno] = this.#begin();
    const name = this.parseName();
    const isScoped = this.skipSymbol("scoped");
    const isRequired = this.skipSymbol("required");
    if (this.peekToken()?.value === "-")
      this.fail("Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an underscore instead.");
    this.#endTag();
    const body = this.parseUntilBlocks("endblock");
    if (isRequired && !body.children.every(isBlank)) this.fail("Required blocks can only contain comments or whitespace", lineno);
    this.skipSymbol("endblock");
    this.skipSymbol(name);
    this.#endTag();
    return new Block(lineno, colno, name, isScoped, isRequired, body);
  }

  #include(): Node {
    const [lineno, colno] = this.#begin();
    const template = this.parseExpression();
    const ignoresMissing = this.isAtNames("ignore", "missing");
    if (ignoresMissing) this.position += 2;
    const withContext = this.parseWithContext() ?? true;
    this.#endTag();
    return new Include(lineno, colno, template, ignoresMissing, withContext);
  }

  #from(): Node {
    const [lineno, colno] = this.#begin();
    const template = this.parseExpression();
    if (!this.skipSymbol("import")) this.fail("expected token 'import'");
    const names = new nodes.NodeList(lineno, colno);
    do {
      if (names.children.length > 0 && (this.isAtNames("with", "context") || this.isAtNames("without", "context"))) break;
      const name = new nodes.Symbol(lineno, colno, this.parseName());
      if (name.value.startsWith("_"))
        throw new TemplateError("TemplateAssertionError", "names starting with an underline can not be imported", lineno + 1);
      names.addChild(this.skipSymbol("as") ? new nodes.Pair(lineno, colno, name, new nodes.Symbol(lineno, colno, this.parseName())) : name);
    } while (this.skip(lexer.TOKEN_COMMA));
    const withContext = this.parseWithContext();
    this.#endTag();
    return new nodes.FromImport(lineno, colno, template, names, withContext);
  }

  #macro(): Node {
    const [lineno, colno] = this.#begin();
    const name = this.parseName();
    if (!this.isAt(lexer.TOKEN_LEFT_PAREN)) this.fail("expected token '('");
    const params = this.#params();
    return new Macro(lineno, colno, name, params, this.#body("endmacro"));
  }

  #callBlock(): Node {
    const [lineno, colno] = this.#begin();
    const params = this.peekToken()?.type === lexer.TOKEN_LEFT_PAREN ? this.#params() : [];
    const call = this.parseExpression();
    if (!(call instanceof nodes.FunCall) || call instanceof nodes.Filter) this.fail("expected call", lineno);
    return new CallBlock(lineno, colno, call, new Macro(lineno, colno, null, params, this.#body("endcall")));
  }

  #filterBlock(): Node {
    const [lineno, colno] = this.#begin();
    const filters = this.#filters(this.parseFilterCall(new Captured(lineno, colno)));
    return new FilterBlock(lineno, colno, filters, this.#body("endfilter"));
  }

  #with(): Node {
    const [lineno, colno] = this.#begin();
    const targets: Target[] = [];
    const values: Node[] = [];
    while (!this.isAt(lexer.TOKEN_BLOCK_END)) {
      if (targets.length > 0) this.expectClosing(lexer.TOKEN_COMMA);
      targets.push(this.#target([]));
      if (!this.skipValue(lexer.TOKEN_OPERATOR, "=")) this.fail("expected token '='");
      values.push(this.parseExpression());
    }
    return new With(lineno, colno, targets, values, this.#body("endwith"));
  }

  /** do evaluates, print writes each of its expressions. */
  #evaluated(name: "do" | "print"): Node {
    const [lineno, colno] = this.#begin();
    const value = this.parseTupleExpression();
    this.#endTag();
    if (name === "do") return new Do(lineno, colno, value);
    return new nodes.Output(lineno, colno, value instanceof Tuple ? value.children : [value]);
  }

  #autoescape(): Node {
    const [lineno, colno] = this.#begin();
    const value = this.parseExpression();
    return new Autoescape(lineno, colno, value, this.#body("endautoescape"));
  }

  #jump(kind: "break" | "continue"): Node {
    const [lineno, colno] = this.#begin();
    if (!this.loops) this.fail(`'${kind}' outside loop`, lineno);
    this.#endTag();
    return new Jump(lineno, colno, kind);
  }

  #filters(start: Node): Node {
    let node = start;
    while (this.skip(lexer.TOKEN_PIPE)) node = this.parseFilterCall(node);
    return node;
  }

  #params(): Param[] {
    this.expect(lexer.TOKEN_LEFT_PAREN);
    const params: Param[] = [];
    while (!this.skip(lexer.TOKEN_RIGHT_PAREN)) {
      if (params.length > 0) this.expectClosing(lexer.TOKEN_COMMA);
      const name = this.parseName();
      const fallback = this.skipValue(lexer.TOKEN_OPERATOR, "=") ? this.parseExpression() : null;
      if (fallback === null && params.at(-1)?.fallback) this.fail("non-default argument follows default argument");
      params.push({ name, fallback });
    }
    return params;
  }

  /** A name or names to assign to; ends: the words that follow. */
  #target(ends: readonly string[], mayBeNamespace = false): Target {
    const isEnd = () =>
      this.isAt(lexer.TOKEN_BLOCK_END, lexer.TOKEN_RIGHT_PAREN) ||
      ends.includes(String(this.peekToken()?.value)) ||
      this.peekToken()?.value === "=";
    const target = this.parseTuple(() => this.#targetItem(mayBeNamespace), isEnd);
    return this.#assignable(target);
  }

  #targetItem(mayBeNamespace: boolean): Node {
    const token = this.peekToken();
    if (mayBeNamespace && token?.type === lexer.TOKEN_SYMBOL && this.look()?.value === "." && this.look()?.type === lexer.TOKEN_OPERATOR) {
      const namespace = new nodes.Symbol(token.lineno, token.colno, this.parseName());
      this.position++;
      return new NamespaceRef(token.lineno, token.colno, namespace, this.parseName());
    }
    return this.parsePrimary(true);
  }

  #assignable(node: Node): Target {
    if (node instanceof nodes.Symbol || node instanceof NamespaceRef) return node;
    if (!(node instanceof Tuple))
      return this.fail(`can't assign to '${node instanceof nodes.Literal ? "const" : node.typename.toLowerCase()}'`, node.lineno);
    for (const child of node.children) this.#assignable(child);
    return node;
  }

  /** Passes the name of the tag. */
  #begin(): [lineno: number, colno: number] {
    const token = this.nextToken();
    return [token?.lineno ?? 0, token?.colno ?? 0];
  }

  #endTag(): void {
    if (!this.skip(lexer.TOKEN_BLOCK_END)) {
      this.fail(`expected token 'end of statement block', got '${String(this.peekToken()?.value ?? "end of template")}'`);
    }
  }

  /** The rest of the tag, the body and the tag that ends it. */
  #body(end: string): nunjucks.nodes.NodeList {
    this.#endTag();
    const body = this.parseUntilBlocks(end);
    this.#end();
    return body;
  }

  #end(): void {
    this.position++;
    this.#endTag();
  }
}

function isBlank(node: Node): boolean {
  return (
    node instanceof nodes.Output && node.children.every((child) => child instanceof nodes.TemplateData && /^\s*$/.test(String(child.value)))
  );
}
