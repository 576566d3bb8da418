import { type Component, components } from "../analysis/graph.ts";
import { relationKey } from "../ast/ast.ts";
import { asRule, type CoreRule, headKey } from "../rewrite/aggregates.ts";
import type { Relation } from "../store/relation.ts";
import type { Store } from "../store/store.ts";
import { appending, planRule } from "./emit.ts";
import type { Meter } from "./meter.ts";
import type { Plan } from "./plan.ts";
import { ALL, type View } from "./steps.ts";

/** One way to run a rule: over everything, or with one of its literals over what that literal's relation gained. */
interface Pass {
  readonly plan: Plan;
  /** The same with the delta read at its place in the join: better where the others are few and the delta is large. */
  readonly ranged: Plan | undefined;
  readonly head: Relation;
  readonly delta: Relation | undefined;
}

/** Hands out ranks: each tuple's is above those of the tuples it was derived from. */
export interface Clock {
  now: number;
}

/** What the rules of a component work with. view: ALL where nothing in the store is dead. */
interface Work {
  readonly rules: readonly CoreRule[];
  readonly store: Store;
  readonly meter: Meter;
  readonly clock: Clock;
  readonly view: View;
}

/** Computes the model of the rules, lowest component first. */
export function saturate(rules: readonly CoreRule[], store: Store, meter: Meter, clock: Clock, view: View = ALL): void {
  const byHead = Map.groupBy(rules, headKey); // thousands of rules are no reason to look through all of them for each component
  for (const component of components(rules.map(asRule))) {
    const own = component.flatMap((key) => byHead.get(key) ?? []);
    runComponent(component, { rules: own, store, meter, clock, view });
  }
}

/**
 * The semi-naive rule: the rules that do not recurse run once, over everything; then, round by round, each recursive rule
 * runs once for each of its recursive literals, that literal reading only the rows of the last round (delta), the others
 * all there are. Relations only append, so a delta is a range of rows.
 */
function runComponent(component: Component, work: Work): void {
  const { rules, store, meter, clock } = work;
  const members = component.map((key) => store.get(key));
  const passes = rules.flatMap((rule) => makePasses(rule, new Set(component), work));
  for (const pass of passes) if (!pass.delta) runPass(pass, 0, 0, clock);
  const begin = new Map(members.map((relation) => [relation, 0]));
  while (members.some((relation) => begin.get(relation) !== relation.size)) {
    meter.round();
    const end = new Map(members.map((relation) => [relation, relation.size]));
    for (const pass of passes) {
      if (pass.delta) runPass(pass, begin.get(pass.delta) ?? 0, end.get(pass.delta) ?? 0, clock);
    }
    for (const [relation, size] of end) begin.set(relation, size);
  }
}

/** The ranged plan must promise to be this many times better: an index over what grows costs as well. */
const WORTH = 4;

function runPass({ plan, ranged, head, delta }: Pass, from: number, to: number, clock: Clock): void {
  if (delta && from === to) return;
  const before = head.size;
  for (const one of [plan, ranged]) if (one) Object.assign(one.source, { list: undefined, from, to });
  const chosen = ranged && ranged.estimate() * WORTH < plan.estimate() ? ranged : plan;
  chosen.run();
  if (head.size > before) head.notePass(before, clock.now);
  clock.now += head.size - before;
}

/** A rule's passes: one for each literal over its own component, or a single one over everything. */
function makePasses(rule: CoreRule, component: ReadonlySet<string>, { store, meter, view }: Work): Pass[] {
  const recursive = rule.body.flatMap((literal, position) =>
    literal.kind === "atom" && !literal.negated && component.has(relationKey(literal.atom))
      ? [{ position, key: relationKey(literal.atom) }]
      : [],
  );
  const head = store.get(headKey(rule));
  const isLong = rule.body.filter((literal) => literal.kind === "atom" && !literal.negated).length > 2;
  const make = (start: number | undefined, isRanged = false): Plan =>
    planRule({
      isRanged,
      appends: meter,
      rule,
      store,
      given: [],
      start,
      view: () => view,
      goalView: view,
      growing: component,
      problems: rule.isDemand ? "ignore" : "confirm",
      spend: meter.spend,
      use: appending(rule, store, meter),
    });
  if (recursive.length === 0) return [{ plan: make(undefined), ranged: undefined, head, delta: undefined }];
  return recursive.map(({ position, key }) => ({
    plan: make(position),
    ranged: isLong ? make(position, true) : undefined,
    head,
    delta: store.get(key),
  }));
}
