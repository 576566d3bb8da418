import type { Expression, Literal, Rule, Term } from "./ast.ts";

/** The named variables of an expression, in order, with repeats. */
export function expressionVariables(expression: Expression): string[] {
  if (expression.kind === "op") return expression.args.flatMap(expressionVariables);
  return expression.kind === "var" ? [expression.name] : [];
}

export function termVariables(terms: readonly Term[]): string[] {
  return terms.flatMap(expressionVariables);
}

/** Every named variable of a literal, those inside an aggregate's goal included. */
export function literalVariables(literal: Literal): string[] {
  switch (literal.kind) {
    case "atom":
      return termVariables(literal.atom.args);
    case "compare":
      return [...expressionVariables(literal.left), ...expressionVariables(literal.right)];
    case "aggregate":
      return [...termVariables([literal.result, literal.of]), ...literal.goal.flatMap(literalVariables)];
  }
}

/**
 * The variables an aggregate groups by: those of its goal that occur outside it (head, other literals, its own result). What
 * stands in the goal of another aggregate is that one's own: `count(N, X, p(X)), sum(S, X, p(X))` speaks of two X.
 * In order of their first occurrence in the goal, so that two readers agree on the columns.
 */
export function groupVariables(rule: Rule, index: number): string[] {
  const literal = rule.body[index];
  if (literal?.kind !== "aggregate") return [];
  const outside = new Set(termVariables(rule.head.args));
  for (const other of rule.body) {
    const names = other.kind === "aggregate" ? termVariables([other.result]) : literalVariables(other);
    for (const name of names) outside.add(name);
  }
  const inside = literal.goal.flatMap(literalVariables);
  return [...new Set(inside)].filter((name) => outside.has(name));
}
