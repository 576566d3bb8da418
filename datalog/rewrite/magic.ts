import { stratificationMistakes } from "../analysis/graph.ts";
import { assigned, isBound } from "../analysis/order.ts";
import { type Atom, type AtomLiteral, type Rule, relationKey, type Term } from "../ast/ast.ts";
import { GOAL } from "../ast/names.ts";
import { literalVariables, termVariables } from "../ast/variables.ts";
import { asRule, type CoreLiteral, type CoreRule, headKey, withoutAggregates } from "./aggregates.ts";

/** Adornment of a relation that is wanted as a whole. Otherwise a `b` or `f` for each column: bound by the demand, or free. */
const WHOLE = "whole";
/** No name in a source begins with it, so no demanded relation can meet one of the program's. */
const MARK = "\u0002";

/**
 * Magic sets (Bancilhon, Maier, Sagiv, Ullman 1986): rules that derive, of the rules' relations, only what the goal asks for.
 * Every relation with rules is copied under its adornment; a demand relation holds the bound columns that were asked for, and
 * what the program's own relation holds (asserted facts) is read from it. Negated relations are demanded for the tuples they
 * are asked about, or, where that would not be stratified, wanted whole; so are the relations in an aggregate's goal.
 */
export function demandRules(rules: readonly Rule[], goal: Rule): CoreRule[] {
  const core = withoutAggregates(rules);
  const goals = withoutAggregates([goal], GOAL);
  const exact = new Demand([...core, ...goals], relationKey(goal.head), true).rewrite();
  if (stratificationMistakes(exact.map(asRule)).length === 0) return exact;
  return new Demand([...core, ...goals], relationKey(goal.head), false).rewrite();
}

class Demand {
  private readonly byHead = new Map<string, CoreRule[]>();
  private readonly goal: string;
  private readonly demandsNegated: boolean;
  private readonly result: CoreRule[] = [];
  private readonly seen = new Set<string>();
  private readonly queue: { key: string; adornment: string }[] = [];

  constructor(rules: readonly CoreRule[], goal: string, demandsNegated: boolean) {
    this.goal = goal;
    this.demandsNegated = demandsNegated;
    for (const rule of rules) this.byHead.set(headKey(rule), [...(this.byHead.get(headKey(rule)) ?? []), rule]);
  }

  rewrite(): CoreRule[] {
    for (const rule of this.byHead.get(this.goal) ?? []) this.rewriteRule(rule, WHOLE, rule.head);
    for (const { key, adornment } of this.queue) {
      const rules = this.byHead.get(key) ?? [];
      for (const rule of rules) this.rewriteRule(rule, adornment, adorned(rule.head, adornment));
      const [first] = rules;
      if (first) this.result.push(assertedRule(first.head, adornment));
    }
    return this.result;
  }

  private rewriteRule(rule: CoreRule, adornment: string, head: Atom): void {
    const demand = demandOf(rule.head, adornment);
    const bound = new Set(demand ? termVariables(demand.args) : []);
    const body: CoreLiteral[] = demand ? [positive(demand)] : [];
    const rest = new Set(rule.body);
    while (rest.size > 0) {
      const literal = this.choose(rest, bound);
      rest.delete(literal);
      body.push(literal.kind === "atom" ? this.rewriteAtom(literal, bound, body) : literal);
      if (literal.kind === "compare" || !literal.negated) for (const name of literalVariables(literal)) bound.add(name);
    }
    const { aggregate } = rule;
    const goal = aggregate?.goal.map((literal) => (literal.kind === "atom" ? this.rename(literal, WHOLE) : literal));
    this.result.push({ head, body, aggregate: aggregate && goal ? { ...aggregate, goal } : undefined });
  }

  /** What tests or computes goes first; then the atom with the most bound columns, one without rules before one with. */
  private choose(rest: ReadonlySet<CoreLiteral>, bound: ReadonlySet<string>): CoreLiteral {
    let best: CoreLiteral | undefined;
    let most = Number.NEGATIVE_INFINITY;
    for (const literal of rest) {
      if (isReady(literal, bound)) return literal;
      if (literal.kind === "compare" || literal.negated) continue;
      const { args } = literal.atom;
      const known = args.filter((term) => isKnown(term, bound)).length;
      const score = (known > 0 ? 1000 : 0) + known * 10 - args.length - (this.byHead.has(relationKey(literal.atom)) ? 5 : 0);
      if (score <= most) continue;
      most = score;
      best = literal;
    }
    const [first] = rest;
    const chosen = best ?? first;
    if (!chosen) throw new RangeError("A body to order has a literal.");
    return chosen;
  }

  /** Replaces a relation with rules by its demanded copy, and demands what `before` binds of it. */
  private rewriteAtom(literal: AtomLiteral, bound: ReadonlySet<string>, before: readonly CoreLiteral[]): AtomLiteral {
    if (!this.byHead.has(relationKey(literal.atom))) return literal;
    const columns = literal.atom.args.map((term) => (isKnown(term, bound) ? "b" : "f")).join("");
    const adornment = columns.includes("b") && (this.demandsNegated || !literal.negated) ? columns : WHOLE;
    const demand = demandOf(literal.atom, adornment);
    const [only] = before;
    const isItself =
      before.length === 1 &&
      only?.kind === "atom" &&
      JSON.stringify([only.atom.name, only.atom.args]) === JSON.stringify([demand?.name, demand?.args]);
    if (demand && !isItself) this.result.push({ head: demand, body: [...before], aggregate: undefined, isDemand: true });
    return this.rename(literal, adornment);
  }

  private rename(literal: AtomLiteral, adornment: string): AtomLiteral {
    const key = relationKey(literal.atom);
    if (!this.byHead.has(key)) return literal;
    if (!this.seen.has(`${adornment} ${key}`)) this.queue.push({ key, adornment });
    this.seen.add(`${adornment} ${key}`);
    return { ...literal, atom: adorned(literal.atom, adornment) };
  }
}

/** The demanded copy holds the demanded asserted facts. */
function assertedRule(head: Atom, adornment: string): CoreRule {
  const args = head.args.map((_, column): Term => ({ kind: "var", name: `C${column}`, at: head.at }));
  const source: Atom = { ...head, args };
  const demand = demandOf(source, adornment);
  const body = demand ? [positive(demand), positive(source)] : [positive(source)];
  return { head: adorned(source, adornment), body, aggregate: undefined };
}

/** The demand relation's atom: the bound columns only. Undefined for what is wanted whole. */
function demandOf(atom: Atom, adornment: string): Atom | undefined {
  if (adornment === WHOLE) return undefined;
  return { ...adorned(atom, `${adornment}?`), args: atom.args.filter((_, column) => adornment[column] === "b") };
}

function adorned(atom: Atom, adornment: string): Atom {
  return { ...atom, name: `${MARK}${atom.name}/${atom.args.length} ${adornment}` };
}

function positive(atom: Atom): AtomLiteral {
  return { kind: "atom", negated: false, atom };
}

function isKnown(term: Term, bound: ReadonlySet<string>): boolean {
  return term.kind === "const" || (term.kind === "var" && bound.has(term.name));
}

function isReady(literal: CoreLiteral, bound: ReadonlySet<string>): boolean {
  if (literal.kind === "compare")
    return assigned(literal, bound) !== undefined || (isBound(literal.left, bound) && isBound(literal.right, bound));
  return literal.negated && literalVariables(literal).every((name) => bound.has(name));
}
