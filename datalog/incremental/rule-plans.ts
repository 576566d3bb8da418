import { type Atom, relationKey } from "../ast/ast.ts";
import { planRule } from "../eval/emit.ts";
import type { Plan, PlanRequest } from "../eval/plan.ts";
import { EITHER, LIVE, LOWER, NOTED, OLD, type View } from "../eval/steps.ts";
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

/** Called with each head, or group, that a plan finds. noted: the rank of a row of the rule's own component that it was derived from. */
export interface Uses {
  readonly lost: (relation: Relation, tuple: Int32Array, noted: number) => void;
  readonly gained: (relation: Relation, tuple: Int32Array) => void;
  readonly group: (rule: RulePlans, groups: Int32Array) => void;
  /** Told how many rows are about to be looked at. */
  readonly spend: (rows: number) => void;
}

/** Finds a derivation of a tuple: a plan, where it wants the tuple's columns, and those that the head fixes. */
interface Support {
  readonly plan: Plan;
  readonly columns: readonly { readonly column: number; readonly register: number; readonly isRepeated: boolean }[];
  readonly constants: readonly { readonly column: number; readonly id: number }[];
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
  private wanted = 0;
  private readonly support: () => Support;
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
    this.support = lazily(() => this.makeSupport());
    this.groupPlan = lazily(() => this.makeGroup());
  }

  /** Does the rule derive the row's tuple from what is alive, and of its own component from rows below the rank? */
  supports(row: number, limit: number): boolean {
    const { plan, columns, constants } = this.support();
    const { rows, arity } = this.head;
    for (const { column, id } of constants) if (rows[row * arity + column] !== id) return false;
    for (const { column, register, isRepeated } of columns) {
      const value = rows[row * arity + column] as number;
      if (isRepeated && plan.registers[register] !== value) return false;
      plan.registers[register] = value;
    }
    this.wanted = row;
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
    const make = (view: PlanRequest["view"], problems: "ignore" | "confirm", use: (tuple: Int32Array) => void): Plan =>
      planRule({
        rule: this.rule,
        store,
        given: [],
        start,
        view,
        goalView: LIVE,
        growing: NONE,
        problems,
        spend: uses.spend,
        use: always(use),
      });
    const makeLost = (): Plan => {
      const view = (position: number): View => (this.isOwn(position) ? NOTED : OLD);
      const plan: Plan = make(view, "ignore", (tuple) => uses.lost(head, tuple, plan.noted));
      return plan;
    };
    return {
      relation: store.get(key),
      isNegated,
      isOwn: component.has(key),
      lost: lazily(() => (this.rule.aggregate ? this.lostGroups(start) : makeLost())),
      gained: lazily(() =>
        make(
          () => LIVE,
          "confirm",
          (tuple) => uses.gained(head, tuple),
        ),
      ),
    };
  }

  /** A group that is no longer asked for loses its value, whatever that was. */
  private lostGroups(start: number): Plan {
    const at = this.rule.head.at;
    const head: Atom = { name: "@lost", args: this.groupNames().map((name) => ({ kind: "var", name, at })), at };
    const rule: CoreRule = { head, body: this.rule.body, aggregate: undefined };
    const use = always((groups: Int32Array) => this.uses.group(this, groups));
    return planRule({
      rule,
      store: this.store,
      given: [],
      start,
      view: () => OLD,
      goalView: LIVE,
      growing: NONE,
      problems: "ignore",
      spend: this.uses.spend,
      use,
    });
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
        spend: this.uses.spend,
        use,
      });
    const plan = lazily(make);
    return { relation: store.get(relationKey(atom)), isNegated, isOwn: false, lost: plan, gained: plan };
  }

  private makeSupport(): Support {
    const { rule, store, head } = this;
    const given = rule.aggregate ? this.groupNames() : rule.head.args.flatMap((term) => (term.kind === "var" ? [term.name] : []));
    const view = (position: number): View => (this.isOwn(position) ? LOWER : LIVE);
    // The given columns are as wanted; an aggregate's value is found at the end.
    const value = head.arity - 1;
    const use = rule.aggregate
      ? (tuple: Int32Array): boolean => tuple[value] === head.rows[this.wanted * head.arity + value]
      : (): boolean => true;
    const plan = planRule({
      rule,
      store,
      given,
      start: undefined,
      view,
      goalView: LIVE,
      growing: NONE,
      problems: "ignore",
      spend: this.uses.spend,
      use,
    });
    const { args } = rule.head;
    const registers = args.map((term) => (term.kind === "var" && given.includes(term.name) ? plan.register(term) : -1));
    return {
      plan,
      columns: registers.flatMap((register, column) =>
        register < 0 ? [] : [{ column, register, isRepeated: registers.indexOf(register) < column }],
      ),
      constants: args.flatMap((term, column) => (term.kind === "const" ? [{ column, id: store.constants.intern(term.value) }] : [])),
    };
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
      spend: uses.spend,
      use,
    });
  }

  /** Is the literal a positive one over the rule's own component? */
  private isOwn(position: number): boolean {
    const literal = this.rule.body[position];
    return literal?.kind === "atom" && !literal.negated && this.component.has(relationKey(literal.atom));
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
