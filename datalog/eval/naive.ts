import { components } from "../analysis/graph.ts";
import { type AggregateTurn, assigned, type Bound, isBound, orderBody } from "../analysis/order.ts";
import { type AggregateLiteral, type Atom, type AtomLiteral, type Constant, type Literal, type Rule, relationKey } from "../ast/ast.ts";
import { literalVariables, termVariables } from "../ast/variables.ts";
import { accumulator } from "./aggregate.ts";
import { BuiltinError, evaluate, holds } from "./arithmetic.ts";

/** Where facts come from: a store that can list a relation. */
export interface Facts {
  tuples(key: string): Iterable<readonly Constant[]>;
  add(key: string, tuple: readonly Constant[]): boolean;
}

export type Bindings = Map<string, Constant>;

/**
 * Naive evaluation: component by component, every rule over everything, until a round adds nothing.
 * Slow and obvious, kept for good: what the fast engine must agree with.
 */
export function saturateNaively(rules: readonly Rule[], facts: Facts): void {
  for (const component of components(rules)) {
    const own = rules.filter((rule) => component.includes(relationKey(rule.head)));
    for (let grew = true; grew; ) {
      grew = false;
      for (const rule of own) {
        for (const bindings of [...solve(rule, facts)]) if (facts.add(relationKey(rule.head), instance(rule.head, bindings))) grew = true;
      }
    }
  }
}

/** The tuple of an atom under bindings that bind all of it. */
export function instance(atom: Atom, bindings: Bindings): Constant[] {
  return atom.args.map((term) => evaluate(term, (name) => bindings.get(name) ?? ""));
}

/**
 * Every way to satisfy a rule's body. This is what a body means: positive atoms match; then comparisons, negations and
 * aggregates are looked at as their variables are bound. One without a value (a division by zero, a string in a sum) throws
 * BuiltinError, but only where no other literal is false: the order of literals must not decide whether a guard guards.
 */
export function* solve(rule: Rule, facts: Facts, given: Bindings = new Map()): Generator<Bindings> {
  const positive = rule.body.filter((literal): literal is AtomLiteral => literal.kind === "atom" && !literal.negated);
  const turns = rule.body.some((literal) => literal.kind === "aggregate") ? orderBody(rule).turns : [];
  for (const bindings of matchAll(positive, facts, given)) yield* complete(rule, facts, bindings, turns);
}

function* matchAll(literals: readonly AtomLiteral[], facts: Facts, bindings: Bindings): Generator<Bindings> {
  const [first, ...rest] = literals;
  if (!first) {
    yield bindings;
    return;
  }
  for (const tuple of facts.tuples(relationKey(first.atom))) {
    const extended = match(first.atom, tuple, bindings);
    if (extended) yield* matchAll(rest, facts, extended);
  }
}

/** The bindings extended so that the atom is this tuple, or undefined. */
export function match(atom: Atom, tuple: readonly Constant[], bindings: Bindings): Bindings | undefined {
  const extended = new Map(bindings);
  for (const [column, term] of atom.args.entries()) {
    const value = tuple[column];
    if (value === undefined) return undefined;
    if (term.kind === "const" && term.value !== value) return undefined;
    if (term.kind !== "var") continue;
    const known = extended.get(term.name);
    if (known === undefined) extended.set(term.name, value);
    else if (known !== value) return undefined;
  }
  return extended;
}

function* complete(rule: Rule, facts: Facts, bindings: Bindings, turns: readonly AggregateTurn[]): Generator<Bindings> {
  const pending = new Set<Literal>(rule.body.filter((literal) => literal.kind !== "atom" || literal.negated));
  const state: State = { bindings: new Map(bindings), pending, problem: undefined };
  if (settle(state, facts)) yield* takeTurns(rule, facts, state, turns);
}

interface State {
  readonly bindings: Bindings;
  readonly pending: Set<Literal>;
  problem: BuiltinError | undefined;
}

function* takeTurns(rule: Rule, facts: Facts, state: State, turns: readonly AggregateTurn[]): Generator<Bindings> {
  const [turn, ...rest] = turns;
  if (!turn) {
    if (state.problem) throw state.problem;
    yield state.bindings;
    return;
  }
  const literal = rule.body[turn.position];
  if (literal?.kind !== "aggregate") return;
  for (const { bindings, problem } of aggregateResults(literal, turn, facts, state)) {
    const next: State = { bindings, pending: new Set(state.pending), problem: state.problem ?? problem };
    next.pending.delete(literal);
    if (settle(next, facts)) yield* takeTurns(rule, facts, next, rest);
  }
}

/** Evaluates what can be evaluated until nothing more can; false when a literal is false. Problems are kept for later. */
function settle(state: State, facts: Facts): boolean {
  const { bindings, pending } = state;
  const lookup = (name: string): Constant => bindings.get(name) ?? "";
  const bound: Bound = { has: (name) => bindings.has(name) };
  for (let before = -1; before !== pending.size; ) {
    before = pending.size;
    for (const literal of pending) {
      try {
        if (literal.kind === "aggregate") continue;
        if (literal.kind === "atom") {
          if (!termVariables(literal.atom.args).every((name) => bindings.has(name))) continue;
          if (isThere(literal.atom, facts, bindings)) return false;
        } else {
          const target = assigned(literal, bound);
          if (target) bindings.set(target.name, evaluate(target.from, lookup));
          else if (!isBound(literal.left, bound) || !isBound(literal.right, bound)) continue;
          else if (!holds(literal.op, evaluate(literal.left, lookup), evaluate(literal.right, lookup), literal.at)) return false;
        }
      } catch (error) {
        if (!(error instanceof BuiltinError)) throw error;
        state.problem ??= error;
      }
      pending.delete(literal);
    }
  }
  return true;
}

function isThere(atom: Atom, facts: Facts, bindings: Bindings): boolean {
  for (const tuple of facts.tuples(relationKey(atom))) if (match(atom, tuple, bindings)) return true;
  return false;
}

interface Result {
  bindings: Bindings;
  problem: BuiltinError | undefined;
}

/** One result for each group: the bound one even when it is empty, or all that the goal has. */
function* aggregateResults(literal: AggregateLiteral, turn: AggregateTurn, facts: Facts, state: State): Generator<Result> {
  const { bindings: given } = state;
  if (turn.groups.some((name) => !given.has(name)) && turn.isBound) return; // a group that a problem left without value
  const names = [...new Set(literal.goal.flatMap(literalVariables))];
  const seen = new Set<string>();
  const groups = new Map<string, { bindings: Bindings; values: Constant[] }>();
  if (turn.isBound) groups.set(JSON.stringify(turn.groups.map((name) => given.get(name))), { bindings: new Map(given), values: [] });
  for (const found of solve({ head: EMPTY, body: literal.goal }, facts, given)) {
    const binding = JSON.stringify(names.map((name) => found.get(name)));
    if (seen.has(binding)) continue;
    seen.add(binding);
    const key = JSON.stringify(turn.groups.map((name) => found.get(name)));
    const group = groups.get(key) ?? { bindings: withGroups(given, turn.groups, found), values: [] };
    groups.set(key, group);
    if (literal.of.kind === "var") group.values.push(found.get(literal.of.name) ?? "");
  }
  for (const { bindings, values } of groups.values()) yield* oneResult(literal, bindings, values);
}

function* oneResult(literal: AggregateLiteral, bindings: Bindings, values: readonly Constant[]): Generator<Result> {
  let value: Constant | undefined;
  try {
    const group = accumulator(literal.fn, literal.at);
    for (const one of values) group.add(one);
    value = group.value();
  } catch (error) {
    if (!(error instanceof BuiltinError)) throw error;
    yield { bindings, problem: error };
    return;
  }
  if (value === undefined) return;
  const { result } = literal;
  const known = result.kind === "const" ? result.value : result.kind === "var" ? bindings.get(result.name) : undefined;
  if (known !== undefined && known !== value) return;
  if (result.kind === "var") bindings.set(result.name, value);
  yield { bindings, problem: undefined };
}

function withGroups(given: Bindings, groups: readonly string[], found: Bindings): Bindings {
  const bindings = new Map(given);
  for (const name of groups) bindings.set(name, found.get(name) ?? "");
  return bindings;
}

const EMPTY: Atom = { name: "", args: [], at: { offset: 0, line: 1, column: 1 } };
