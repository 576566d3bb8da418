import { type Atom, relationKey } from "../ast/ast.ts";
import { planRule } from "../eval/emit.ts";
import type { Plan } from "../eval/plan.ts";
import { EITHER, LIVE, LOWER, OLD, type View } from "../eval/steps.ts";
import { type CoreRule, headKey } from "../rewrite/aggregates.ts";
import type { Relation } from "../store/relation.ts";
import type { Store } from "../store/store.ts";

/** A literal of a rule's body (or of its aggregate's goal) and the plans that start from changes of its relation. */
export interface Trigger {
  readonly relation: Relation;
  readonly isNegated: boolean;
  /** The literal's relation is in the rule's own component. */
  readonly isOwn: boolean;
  /** Heads that rested on these rows, before the change. Of a goal: none. */
  readonly lost: () => Plan;
  /** Heads that rest on these rows now. Of a goal: the groups whose value may differ. */
  readonly gained: () => Plan;
}

/** Called with each head, or group, that a plan finds. */
export interface Uses {
  readonly lost: (relation: Relation, tuple: Int32Array) => void;
  readonly gained: (relation: Relation, tuple: Int32Array) => void;
  readonly group: (rule: RulePlans, groups: Int32Array) => void;
}

/** The plans of one rule for maintenance, each compiled at its first use. */
export class RulePlans {
  readonly head: Relation;
  readonly triggers: readonly Trigger[];
  readonly goalTriggers: readonly Trigger[];
  private readonly rule: CoreRule;
  private readonly store: Store;
  private readonly component: ReadonlySet<string>;
  private readonly uses: Uses;
  private wanted = new Int32Array(0);
  private readonly supportPlan: () => Plan;
  private readonly groupPlan: () => Plan;

  constructor(rule: CoreRule, store: Store, component: ReadonlySet<string>, uses: Uses) {
    this.rule = rule;
    this.store = store;
    this.component = component;
    this.uses = uses;
    this.head = store.get(headKey(rule));
    this.triggers = rule.body.flatMap((literal, position) =>
      literal.kind === "atom" ? [this.trigger(literal.atom, literal.negated, position)] : [],
    );
    this.goalTriggers = (rule.aggregate?.goal ?? []).flatMap((literal, position) =>
      literal.kind === "atom" ? [this.goalTrigger(literal.atom, literal.negated, position)] : [],
    );
    this.supportPlan = lazily(() => this.makeSupport());
    this.groupPlan = lazily(() => this.makeGroup());
  }

  /** Does the rule derive the tuple from what is alive, and of its own component from rows below the rank? */
  supports(tuple: Int32Array, limit: number): boolean {
    const plan = this.supportPlan();
    const { args } = this.rule.head;
    for (let column = 0; column < args.length; column++) {
      const term = args[column];
      const register = term ? plan.register(term) : -1;
      if (register < 0) continue; // the value of an aggregate, compared at the end
      if (term?.kind === "const" && plan.registers[register] !== tuple[column]) return false;
      plan.registers[register] = tuple[column] as number;
    }
    this.wanted = tuple as Int32Array<ArrayBuffer>;
    plan.limit = limit;
    return plan.run();
  }

  /** Derives the value of one group, if it is asked for. */
  deriveGroup(groups: Int32Array): void {
    const plan = this.groupPlan();
    this.groupNames().forEach((name, i) => {
      plan.registers[plan.register({ kind: "var", name, at: this.rule.head.at })] = groups[i] as number;
    });
    plan.run();
  }

  private trigger(atom: Atom, isNegated: boolean, start: number): Trigger {
    const { head, store, component, uses } = this;
    const key = relationKey(atom);
    const make = (view: View, problems: "ignore" | "confirm", use: (tuple: Int32Array) => void): Plan =>
      planRule({ rule: this.rule, store, given: [], start, view: () => view, goalView: LIVE, growing: NONE, problems, use: always(use) });
    return {
      relation: store.get(key),
      isNegated,
      isOwn: component.has(key),
      lost: lazily(() => (this.rule.aggregate ? this.lostGroups(start) : make(OLD, "ignore", (tuple) => uses.lost(head, tuple)))),
      gained: lazily(() => make(LIVE, "confirm", (tuple) => uses.gained(head, tuple))),
    };
  }

  /** A group that is no longer asked for loses its value, whatever that was. */
  private lostGroups(start: number): Plan {
    const at = this.rule.head.at;
    const head: Atom = { name: "@lost", args: this.groupNames().map((name) => ({ kind: "var", name, at })), at };
    const rule: CoreRule = { head, body: this.rule.body, aggregate: undefined };
    const use = always((groups: Int32Array) => this.uses.group(this, groups));
    return planRule({ rule, store: this.store, given: [], start, view: () => OLD, goalView: LIVE, growing: NONE, problems: "ignore", use });
  }

  private goalTrigger(atom: Atom, isNegated: boolean, start: number): Trigger {
    const { rule, store } = this;
    const at = rule.head.at;
    const asked = rule.body.flatMap((literal) => (literal.kind === "atom" ? [{ ...literal }] : []));
    const head: Atom = { name: "@group", args: this.groupNames().map((name) => ({ kind: "var", name, at })), at };
    const body = [...(rule.aggregate?.goal ?? []), ...asked];
    const use = always((groups: Int32Array) => this.uses.group(this, groups));
    const make = (): Plan =>
      planRule({
        rule: { head, body, aggregate: undefined },
        store,
        given: [],
        start,
        view: () => EITHER,
        goalView: LIVE,
        growing: NONE,
        problems: "ignore",
        use,
      });
    const plan = lazily(make);
    return { relation: store.get(relationKey(atom)), isNegated, isOwn: false, lost: plan, gained: plan };
  }

  private makeSupport(): Plan {
    const { rule, store, component } = this;
    const given = rule.aggregate ? this.groupNames() : rule.head.args.flatMap((term) => (term.kind === "var" ? [term.name] : []));
    const view = (position: number): View => {
      const literal = rule.body[position];
      return literal?.kind === "atom" && !literal.negated && component.has(relationKey(literal.atom)) ? LOWER : LIVE;
    };
    const use = (tuple: Int32Array): boolean => tuple.every((id, column) => id === this.wanted[column]);
    return planRule({ rule, store, given, start: undefined, view, goalView: LIVE, growing: NONE, problems: "ignore", use });
  }

  private makeGroup(): Plan {
    const { rule, store, head, uses } = this;
    const use = always((tuple: Int32Array) => uses.gained(head, tuple));
    return planRule({
      rule,
      store,
      given: this.groupNames(),
      start: undefined,
      view: () => LIVE,
      goalView: LIVE,
      growing: NONE,
      problems: "confirm",
      use,
    });
  }

  private groupNames(): readonly string[] {
    return this.rule.aggregate?.groups ?? [];
  }
}

const NONE: ReadonlySet<string> = new Set();

function always(use: (tuple: Int32Array) => void): (tuple: Int32Array) => boolean {
  return (tuple) => {
    use(tuple);
    return false;
  };
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
