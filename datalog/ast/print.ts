import type { Atom, Expression, Literal, Program, Rule, Term } from "./ast.ts";
import { constantText, nameText } from "./constants.ts";

/** Source text that parses to the same program. */
export function printProgram(program: Program): string {
  const lines = [
    ...program.facts.map((atom) => `${printAtom(atom)}.`),
    ...program.rules.map(printRule),
    ...program.queries.map((goal) => `?- ${printBody(goal)}.`),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

export function printRule(rule: Rule): string {
  const head = printAtom(rule.head);
  return rule.body.length === 0 ? `${head}.` : `${head} :- ${printBody(rule.body)}.`;
}

export function printBody(body: readonly Literal[]): string {
  return body.map(printLiteral).join(", ");
}

export function printLiteral(literal: Literal): string {
  switch (literal.kind) {
    case "atom":
      return literal.negated ? `not ${printAtom(literal.atom)}` : printAtom(literal.atom);
    case "compare":
      return `${printExpression(literal.left, 0)} ${literal.op} ${printExpression(literal.right, 0)}`;
    case "aggregate":
      return `${literal.fn}(${printTerm(literal.result)}, ${printTerm(literal.of)}, (${printBody(literal.goal)}))`;
  }
}

function printAtom(atom: Atom): string {
  const name = nameText(atom.name);
  return atom.args.length === 0 ? name : `${name}(${atom.args.map(printTerm).join(", ")})`;
}

function printTerm(term: Term): string {
  switch (term.kind) {
    case "const":
      return constantText(term.value);
    case "var":
      return term.name;
    case "any":
      return "_";
    case "param":
      return `$${term.index}`;
  }
}

const LEVEL: Record<string, number> = { "+": 1, "-": 1, "*": 2, "/": 2, "//": 2, mod: 2 };

/** level: how tightly the surroundings bind; the right side of an operator binds one tighter, since all associate to the left. */
function printExpression(expression: Expression, level: number): string {
  if (expression.kind !== "op") return printTerm(expression);
  const [left, right] = expression.args;
  const own = LEVEL[expression.op];
  if (own === undefined || !left || !right) {
    const inner = expression.args.map((arg) => printExpression(arg, 0)).join(", ");
    return expression.op === "neg" ? `-(${inner})` : `${expression.op}(${inner})`;
  }
  const text = `${printExpression(left, own)} ${expression.op} ${printExpression(right, own + 1)}`;
  return own < level ? `(${text})` : text;
}
