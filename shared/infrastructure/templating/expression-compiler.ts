import nunjucks from "nunjucks";
import { TemplateError } from "./errors.ts";
import { type Captured, Member, type Node, Slice, Spread, type Test, Tuple } from "./nodes.ts";
import type { Scope } from "./scope.ts";
import { Float } from "./values.ts";

const {
  nodes,
  compiler: { Compiler },
} = nunjucks;

type Call = nunjucks.nodes.FunCall;
type Binary = nunjucks.nodes.BinOp;

const COMPARE: Readonly<Record<string, string>> = {
  "==": "isEqual",
  "!=": "isNotEqual",
  "<": "isLess",
  "<=": "isAtMost",
  ">": "isMore",
  ">=": "isAtLeast",
  in: "isIn",
  "not in": "isNotIn",
};

/** Which filters and tests there are: asked while compiling, so that a misspelt one is told before the page renders. */
export interface Names {
  hasFilter(name: string): boolean;
  hasTest(name: string): boolean;
}

/** Writes expressions as calls of the runtime's functions; names are variables of the function, never looked up while it runs. */
export class ExpressionCompiler extends Compiler<Scope> {
  declare names: Names;
  /** Constants of the program, written before its functions, by their code. */
  declare constants: Map<string, string>;
  /** Above 0 inside what may not run: there an unknown filter is an error only when it does. */
  declare softness: number;
  /** Inside an autoescape block, where the runtime says whether to escape. */
  declare isVolatile: boolean;
  /** The variables that hold what filter and set blocks caught. */
  declare captured: string[];

  override init(templateName: string, throwOnUndefined: boolean): void {
    super.init(templateName, throwOnUndefined);
    this.constants = new Map();
    this.softness = 0;
    this.isVolatile = false;
    this.captured = [];
  }

  /** An expression as a condition: true or false of JavaScript. */
  compileTruth(node: Node, scope: Scope): void {
    if (node instanceof nodes.And || node instanceof nodes.Or) {
      this.#between("(", ")", () => {
        this.compileTruth(node.left, scope);
        this._emit(node instanceof nodes.And ? " && " : " || ");
        this.compileTruth(node.right, scope);
      });
    } else if (node instanceof nodes.Not || node instanceof nodes.Compare || node.typename === "Test") {
      this.compile(node, scope);
    } else {
      this.#between("isTrue(", ")", () => this.compileLoose(node, scope));
    }
  }

  /** An expression where undefined need not know its name: printed, or asked whether it is true. */
  compileLoose(node: Node, scope: Scope): void {
    if (node instanceof nodes.Symbol) this._emit(this.variable(node, scope));
    else this.compile(node, scope);
  }

  compileSymbol(node: nunjucks.nodes.Symbol, scope: Scope): void {
    const id = this.variable(node, scope);
    this._emit(`(${id} === undefined ? undefinedName(${JSON.stringify(node.value)}) : ${id})`);
  }

  override compileLiteral({ value }: nunjucks.nodes.Literal): void {
    if (value instanceof Float) this._emit(this.constant(`new Float(${Object.is(value.value, -0) ? "-0" : value.value})`));
    else if (typeof value === "bigint") this._emit(`${value}n`);
    else this._emit(typeof value === "string" ? JSON.stringify(value) : String(value));
  }

  compileArray(node: nunjucks.nodes.NodeList, scope: Scope): void {
    this._compileAggregate(node, scope, "[", "]");
  }

  compileTuple(node: Tuple, scope: Scope): void {
    this._compileAggregate(node, scope, "Tuple.over([", "])");
  }

  compileDict(node: nunjucks.nodes.Dict, scope: Scope): void {
    this._compileAggregate(node, scope, "makeDict([", "])");
  }

  compilePair({ key, value }: nunjucks.nodes.Pair, scope: Scope): void {
    this.#list("[", [key, value], scope, "]");
  }

  compileMember({ target, val }: Member, scope: Scope): void {
    this.#list("attribute(", [target, val], scope, ")");
  }

  compileLookupVal({ target, val }: nunjucks.nodes.LookupVal, scope: Scope): void {
    if (val instanceof Slice) this.#list("slice(", [target, ...[val.start, val.stop, val.step].map(orNone)], scope, ")");
    else this.#list("item(", [target, val], scope, ")");
  }

  compileSlice({ lineno }: Slice): void {
    // a slice beside other keys: no value of the dialect takes such a key
    throw new TemplateError("TemplateSyntaxError", "a slice must be the only key", lineno + 1);
  }

  compileInlineIf({ cond, body, else_, lineno }: nunjucks.nodes.InlineIf, scope: Scope): void {
    this.softness++;
    this.#between("(", ")", () => {
      this.compileTruth(cond, scope);
      this._emit(" ? ");
      this.compile(body, scope);
      this._emit(" : ");
      if (else_ === null) this._emit(`noElse(${JSON.stringify(this.templateName)}, ${lineno + 1})`);
      else this.compile(else_, scope);
    });
    this.softness--;
  }

  compileAnd(node: Binary, scope: Scope): void {
    this.#lazy("and", node, scope);
  }

  compileOr(node: Binary, scope: Scope): void {
    this.#lazy("or", node, scope);
  }

  compileNot({ target }: nunjucks.nodes.UnaryOp, scope: Scope): void {
    this._emit("!");
    this.compileTruth(target, scope);
  }

  compileNeg({ target }: nunjucks.nodes.UnaryOp, scope: Scope): void {
    this.#list("negate(", [target], scope, ")");
  }

  compilePos({ target }: nunjucks.nodes.UnaryOp, scope: Scope): void {
    this.#list("plus(", [target], scope, ")");
  }

  compileAdd(node: Binary, scope: Scope): void {
    this.#operands("add", node, scope);
  }

  compileSub(node: Binary, scope: Scope): void {
    this.#operands("subtract", node, scope);
  }

  compileMul(node: Binary, scope: Scope): void {
    this.#operands("multiply", node, scope);
  }

  compileDiv(node: Binary, scope: Scope): void {
    this.#operands("divide", node, scope);
  }

  compileFloorDiv(node: Binary, scope: Scope): void {
    this.#operands("floorDivide", node, scope);
  }

  compileMod(node: Binary, scope: Scope): void {
    this.#operands("modulo", node, scope);
  }

  compilePow(node: Binary, scope: Scope): void {
    this.#operands("power", node, scope);
  }

  /** Jinja2 joins constants while it compiles, and then safe ones lose their safety. */
  compileConcat(node: Binary, scope: Scope): void {
    const isPlain = isConstant(node) && !this.isVolatile;
    this.#operands(isPlain ? "concatPlain" : this.isVolatile ? "concatVolatile" : "concat", node, scope);
  }

  compileCompare({ expr, ops }: nunjucks.nodes.Compare, scope: Scope): void {
    const [first, ...rest] = ops;
    if (first === undefined) return;
    if (rest.length === 0) {
      this.#list(`${COMPARE[first.type]}(`, [expr, first.expr], scope, ")");
      return;
    }
    this._emit("chain(");
    this.compile(expr, scope);
    for (const { type, expr: operand } of ops) {
      this._emit(`, ${COMPARE[type]}, () => `);
      this.compile(operand, scope);
    }
    this._emit(")");
  }

  compileFunCall({ name, args }: Call, scope: Scope): void {
    if (name instanceof Member) {
      this._emit("callMember(");
      this.compile(name.target, scope);
      this._emit(", ");
      this.compile(name.val, scope);
    } else {
      this._emit("call(");
      this.compile(name, scope);
    }
    this.#arguments(args.children, scope);
    this._emit(")");
  }

  compileFilter({ name, args, lineno }: nunjucks.nodes.Filter, scope: Scope): void {
    const isKnown = this.names.hasFilter(name.value);
    if (!isKnown && this.softness === 0) throw new TemplateError("TemplateAssertionError", `No filter named '${name.value}'.`, lineno + 1);
    this.#apply(this.constant(`filter(${JSON.stringify(name.value)})`), args.children, scope);
  }

  compileTest({ value, name, args, lineno }: Test, scope: Scope): void {
    const isKnown = this.names.hasTest(name);
    if (!isKnown && this.softness === 0) throw new TemplateError("TemplateAssertionError", `No test named '${name}'.`, lineno + 1);
    this.#apply(this.constant(`test(${JSON.stringify(name)})`), [value, ...args.children], scope);
  }

  /** The text that the filters of a block are given. */
  compileCaptured(_node: Captured): void {
    this._emit(this.captured.at(-1) ?? '""');
  }

  /** The variable of a name. */
  variable({ value }: nunjucks.nodes.Symbol, scope: Scope): string {
    const id = scope.find(value);
    if (id === null) throw new TemplateError("TemplateSyntaxError", `'${value}' was not found when the names were read`);
    return id;
  }

  /** A constant of the program with this code. */
  constant(code: string): string {
    const known = this.constants.get(code);
    if (known !== undefined) return known;
    const id = `c_${this.constants.size}`;
    this.constants.set(code, id);
    return id;
  }

  /** filter(value, a, b): without names it is called at once, else the arguments are arranged first. */
  #apply(id: string, args: readonly Node[], scope: Scope): void {
    const isPlain = !args.some((arg) => arg instanceof nodes.KeywordArgs || arg instanceof Spread);
    if (isPlain) {
      this.#list(`${id}(`, args, scope, ")");
      return;
    }
    this._emit(`${id}.named(`);
    this.compile(args[0] as Node, scope);
    this.#arguments(args.slice(1), scope);
    this._emit(")");
  }

  /** , [positional], named */
  #arguments(args: readonly Node[], scope: Scope): void {
    const named = args.find((arg) => arg instanceof nodes.KeywordArgs);
    const mapping = args.find((arg) => arg instanceof Spread && arg.kind === "**");
    this._emit(", [");
    for (const arg of args) {
      if (arg === named || arg === mapping) continue;
      if (arg instanceof Spread) this.#list("...iterate(", [arg.value], scope, "), ");
      else this.#list("", [arg], scope, ", ");
    }
    this._emit("]");
    if (named === undefined && mapping === undefined) return;
    this._emit(mapping === undefined ? ", " : ", withMapping(");
    this.#named(named instanceof nodes.KeywordArgs ? named.children : [], scope);
    if (mapping instanceof Spread) this.#list(", ", [mapping.value], scope, ")");
  }

  #named(pairs: readonly nunjucks.nodes.Pair[], scope: Scope): void {
    const names = pairs.map(({ key }) => String((key as nunjucks.nodes.Literal).value));
    this._emit(`{ names: ${this.constant(JSON.stringify(names))}, values: `);
    this.#list(
      "[",
      pairs.map(({ value }) => value),
      scope,
      "] }",
    );
  }

  #operands(name: string, { left, right }: Binary, scope: Scope): void {
    this.#list(`${name}(`, [left, right], scope, ")");
  }

  #lazy(name: string, { left, right }: Binary, scope: Scope): void {
    this.#list(`${name}(`, [left], scope, ", () => ");
    this.compile(right, scope);
    this._emit(")");
  }

  #list(start: string, items: readonly Node[], scope: Scope, end: string): void {
    this.#between(start, end, () => {
      for (const [index, node] of items.entries()) {
        if (index > 0) this._emit(", ");
        this.compile(node, scope);
      }
    });
  }

  #between(start: string, end: string, write: () => void): void {
    this._emit(start);
    write();
    this._emit(end);
  }
}

/** What Jinja2 works out while it compiles: literals and what is made of them, calls left out. */
function isConstant(node: Node): boolean {
  if (node instanceof nodes.Literal) return true;
  if (node instanceof nodes.Filter)
    return node.args.children.every(isConstant) && !/^(?:map|select|reject|selectattr|rejectattr|random)$/.test(node.name.value);
  if (node instanceof nodes.BinOp) return isConstant(node.left) && isConstant(node.right);
  if (node instanceof nodes.Not || node instanceof nodes.Neg || node instanceof nodes.Pos) return isConstant(node.target);
  if (node instanceof nodes.Dict) return node.children.every(({ key, value }) => isConstant(key) && isConstant(value));
  return (node instanceof Tuple || node instanceof nodes.Array) && node.children.every(isConstant);
}

function orNone(node: Node | null): Node {
  return node ?? new nodes.Literal(0, 0, null);
}
