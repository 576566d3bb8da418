import { goalBindings, isBound, orderBody } from "../analysis/order.ts";
import {
  type Aggregate,
  type AggregateLiteral,
  type Atom,
  type AtomLiteral,
  type CompareLiteral,
  type Literal,
  type Place,
  type Rule,
  relationKey,
} from "../ast/ast.ts";
import { HELPER } from "../ast/names.ts";
import { groupVariables, literalVariables } from "../ast/variables.ts";

/** A rule without aggregates, or one that computes one aggregate for each group its body gives (`head` ends with the value). */
export interface CoreRule {
  readonly head: Atom;
  readonly body: readonly CoreLiteral[];
  readonly aggregate: GroupAggregate | undefined;
  /** A rule of magic sets: it only says what is asked for, so a builtin without value is no error in it. */
  readonly isDemand?: boolean;
}

export type CoreLiteral = AtomLiteral | (CompareLiteral & { readonly isLenient?: boolean });

export interface GroupAggregate {
  readonly fn: Aggregate;
  readonly of: string;
  readonly groups: readonly string[];
  readonly goal: readonly CoreLiteral[];
  readonly at: Place;
}

/**
 * Gives every aggregate two relations: `@groups` lists the groups asked for, `@value` holds each group with its value.
 * The aggregate becomes an atom over `@value`; nothing later needs to know about aggregates but the rules of `@value`.
 */
export function withoutAggregates(rules: readonly Rule[], prefix = ""): CoreRule[] {
  let number = 0;
  return rules.flatMap((rule) => {
    if (rule.body.every(isCore)) return [core(rule.head, rule.body.filter(isCore))];
    return splitRule(rule, () => `${prefix}${++number}`);
  });
}

/** The rules as the dependency graph reads them. */
export function asRule({ head, body, aggregate }: CoreRule): Rule {
  if (!aggregate) return { head, body };
  const { fn, of, goal, at } = aggregate;
  const literal: AggregateLiteral = { kind: "aggregate", fn, result: { kind: "any", at }, of: { kind: "var", name: of, at }, goal, at };
  return { head, body: [...body, literal] };
}

function splitRule(rule: Rule, name: () => string): CoreRule[] {
  const result: CoreRule[] = [];
  const replaced = new Map<number, AtomLiteral>();
  const outer = rule.body.filter(isCore);
  for (const { position, isBound: hasGroups } of orderBody(rule).turns) {
    const literal = rule.body[position];
    if (literal?.kind !== "aggregate" || literal.of.kind !== "var") continue;
    const groups = groupVariables(rule, position);
    const goal = literal.goal.filter(isCore);
    const label = name();
    const at = literal.at;
    const args = groups.map((group) => ({ kind: "var" as const, name: group, at }));
    const asked: Atom = { name: `${HELPER}groups${label}`, args, at };
    const before = evaluable([...outer, ...replaced.values()]);
    const body = groupsBody(goal, before, hasGroups);
    result.push(core(asked, withoutIdle(body, groups).map(lenient)));
    const value = { kind: "var" as const, name: "@value", at };
    const head: Atom = { name: `${HELPER}value${label}`, args: [...args, value], at };
    const aggregate = { fn: literal.fn, of: literal.of.name, groups, goal, at };
    result.push({ head, body: [positive(asked)], aggregate });
    replaced.set(position, positive({ ...head, args: [...args, literal.result] }));
  }
  const body = rule.body.flatMap((literal, position) => (isCore(literal) ? [literal] : (replaced.get(position) ?? [])));
  return [...result, core(rule.head, body)];
}

/** Groups bound outside are what the rest of the body gives; otherwise the goal itself says which there are. */
function groupsBody(goal: readonly CoreLiteral[], outer: readonly CoreLiteral[], isBoundOutside: boolean): CoreLiteral[] {
  if (isBoundOutside) return [...outer];
  const own = goalBindings(goal, new Set());
  return goal.flatMap(literalVariables).every((name) => own.has(name)) ? [...goal] : [...outer, ...goal];
}

/** Without the values that neither a group nor another literal needs: they may be missing, which is for the rule itself to say. */
function withoutIdle(body: readonly CoreLiteral[], groups: readonly string[]): CoreLiteral[] {
  const isIdle = (literal: CoreLiteral): boolean => {
    if (literal.kind !== "compare" || (literal.op !== "=" && literal.op !== "is") || literal.left.kind !== "var") return false;
    const { name } = literal.left;
    return !groups.includes(name) && !body.some((other) => other !== literal && literalVariables(other).includes(name));
  };
  const rest = body.filter((literal) => !isIdle(literal));
  return rest.length < body.length ? withoutIdle(rest, groups) : rest;
}

/** A test without a value (a division by zero) rules no group out either: another aggregate may still rule out the whole. */
function lenient(literal: CoreLiteral): CoreLiteral {
  return literal.kind === "compare" ? { ...literal, isLenient: true } : literal;
}

/** The literals that can be looked at without the results of aggregates still to come. */
function evaluable(body: readonly CoreLiteral[]): CoreLiteral[] {
  const bound = goalBindings(body, new Set());
  return body.filter((literal) =>
    literal.kind === "compare"
      ? isBound(literal.left, bound) && isBound(literal.right, bound)
      : literalVariables(literal).every((name) => bound.has(name)),
  );
}

function core(head: Atom, body: readonly CoreLiteral[]): CoreRule {
  return { head, body, aggregate: undefined };
}

function positive(atom: Atom): AtomLiteral {
  return { kind: "atom", negated: false, atom };
}

function isCore(literal: Literal): literal is CoreLiteral {
  return literal.kind !== "aggregate";
}

export function headKey(rule: CoreRule): string {
  return relationKey(rule.head);
}
