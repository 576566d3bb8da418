import type { CompareLiteral, Expression, Literal, Rule } from "../ast/ast.ts";
import { expressionVariables, groupVariables, termVariables } from "../ast/variables.ts";

/** Which variables have a value; a set of names will do. */
export type Bound = Pick<ReadonlySet<string>, "has">;

/** A literal's place in its body. */
export type Position = number;

/** When an aggregate can be computed: `bound` groups come from outside, otherwise its own goal gives them. */
export interface AggregateTurn {
  readonly position: Position;
  readonly groups: readonly string[];
  readonly isBound: boolean;
}

/** Which literals bind what, whatever their order in the source. */
export interface BodyOrder {
  readonly bound: ReadonlySet<string>;
  readonly turns: readonly AggregateTurn[];
}

/**
 * Finds what a body binds: positive atoms first, then whatever `=` and `is` can compute, then the aggregates whose groups
 * are bound, all that are at once (so that their order in the source cannot matter), and round again.
 */
export function orderBody(rule: Rule): BodyOrder {
  const bound = goalBindings(rule.body, new Set());
  const turns: AggregateTurn[] = [];
  let waiting = rule.body.flatMap((literal, position) =>
    literal.kind === "aggregate" ? [{ literal, position, groups: groupVariables(rule, position) }] : [],
  );
  while (waiting.length > 0) {
    const ready = waiting.filter(({ groups }) => groups.every((name) => bound.has(name)));
    const isBound = ready.length > 0;
    const taken = isBound ? ready : waiting;
    for (const { literal, position, groups } of taken) {
      turns.push({ position, groups, isBound });
      const given = goalBindings(literal.goal, bound);
      for (const name of [...groups.filter((group) => given.has(group)), ...termVariables([literal.result])]) bound.add(name);
    }
    bindComputed(rule.body, bound);
    waiting = waiting.filter((one) => !taken.includes(one));
  }
  return { bound, turns };
}

/** What is bound inside a goal: what is outside, its positive atoms, and what its comparisons compute. */
export function goalBindings(goal: readonly Literal[], outside: ReadonlySet<string>): Set<string> {
  const bound = new Set(outside);
  for (const literal of goal) {
    if (literal.kind === "atom" && !literal.negated) for (const name of termVariables(literal.atom.args)) bound.add(name);
  }
  bindComputed(goal, bound);
  return bound;
}

/** Adds the variables that comparisons give a value to, until none does. */
function bindComputed(body: readonly Literal[], bound: Set<string>): void {
  for (let before = -1; before !== bound.size; ) {
    before = bound.size;
    for (const literal of body) {
      const target = literal.kind === "compare" ? assigned(literal, bound) : undefined;
      if (target) bound.add(target.name);
    }
  }
}

/** The variable that a comparison would give a value to, when everything else in it is bound. */
export function assigned(literal: CompareLiteral, bound: Bound): { name: string; from: Expression } | undefined {
  if (literal.op !== "=" && literal.op !== "is") return undefined;
  const { left, right } = literal;
  if (left.kind === "var" && !bound.has(left.name) && isBound(right, bound)) return { name: left.name, from: right };
  if (literal.op === "=" && right.kind === "var" && !bound.has(right.name) && isBound(left, bound)) return { name: right.name, from: left };
  return undefined;
}

export function isBound(expression: Expression, bound: Bound): boolean {
  if (expression.kind === "any") return false;
  if (expression.kind === "op") return expression.args.every((arg) => isBound(arg, bound));
  return expressionVariables(expression).every((name) => bound.has(name));
}
