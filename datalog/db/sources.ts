import type { Expression, Literal, Place, Rule } from "../ast/ast.ts";
import { DatalogError } from "../errors.ts";

/** The source in which a place of a rule stands: mistakes found after parsing show their line as well. */
const SOURCES = new WeakMap<Place, string>();

export function rememberSource(rules: readonly Rule[], source: string): void {
  for (const place of rules.flatMap((rule) => rule.body.flatMap(literalPlaces))) SOURCES.set(place, source);
}

export function sourceOf(place: Place): string | undefined {
  return SOURCES.get(place);
}

/** Runs work; an error of evaluation is thrown with the line that it comes from. */
export function withSource<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof DatalogError ? new DatalogError(error.mistakes, sourceOf) : error;
  }
}

function literalPlaces(literal: Literal): Place[] {
  if (literal.kind === "atom") return [literal.atom.at];
  if (literal.kind === "aggregate") return [literal.at, ...literal.goal.flatMap(literalPlaces)];
  return [literal.at, ...expressionPlaces(literal.left), ...expressionPlaces(literal.right)];
}

function expressionPlaces(expression: Expression): Place[] {
  return expression.kind === "op" ? [expression.at, ...expression.args.flatMap(expressionPlaces)] : [];
}
