import { checkGoal } from "../analysis/check.ts";
import { assigned } from "../analysis/order.ts";
import type { Constant, Literal } from "../ast/ast.ts";
import { compareConstants, compareText, tupleText } from "../ast/constants.ts";
import { printBody } from "../ast/print.ts";
import type { Db } from "./db.ts";
import { type FactInput, type Goal, type GoalInput, makeGoal, readFact, readGoal, type Variable } from "./input.ts";
import { dlSaturate } from "./program.ts";
import { rememberSource, withSource } from "./sources.ts";

/** One answer: the value of each named variable of the goal. */
export type Answer = Readonly<Record<string, Constant>>;

/** A variable for goals given as tuples; `_` is the anonymous one. */
export function dlVar(name: string): Variable {
  return { variable: name };
}

/**
 * The answers to a goal, sorted, each once; `[{}]` for a goal without variables that holds. params fill `$1`, `$2`, …
 * On a database that is not saturated a goal with constants is answered on demand, without deriving the rest.
 */
export function dlQuery(db: Db, input: GoalInput, params: readonly Constant[] = []): Answer[] {
  return answerGoal(db, readGoal(input, params));
}

/** The answers to the `?-` goals of the program, in its order. */
export function dlAnswers(db: Db): { readonly goal: string; readonly answers: Answer[] }[] {
  return db.queries.map((body) => ({ goal: printBody(body), answers: answerGoal(db, makeGoal(body)) }));
}

function answerGoal(db: Db, goal: Goal): Answer[] {
  const { rule, variables, source } = goal;
  checkGoal(rule, source);
  if (source !== undefined) rememberSource([rule], source);
  const rows = withSource(() => solveGoal(db, goal));
  rows.sort(compareRows);
  return rows.map((row) => {
    const answer: Record<string, Constant> = Object.create(null);
    variables.forEach((name, column) => {
      answer[name] = row[column] ?? "";
    });
    return { ...answer };
  });
}

function solveGoal(db: Db, { rule }: Goal): Constant[][] {
  if (!db.engine.isSaturated && rule.body.some(holdsConstant)) return db.engine.demand(rule);
  dlSaturate(db);
  return db.engine.solve(rule);
}

/** `p(a, X)` and `X = a, p(X, Y)` start from a constant; `X < 3` tells nothing to start from. */
function holdsConstant(literal: Literal): boolean {
  if (literal.kind === "compare") return assigned(literal, new Set()) !== undefined;
  return literal.kind === "atom" && literal.atom.args.some((term) => term.kind === "const");
}

/** Does the fact hold, asserted or derived? */
export function dlHolds(db: Db, input: FactInput): boolean {
  const fact = readFact(input);
  if (db.engine.isAsserted(fact)) return true;
  if (db.engine.isSaturated) return db.engine.has(fact);
  return dlQuery(db, [fact.name, ...fact.values]).length > 0;
}

/** A relation's tuples, sorted: by name (every arity) or `name/arity`. */
export function dlFacts(db: Db, relation: string): (readonly Constant[])[] {
  dlSaturate(db);
  const keys = db.engine.keys().filter((key) => key === relation || key.slice(0, key.lastIndexOf("/")) === relation);
  return keys.flatMap((key) => [...db.engine.tuples(key)]).sort(compareRows);
}

/** Every tuple of every relation as canonical text, sorted by code point. */
export function dlModel(db: Db): string[] {
  dlSaturate(db);
  const texts: string[] = [];
  for (const key of db.engine.keys()) {
    const name = key.slice(0, key.lastIndexOf("/"));
    for (const values of db.engine.tuples(key)) texts.push(tupleText(name, values));
  }
  return texts.sort(compareText);
}

/** Counts for people and metrics. */
export interface Stats {
  readonly rules: number;
  readonly isSaturated: boolean;
  /** Tuples by `name/arity`, as far as computed. */
  readonly relations: Readonly<Record<string, number>>;
  readonly facts: number;
}

export function dlStats(db: Db): Stats {
  const relations = Object.fromEntries(
    db.engine
      .keys()
      .sort(compareText)
      .map((key) => [key, db.engine.size(key)]),
  );
  const facts = Object.values(relations).reduce((sum, size) => sum + size, 0);
  return { rules: db.rules.length, isSaturated: db.engine.isSaturated, relations, facts };
}

function compareRows(left: readonly Constant[], right: readonly Constant[]): number {
  for (let i = 0; i < left.length && i < right.length; i++) {
    const order = compareConstants(left[i] ?? "", right[i] ?? "");
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
