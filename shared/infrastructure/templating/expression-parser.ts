import nunjucks from "nunjucks";
import { TemplateError } from "./errors.ts";
import type { JinjaTokenizer, Token } from "./lexer.ts";
import { Member, type Node, Slice, Spread, Test, Tuple } from "./nodes.ts";
import { float } from "./values.ts";

const {
  nodes,
  lexer,
  parser: { Parser },
} = nunjucks;

type Pair = nunjucks.nodes.Pair;

const COMPARISONS = new Set(["==", "!=", "<", ">", "<=", ">="]);
const SUMS = { "+": nodes.Add, "-": nodes.Sub };
const PRODUCTS = { "*": nodes.Mul, "/": nodes.Div, "//": nodes.FloorDiv, "%": nodes.Mod };
const CONSTANTS = new Map<string, unknown>([
  ["true", true],
  ["True", true],
  ["false", false],
  ["False", false],
  ["none", null],
  ["None", null],
]);

/** Expressions by Jinja2's grammar: its precedence, tuples, slices, tests, unpacked arguments. */
export class ExpressionParser extends Parser {
  declare tokens: JinjaTokenizer;
  // filled by init(), which the base constructor calls
  declare position: number;

  override init(tokens: JinjaTokenizer): void {
    super.init(tokens);
    this.position = 0;
  }

  override nextToken(): Token | undefined {
    const token = this.peekToken();
    this.position++;
    return token;
  }

  /** undefined at the end of the template. */
  override peekToken(): Token | undefined {
    const token = this.tokens.tokens[this.position];
    if (token === undefined && this.tokens.failure !== null) throw this.tokens.failure;
    return token;
  }

  override pushToken(_token: Token | undefined): void {
    this.position--;
  }

  override error(message: string, lineno?: number): Error {
    const at = lineno ?? (this.peekToken() ?? this.tokens.tokens.at(-1))?.lineno ?? 0;
    return new TemplateError("TemplateSyntaxError", message, at + 1);
  }

  override parseInlineIf(): Node {
    let node = this.parseOr();
    while (this.skipSymbol("if")) {
      const cond = this.parseOr();
      const otherwise = this.skipSymbol("else") ? this.parseInlineIf() : null;
      node = new nodes.InlineIf(node.lineno, node.colno, cond, node, otherwise);
    }
    return node;
  }

  /** The base's not reads on here: comparisons, in and not in are one chain, as in Python. */
  override parseIn(): Node {
    const expr = this.parseSum();
    const ops: Node[] = [];
    for (let operator = this.#comparison(); operator !== null; operator = this.#comparison()) {
      ops.push(new nodes.CompareOperand(expr.lineno, expr.colno, this.parseSum(), operator));
    }
    return ops.length === 0 ? expr : new nodes.Compare(expr.lineno, expr.colno, expr, ops);
  }

  parseSum(): Node {
    return this.#binary(SUMS, () => this.#concat());
  }

  /** without filters: what a sign stands before. Filters and tests apply to the signed number. */
  override parseUnary(noFilters = false): Node {
    const token = this.peekToken();
    let node: Node;
    if (token && this.skipValue(lexer.TOKEN_OPERATOR, "-")) node = new nodes.Neg(token.lineno, token.colno, this.parseUnary(true));
    else if (token && this.skipValue(lexer.TOKEN_OPERATOR, "+")) node = new nodes.Pos(token.lineno, token.colno, this.parseUnary(true));
    else node = this.parsePrimary();
    return noFilters ? node : this.parseFilter(node);
  }

  override parsePrimary(noPostfix = false): Node {
    const node = this.#atom();
    return noPostfix ? node : this.parsePostfix(node);
  }

  override parsePostfix(start: Node): Node {
    let node = start;
    for (;;) {
      const token = this.peekToken();
      if (token?.type === lexer.TOKEN_LEFT_PAREN) node = new nodes.FunCall(token.lineno, token.colno, node, this.parseArguments());
      else if (token?.type === lexer.TOKEN_LEFT_BRACKET) node = this.#subscript(node);
      else if (token && this.skipValue(lexer.TOKEN_OPERATOR, ".")) node = this.#member(node, token);
      else return node;
    }
  }

  /** Filters, tests and calls of what they give, from left to right. */
  override parseFilter(start: Node): Node {
    let node = start;
    for (;;) {
      const token = this.peekToken();
      if (this.skip(lexer.TOKEN_PIPE)) node = this.parseFilterCall(node);
      else if (token && this.skipSymbol("is")) node = this.#test(node, token);
      else if (token?.type === lexer.TOKEN_LEFT_PAREN) node = new nodes.FunCall(token.lineno, token.colno, node, this.parseArguments());
      else return node;
    }
  }

  /** name(args) behind the | of a value. */
  parseFilterCall(value: Node): Node {
    const [name, token] = this.#dottedName();
    const args = this.#optionalArguments(token);
    args.children.unshift(value);
    return new nodes.Filter(token.lineno, token.colno, new nodes.Symbol(token.lineno, token.colno, name), args);
  }

  /** One expression, or a tuple where there is a comma. isEnd: what may follow a last comma. */
  parseTuple(parse: () => Node, isEnd: () => boolean, mayBeEmpty = false): Node {
    const first = this.peekToken();
    const items: Node[] = [];
    let isTuple = mayBeEmpty && isEnd();
    while (!isEnd()) {
      items.push(parse());
      if (!this.skip(lexer.TOKEN_COMMA)) break;
      isTuple = true;
    }
    if (!isTuple && items[0] !== undefined) return items[0];
    if (!isTuple) this.fail(`Expected an expression, got '${this.#shown()}'`);
    return new Tuple(first?.lineno ?? 0, first?.colno ?? 0, items);
  }

  /** An expression or tuple, up to the end of its tag. */
  parseTupleExpression(): Node {
    return this.parseTuple(
      () => this.parseExpression(),
      () => this.isAt(lexer.TOKEN_BLOCK_END, lexer.TOKEN_VARIABLE_END, lexer.TOKEN_RIGHT_PAREN),
    );
  }

  /** Whether the next token is of one of these types; the end of the template is of all. */
  isAt(...types: string[]): boolean {
    const token = this.peekToken();
    return token === undefined || types.includes(token.type);
  }

  /** Whether this name comes next, and that one behind it. */
  isAtNames(name: string, behind: string): boolean {
    return this.peekToken()?.value === name && this.look()?.value === behind;
  }

  /** The token behind the next. */
  look(): Token | undefined {
    return this.tokens.tokens[this.position + 1];
  }

  /** A name, as text. */
  parseName(): string {
    const token = this.peekToken();
    if (token?.type !== lexer.TOKEN_SYMBOL) this.fail(`expected a name, got '${this.#shown()}'`);
    this.position++;
    return String(token.value);
  }

  /** (a, *b, c=d, **e) */
  parseArguments(): nunjucks.nodes.NodeList {
    const open = this.expect(lexer.TOKEN_LEFT_PAREN);
    const args = new nodes.NodeList(open.lineno, open.colno);
    const named = new nodes.KeywordArgs(open.lineno, open.colno);
    const spreads: Spread[] = [];
    while (!this.skip(lexer.TOKEN_RIGHT_PAREN)) {
      this.#argument(args, named, spreads);
      if (!this.isAt(lexer.TOKEN_RIGHT_PAREN)) this.expect(lexer.TOKEN_COMMA);
      if (this.peekToken() === undefined) this.fail("unexpected end of template, expected ')'");
    }
    args.children.push(...spreads.filter(({ kind }) => kind === "*"));
    if (named.children.length > 0) args.addChild(named);
    args.children.push(...spreads.filter(({ kind }) => kind === "**"));
    return args;
  }

  #argument(args: nunjucks.nodes.NodeList, named: nunjucks.nodes.KeywordArgs, spreads: Spread[]): void {
    const token = this.peekToken();
    const hasMapping = spreads.some(({ kind }) => kind === "**");
    const kind = token?.type === lexer.TOKEN_OPERATOR && (token.value === "*" || token.value === "**") ? token.value : null;
    if (token && kind !== null) {
      this.position++;
      if (hasMapping || (kind === "*" && spreads.length > 0)) this.fail("invalid syntax for function call expression", token.lineno);
      spreads.push(new Spread(token.lineno, token.colno, kind, this.parseExpression()));
    } else if (token?.type === lexer.TOKEN_SYMBOL && this.look()?.value === "=" && this.look()?.type === lexer.TOKEN_OPERATOR) {
      this.position += 2;
      if (hasMapping) this.fail("invalid syntax for function call expression", token.lineno);
      named.addChild(this.#pair(new nodes.Literal(token.lineno, token.colno, token.value)));
    } else {
      if (spreads.length > 0 || named.children.length > 0) this.fail("invalid syntax for function call expression", token?.lineno);
      args.addChild(this.parseExpression());
    }
  }

  #comparison(): string | null {
    const token = this.peekToken();
    if (token?.type === lexer.TOKEN_OPERATOR && COMPARISONS.has(String(token.value))) {
      this.position++;
      return String(token.value);
    }
    if (this.skipSymbol("in")) return "in";
    if (token?.type !== lexer.TOKEN_SYMBOL || !this.isAtNames("not", "in")) return null;
    this.position += 2;
    return "not in";
  }

  #binary(operators: Readonly<Record<string, typeof nodes.BinOp>>, parse: () => Node): Node {
    let node = parse();
    for (;;) {
      const token = this.peekToken();
      const made =
        token?.type === lexer.TOKEN_OPERATOR && Object.hasOwn(operators, String(token.value)) ? operators[String(token.value)] : undefined;
      if (made === undefined) return node;
      this.position++;
      node = new made(node.lineno, node.colno, node, parse());
    }
  }

  #concat(): Node {
    let node = this.#product();
    while (this.skip(lexer.TOKEN_TILDE)) node = new nodes.Concat(node.lineno, node.colno, node, this.#product());
    return node;
  }

  #product(): Node {
    return this.#binary(PRODUCTS, () => this.#binary({ "**": nodes.Pow }, () => this.parseUnary()));
  }

  #atom(): Node {
    const token = this.nextToken();
    if (token === undefined) return this.fail("unexpected end of template, expected an expression");
    const { lineno, colno, value } = token;
    switch (token.type) {
      case lexer.TOKEN_SYMBOL:
        return CONSTANTS.has(String(value))
          ? new nodes.Literal(lineno, colno, CONSTANTS.get(String(value)))
          : new nodes.Symbol(lineno, colno, value);
      case lexer.TOKEN_STRING:
        return this.#strings(token);
      case lexer.TOKEN_INT:
        return new nodes.Literal(lineno, colno, value);
      case lexer.TOKEN_FLOAT:
        return new nodes.Literal(lineno, colno, float(Number(value)));
      case lexer.TOKEN_LEFT_PAREN:
        return this.#parenthesized();
      case lexer.TOKEN_LEFT_BRACKET:
        return this.#list(token);
      case lexer.TOKEN_LEFT_CURLY:
        return this.#dict(token);
      default:
        return this.fail(`unexpected '${String(value)}'`, lineno);
    }
  }

  #strings(first: Token): Node {
    let value = String(first.value);
    while (this.peekToken()?.type === lexer.TOKEN_STRING) value += this.nextToken()?.value;
    return new nodes.Literal(first.lineno, first.colno, value);
  }

  #parenthesized(): Node {
    const node = this.parseTuple(
      () => this.parseExpression(),
      () => this.isAt(lexer.TOKEN_RIGHT_PAREN),
      true,
    );
    this.expectClosing(lexer.TOKEN_RIGHT_PAREN);
    return node;
  }

  /** expect() for a bracket, where the template may end. */
  expectClosing(type: string): void {
    if (!this.skip(type)) this.fail(`unexpected '${this.#shown()}'`);
  }

  #list({ lineno, colno }: Token): Node {
    const items = this.#items(lexer.TOKEN_RIGHT_BRACKET, () => this.parseExpression());
    return new nodes.Array(lineno, colno, items);
  }

  #dict({ lineno, colno }: Token): Node {
    const items = this.#items(lexer.TOKEN_RIGHT_CURLY, () => {
      const key = this.parseExpression();
      this.expectClosing(lexer.TOKEN_COLON);
      return this.#pair(key);
    });
    return new nodes.Dict(lineno, colno, items);
  }

  #pair(key: Node): Pair {
    return new nodes.Pair(key.lineno, key.colno, key, this.parseExpression());
  }

  #items(closing: string, parse: () => Node): Node[] {
    const items: Node[] = [];
    while (!this.skip(closing)) {
      items.push(parse());
      if (!this.isAt(closing)) this.expectClosing(lexer.TOKEN_COMMA);
      if (this.peekToken() === undefined) this.fail("unexpected end of template");
    }
    return items;
  }

  #subscript(value: Node): Node {
    const { lineno, colno } = this.expect(lexer.TOKEN_LEFT_BRACKET);
    const keys = this.#items(lexer.TOKEN_RIGHT_BRACKET, () => this.#key());
    const key = keys.length === 1 && keys[0] ? keys[0] : new Tuple(lineno, colno, keys);
    return new nodes.LookupVal(lineno, colno, value, key);
  }

  #key(): Node {
    const token = this.peekToken();
    const isEnd = () => this.isAt(lexer.TOKEN_RIGHT_BRACKET, lexer.TOKEN_COMMA, lexer.TOKEN_COLON);
    const part = () => (isEnd() ? null : this.parseExpression());
    const start = part();
    if (!this.skip(lexer.TOKEN_COLON)) return start ?? this.fail(`unexpected '${this.#shown()}'`);
    const stop = part();
    const step = this.skip(lexer.TOKEN_COLON) ? part() : null;
    return new Slice(token?.lineno ?? 0, token?.colno ?? 0, start, stop, step);
  }

  #member(value: Node, dot: Token): Node {
    const token = this.nextToken();
    if (token?.type === lexer.TOKEN_INT)
      return new nodes.LookupVal(dot.lineno, dot.colno, value, new nodes.Literal(token.lineno, token.colno, token.value));
    if (token?.type !== lexer.TOKEN_SYMBOL) this.fail("expected name or number", dot.lineno);
    return new Member(dot.lineno, dot.colno, value, new nodes.Literal(token.lineno, token.colno, token.value));
  }

  #test(value: Node, { lineno, colno }: Token): Node {
    const isNegated = this.skipSymbol("not");
    const [name, token] = this.#dottedName();
    const args = this.#testArguments(token);
    const test = new Test(lineno, colno, value, name, args);
    return isNegated ? new nodes.Not(lineno, colno, test) : test;
  }

  #testArguments(name: Token): nunjucks.nodes.NodeList {
    const token = this.peekToken();
    const isBare = this.isAt(
      lexer.TOKEN_SYMBOL,
      lexer.TOKEN_STRING,
      lexer.TOKEN_INT,
      lexer.TOKEN_FLOAT,
      lexer.TOKEN_LEFT_BRACKET,
      lexer.TOKEN_LEFT_CURLY,
    );
    const isWord = token?.type === lexer.TOKEN_SYMBOL && /^(?:else|or|and|if|in|not|recursive)$/.test(String(token.value));
    if (token === undefined || !isBare || isWord) return this.#optionalArguments(name);
    if (token.type === lexer.TOKEN_SYMBOL && token.value === "is") this.fail("You cannot chain multiple tests with is");
    return new nodes.NodeList(token.lineno, token.colno, [this.parsePrimary()]);
  }

  #optionalArguments({ lineno, colno }: Token): nunjucks.nodes.NodeList {
    return this.peekToken()?.type === lexer.TOKEN_LEFT_PAREN ? this.parseArguments() : new nodes.NodeList(lineno, colno);
  }

  #dottedName(): [string, Token] {
    const token = this.peekToken();
    let name = this.parseName();
    while (this.skipValue(lexer.TOKEN_OPERATOR, ".")) name += `.${this.parseName()}`;
    return [name, token as Token];
  }

  #shown(): string {
    return String(this.peekToken()?.value ?? "end of template");
  }
}
