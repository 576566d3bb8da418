import type { AggregateLiteral, Expression, Literal, Place, Rule, Term } from "../ast/ast.ts";
import { literalVariables } from "../ast/variables.ts";
import type { Mistake } from "../errors.ts";
import { goalBindings, orderBody } from "./order.ts";

/** Range restriction: every variable gets its values from a positive literal, from `=` or `is`, or from an aggregate. */
export function safetyMistakes(rule: Rule): Mistake[] {
  const { bound } = orderBody(rule);
  const inHead = rule.head.args.flatMap((term) => unbound(term, bound, "occurs in the head but in no positive body literal"));
  return [...inHead, ...bodyMistakes(rule)];
}

export function bodyMistakes(rule: Rule): Mistake[] {
  const { bound } = orderBody(rule);
  return rule.body.flatMap((literal) => literalMistakes(literal, bound));
}

function literalMistakes(literal: Literal, bound: ReadonlySet<string>): Mistake[] {
  if (literal.kind === "aggregate") return aggregateMistakes(literal, bound);
  if (literal.kind === "compare") {
    const why = "occurs in a comparison but in no positive body literal";
    return [...unbound(literal.left, bound, why), ...unbound(literal.right, bound, why)];
  }
  if (!literal.negated) return literal.atom.args.flatMap(parameterMistakes);
  // `_` under negation is no variable: it asks whether there is any such tuple at all.
  const named = literal.atom.args.filter((term) => term.kind !== "any");
  return named.flatMap((term) => unbound(term, bound, "occurs in a negated literal but in no positive one"));
}

/** The goal is a body of its own, which may use what is bound outside. */
function aggregateMistakes(literal: AggregateLiteral, bound: ReadonlySet<string>): Mistake[] {
  const { goal, of, result, fn, at } = literal;
  const code = "invalid-aggregate";
  if (goal.some((inner) => inner.kind === "aggregate")) {
    return [{ code, message: "An aggregate stands inside another; give the inner one a relation of its own.", at }];
  }
  if (!goal.some((inner) => inner.kind === "atom" && !inner.negated)) {
    return [{ code, message: `The goal of ${fn} needs a positive literal.`, at }];
  }
  if (result.kind === "any" || result.kind === "param")
    return [{ code, message: `The result of ${fn} must be a variable or a constant.`, at }];
  if (of.kind !== "var") return [{ code, message: `${fn} ranges over a variable of its goal.`, at }];
  const inGoal = new Set(goal.flatMap(literalVariables));
  if (!inGoal.has(of.name)) return [{ code, message: `${of.name} does not occur in the goal of ${fn}.`, at: of.at }];
  if (result.kind === "var" && inGoal.has(result.name)) {
    return [{ code, message: `${result.name} is the result of ${fn} and occurs in its goal.`, at: result.at }];
  }
  const inside = goalBindings(goal, bound);
  return goal.flatMap((inner) => literalMistakes(inner, inside));
}

function unbound(expression: Expression, bound: ReadonlySet<string>, why: string): Mistake[] {
  if (expression.kind === "op") {
    const wrong = expression.args.flatMap((arg) => typeMistake(arg, expression.at));
    return [...wrong, ...expression.args.flatMap((arg) => unbound(arg, bound, why))];
  }
  if (expression.kind === "any") return [unsafe("_", why, expression.at)];
  if (expression.kind === "var" && !bound.has(expression.name)) return [unsafe(expression.name, why, expression.at)];
  return expression.kind === "param" ? parameterMistakes(expression) : [];
}

function unsafe(name: string, why: string, at: Place): Mistake {
  return { code: "unsafe-variable", message: `${name} ${why}.`, at };
}

function typeMistake(arg: Expression, at: Place): Mistake[] {
  if (arg.kind !== "const" || typeof arg.value === "number") return [];
  return [{ code: "type-error", message: `Arithmetic needs numbers; ${JSON.stringify(arg.value)} is none.`, at }];
}

function parameterMistakes(term: Term): Mistake[] {
  if (term.kind !== "param") return [];
  return [{ code: "invalid-parameter", message: `$${term.index} has no value here.`, at: term.at }];
}
