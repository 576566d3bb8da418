import type { Aggregate, Atom, Comparison, Expression, Literal, Operator, Place, Program, Rule, Term } from "../ast/ast.ts";
import { complain, type Mistake } from "../errors.ts";
import { type Token, tokenize } from "../lexer/lexer.ts";

const AGGREGATES: ReadonlySet<string> = new Set<Aggregate>(["count", "sum", "min", "max", "avg", "findall"]);
const FUNCTIONS: Record<string, number> = { min: 2, max: 2, abs: 1, mod: 2 };
/** Spellings of comparisons; Prolog's own are read as well. */
const COMPARISONS: Record<string, Comparison> = {
  "<": "<",
  "<=": "<=",
  "=<": "<=",
  ">": ">",
  ">=": ">=",
  "=": "=",
  "!=": "!=",
  "\\=": "!=",
  "\\==": "!=",
  "=\\=": "!=",
  "==": "==",
  "=:=": "==",
  "@<": "<",
  is: "is",
};
const SUMS: ReadonlySet<string> = new Set(["+", "-"]);
const PRODUCTS: ReadonlySet<string> = new Set(["*", "/", "//", "mod"]);

/**
 * program = { clause | "?-" body "." }     clause = atom [ ":-" body ] "."     body = literal { "," literal }
 * literal = ("not" | "\+") atom | aggregate "(" term "," term "," goal ")" | atom | expression comparison expression
 * goal = "(" body ")" | literal            term = constant | variable | "_" | "$" digits
 * Throws one DatalogError with every syntax mistake: after one it goes on behind the next full stop.
 */
export function parseProgram(source: string): Program {
  const parser = new Parser(source);
  const program = parser.program();
  complain(parser.mistakes, source);
  return program;
}

/** A goal: a conjunction of literals; a full stop and a leading `?-` may be there. */
export function parseGoal(source: string): Literal[] {
  const parser = new Parser(source);
  const goal = parser.onlyGoal();
  complain(parser.mistakes, source);
  return goal;
}

/** One clause, rule or fact, with or without its full stop. */
export function parseRule(source: string): Rule {
  const parser = new Parser(source);
  const rule = parser.onlyRule();
  complain(parser.mistakes, source);
  return rule;
}

/** Unwinds to the next full stop; the mistake is already noted. */
class Unwind extends Error {}

/** An expression is walked recursively; one of more operations and brackets is refused before it overflows the stack. */
const MAX_OPERATIONS = 1000;

/** An aggregate in another's goal is refused once it is read, deeper ones at once: looking for their ends would take forever. */
const MAX_AGGREGATES = 10;

const NOWHERE: Place = { offset: 0, line: 1, column: 1 };

class Parser {
  readonly mistakes: Mistake[];
  private readonly tokens: Token[];
  private next = 0;
  /** Operations and brackets of the comparison that is being read. */
  private operations = 0;
  /** Aggregates around what is being read. */
  private aggregates = 0;

  constructor(source: string) {
    const { tokens, mistakes } = tokenize(source);
    this.tokens = tokens;
    this.mistakes = mistakes;
  }

  program(): Program {
    const facts: Atom[] = [];
    const rules: Rule[] = [];
    const queries: Literal[][] = [];
    while (this.peek.kind !== "end") {
      this.recovering(() => {
        if (this.takes("?-")) {
          queries.push(this.body());
        } else {
          const rule = this.clause();
          if (rule.body.length === 0 && rule.head.args.every((term) => term.kind === "const")) facts.push(rule.head);
          else rules.push(rule);
        }
        this.expect(".", "a full stop");
      });
    }
    return { facts, rules, queries };
  }

  onlyGoal(): Literal[] {
    let goal: Literal[] = [];
    this.recovering(() => {
      this.takes("?-");
      goal = this.body();
      this.takes(".");
      if (this.peek.kind !== "end") this.wrong("the end of the goal");
    });
    return goal;
  }

  onlyRule(): Rule {
    let rule: Rule = { head: { name: "", args: [], at: NOWHERE }, body: [] };
    this.recovering(() => {
      rule = this.clause();
      this.takes(".");
      if (this.peek.kind !== "end") this.wrong("the end of the rule");
    });
    return rule;
  }

  private clause(): Rule {
    const head = this.atom();
    if (AGGREGATES.has(head.name) && head.args.length === 3) {
      this.mistakes.push({ code: "syntax", message: `${head.name}/3 is an aggregate; a relation needs another name.`, at: head.at });
    }
    return { head, body: this.takes(":-") ? this.body() : [] };
  }

  private body(): Literal[] {
    const literals = [this.literal()];
    while (this.takes(",")) literals.push(this.literal());
    return literals;
  }

  private literal(): Literal {
    if (this.takes("\\+")) return this.negated();
    const word = this.peek;
    if (word.kind !== "name") {
      if (word.kind === "quoted" && !this.isComparison(1)) return { kind: "atom", negated: false, atom: this.atom() };
      return this.comparison();
    }
    if (word.text === "not" && this.startsAtom(1)) {
      this.next++;
      return this.negated();
    }
    const isCall = this.at(1).text === "(" && this.at(1).kind === "mark";
    if (isCall && AGGREGATES.has(word.text) && (this.aggregates >= MAX_AGGREGATES || this.isAggregate())) return this.aggregate();
    if (isCall ? this.isFunctionInComparison() : this.isComparison(1) || this.isOperator(1)) return this.comparison();
    return { kind: "atom", negated: false, atom: this.atom() };
  }

  /** Behind `not`: an atom, or an atom in parentheses. */
  private negated(): Literal {
    const inBrackets = this.takes("(");
    const atom = this.atom();
    if (inBrackets) this.expect(")", "a closing bracket");
    return { kind: "atom", negated: true, atom };
  }

  private comparison(): Literal {
    this.operations = 0;
    const left = this.expression();
    const token = this.peek;
    const op = this.comparisonAt(0);
    if (!op) this.wrong("a comparison");
    this.next++;
    return { kind: "compare", op, left, right: this.expression(), at: token.at };
  }

  private aggregate(): Literal {
    if (++this.aggregates > MAX_AGGREGATES) this.wrong("an aggregate that stands in no other");
    const { text, at } = this.take();
    const fn = [...AGGREGATES].find((name): name is Aggregate => name === text) ?? this.wrong("an aggregate");
    this.expect("(", "an opening bracket");
    const result = this.term();
    this.expect(",", "a comma");
    const of = this.term();
    this.expect(",", "a comma");
    const goal = this.takes("(") ? this.bracketed() : [this.literal()];
    this.expect(")", "a closing bracket");
    this.aggregates--;
    return { kind: "aggregate", fn, result, of, goal, at };
  }

  private bracketed(): Literal[] {
    const body = this.body();
    this.expect(")", "a closing bracket");
    return body;
  }

  private atom(): Atom {
    const token = this.peek;
    if (token.kind !== "name" && token.kind !== "quoted") this.wrong("the name of a relation");
    this.next++;
    const args: Term[] = [];
    if (this.takes("(") && !this.takes(")")) {
      do args.push(this.term());
      while (this.takes(","));
      this.expect(")", "a comma or a closing bracket");
    }
    return { name: token.text, args, at: token.at };
  }

  private term(): Term {
    const { kind, text, value, at } = this.take();
    if (kind === "variable") return text === "_" ? { kind: "any", at } : { kind: "var", name: text, at };
    if (kind === "name" || kind === "quoted") return { kind: "const", value: text };
    if (kind === "number") return { kind: "const", value };
    if (kind === "param") return { kind: "param", index: value, at };
    if (text === "-" && this.peek.kind === "number") return { kind: "const", value: 0 - this.take().value };
    this.next--;
    return this.wrong("a constant or a variable");
  }

  private expression(): Expression {
    let left = this.product();
    while (this.peek.kind === "mark" && SUMS.has(this.peek.text)) {
      this.operation();
      const { text, at } = this.take();
      left = { kind: "op", op: text === "+" ? "+" : "-", args: [left, this.product()], at };
    }
    return left;
  }

  private product(): Expression {
    let left = this.factor();
    while ((this.peek.kind === "mark" || this.peek.kind === "name") && PRODUCTS.has(this.peek.text)) {
      this.operation();
      const { text, at } = this.take();
      const op: Operator = text === "*" ? "*" : text === "/" ? "/" : text === "//" ? "//" : "mod";
      left = { kind: "op", op, args: [left, this.factor()], at };
    }
    return left;
  }

  private factor(): Expression {
    const { kind, text, at } = this.peek;
    if (kind === "mark" && text === "(") {
      this.operation();
      this.next++;
      const inner = this.expression();
      this.expect(")", "a closing bracket");
      return inner;
    }
    if (kind === "mark" && text === "-" && this.at(1).kind !== "number") {
      this.operation();
      this.next++;
      return { kind: "op", op: "neg", args: [this.factor()], at };
    }
    const arity = kind === "name" ? FUNCTIONS[text] : undefined;
    if (arity !== undefined && this.at(1).kind === "mark" && this.at(1).text === "(") return this.call(arity);
    return this.term();
  }

  private call(arity: number): Expression {
    this.operation();
    const { text, at } = this.take();
    const op: Operator = text === "min" ? "min" : text === "max" ? "max" : text === "abs" ? "abs" : "mod";
    this.expect("(", "an opening bracket");
    const args = [this.expression()];
    while (args.length < arity) {
      this.expect(",", "a comma");
      args.push(this.expression());
    }
    this.expect(")", "a closing bracket");
    return { kind: "op", op, args, at };
  }

  private operation(): void {
    if (++this.operations > MAX_OPERATIONS) this.wrong(`an expression of at most ${MAX_OPERATIONS} operations`);
  }

  /** Three arguments of which the last is a goal: `min(X, Y)` in a comparison is arithmetic. */
  private isAggregate(): boolean {
    return this.argumentsAhead() === 3;
  }

  private isFunctionInComparison(): boolean {
    if (FUNCTIONS[this.peek.text] === undefined) return false;
    const after = this.closing() + 1 - this.next;
    return this.isComparison(after) || this.isOperator(after);
  }

  /** Index of the bracket that closes the one behind the next token. */
  private closing(): number {
    let depth = 0;
    let i = this.next + 1;
    for (; i < this.tokens.length - 1; i++) {
      const token = this.tokens[i];
      if (token?.kind !== "mark") continue;
      if (token.text === "(") depth++;
      if (token.text === ")" && --depth === 0) break;
    }
    return i;
  }

  private argumentsAhead(): number {
    const end = this.closing();
    let depth = 0;
    let commas = 0;
    for (let i = this.next + 1; i < end; i++) {
      const token = this.tokens[i];
      if (token?.kind !== "mark") continue;
      if (token.text === "(") depth++;
      if (token.text === ")") depth--;
      if (token.text === "," && depth === 1) commas++;
    }
    return commas + 1;
  }

  private startsAtom(ahead: number): boolean {
    const { kind, text } = this.at(ahead);
    if (kind === "quoted") return true;
    if (kind === "name") return COMPARISONS[text] === undefined;
    return kind === "mark" && text === "(" && this.at(ahead + 1).kind !== "variable";
  }

  private isOperator(ahead: number): boolean {
    const { kind, text } = this.at(ahead);
    return (kind === "mark" && (SUMS.has(text) || PRODUCTS.has(text))) || (kind === "name" && text === "mod");
  }

  private isComparison(ahead: number): boolean {
    return this.comparisonAt(ahead) !== undefined;
  }

  private comparisonAt(ahead: number): Comparison | undefined {
    const { kind, text } = this.at(ahead);
    return kind === "mark" || (kind === "name" && text === "is") ? COMPARISONS[text] : undefined;
  }

  private get peek(): Token {
    return this.at(0);
  }

  private at(ahead: number): Token {
    return this.tokens[this.next + ahead] ?? this.tokens[this.tokens.length - 1] ?? { kind: "end", text: "", value: 0, at: NOWHERE };
  }

  private take(): Token {
    const token = this.peek;
    this.next++;
    return token;
  }

  private takes(mark: string): boolean {
    if (this.peek.kind !== "mark" || this.peek.text !== mark) return false;
    this.next++;
    return true;
  }

  private expect(mark: string, what: string): void {
    if (!this.takes(mark)) this.wrong(what);
  }

  private wrong(expected: string): never {
    const { kind, text, at } = this.peek;
    const found = kind === "end" ? "the end" : JSON.stringify(text);
    this.mistakes.push({ code: "syntax", message: `Expected ${expected}, found ${found}.`, at });
    throw new Unwind();
  }

  private recovering(read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof Unwind)) throw error;
      this.aggregates = 0;
      while (this.peek.kind !== "end" && !this.takes(".")) this.next++;
    }
  }
}
