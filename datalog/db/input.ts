import type { Atom, Constant, Expression, Literal, Place, Rule, Term } from "../ast/ast.ts";
import { GOAL } from "../ast/names.ts";
import { termVariables } from "../ast/variables.ts";
import { DatalogError, fail, type Mistake } from "../errors.ts";
import { parseGoal, parseRule } from "../parser/parser.ts";
import type { Fact } from "./engine.ts";

/** A variable in a goal given as a tuple; made by dlVar, so that no string can be one. */
export interface Variable {
  readonly variable: string;
}

/** A fact as text, `"p(a, 1)"`, or as a tuple, `["p", "a", 1]`, whose strings are always constants. */
export type FactInput = string | readonly [string, ...Constant[]];

/** A goal as text, `"p(a, X), not q(X)"` with `$1` parameters, or one atom as a tuple. */
export type GoalInput = string | readonly [string, ...(Constant | Variable)[]];

const NOWHERE: Place = { offset: 0, line: 1, column: 1 };

export function readFact(input: FactInput): Fact {
  if (typeof input !== "string") return fact(input[0], input.slice(1).map(constant));
  const { head, body } = parseRule(input);
  const at = head.at;
  if (body.length > 0) throw new DatalogError([{ code: "invalid-fact", message: "This is a rule, not a fact.", at }], input);
  const values: Constant[] = [];
  const mistakes: Mistake[] = [];
  for (const term of head.args) {
    if (term.kind === "const") values.push(constant(term.value));
    else mistakes.push({ code: "invalid-fact", message: "A fact holds constants only.", at: term.at });
  }
  if (mistakes.length > 0) throw new DatalogError(mistakes, input);
  return fact(head.name, values);
}

function fact(name: string, values: readonly Constant[]): Fact {
  if (typeof name !== "string" || name === "") fail("invalid-fact", "A relation's name is a string that is not empty.");
  return { name, key: `${name}/${values.length}`, values };
}

export function atomFact(atom: Atom): Fact {
  return fact(
    atom.name,
    atom.args.map((term) => (term.kind === "const" ? constant(term.value) : fail("invalid-fact", "A fact holds constants only.", atom.at))),
  );
}

/** A goal's rule: its head lists the goal's variables in order of appearance; a column for each is what a query answers. */
export interface Goal {
  readonly rule: Rule;
  readonly variables: readonly string[];
  readonly source: string | undefined;
}

export function readGoal(input: GoalInput, params: readonly Constant[] = []): Goal {
  const body = typeof input === "string" ? parseGoal(input).map((literal) => withParams(literal, params, input)) : [tupleAtom(input)];
  return makeGoal(body, typeof input === "string" ? input : undefined);
}

/** Variables that occur only inside an aggregate are its own affair and not answered. */
export function makeGoal(body: readonly Literal[], source?: string): Goal {
  const variables = [...new Set(body.flatMap(answeredVariables))];
  const args = variables.map((name): Term => ({ kind: "var", name, at: NOWHERE }));
  return { rule: { head: { name: GOAL, args, at: NOWHERE }, body }, variables, source };
}

function answeredVariables(literal: Literal): string[] {
  if (literal.kind === "atom") return termVariables(literal.atom.args);
  if (literal.kind === "aggregate") return termVariables([literal.result]);
  return [...answeredIn(literal.left), ...answeredIn(literal.right)];
}

function answeredIn(expression: Expression): string[] {
  if (expression.kind === "op") return expression.args.flatMap(answeredIn);
  return termVariables([expression]);
}

/** Any JavaScript value may come from a caller in plain JavaScript; relations hold strings and finite, exact numbers. */
function constant(value: unknown): Constant {
  if (typeof value === "string") return value;
  if (typeof value !== "number" || !Number.isFinite(value)) fail("type-error", "A constant is a string or a finite number.");
  if (Number.isInteger(value) && Math.abs(value) > 2 ** 53) fail("overflow", `${value} is beyond 2^53, where integers stop being exact.`);
  return value + 0;
}

function tupleAtom([name, ...args]: readonly [string, ...(Constant | Variable)[]]): Literal {
  return { kind: "atom", negated: false, atom: { name, args: args.map(tupleTerm), at: NOWHERE } };
}

function tupleTerm(value: Constant | Variable): Term {
  if (typeof value !== "object" || value === null) return { kind: "const", value: constant(value) };
  return value.variable === "_" ? { kind: "any", at: NOWHERE } : { kind: "var", name: value.variable, at: NOWHERE };
}

function withParams(literal: Literal, params: readonly Constant[], source: string): Literal {
  const fill = (term: Term): Term => {
    if (term.kind !== "param") return term;
    const value = params[term.index - 1];
    if (value !== undefined) return { kind: "const", value: constant(value) };
    throw new DatalogError([{ code: "invalid-parameter", message: `$${term.index} has no value.`, at: term.at }], source);
  };
  const fillIn = (expression: Expression): Expression =>
    expression.kind === "op" ? { ...expression, args: expression.args.map(fillIn) } : fill(expression);
  switch (literal.kind) {
    case "atom":
      return { ...literal, atom: { ...literal.atom, args: literal.atom.args.map(fill) } };
    case "compare":
      return { ...literal, left: fillIn(literal.left), right: fillIn(literal.right) };
    case "aggregate": {
      const goal = literal.goal.map((inner) => withParams(inner, params, source));
      return { ...literal, result: fill(literal.result), of: fill(literal.of), goal };
    }
  }
}
