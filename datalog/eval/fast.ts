import { type Constant, type Rule, relationKey } from "../ast/ast.ts";
import { GOAL, isHelper } from "../ast/names.ts";
import { changed, type Difference, type Engine, type Fact, type FactLoader, type Limits, type OnProgress } from "../db/engine.ts";
import { MarkLoader } from "../db/fact-loader.ts";
import { fail } from "../errors.ts";
import { ChangedRows } from "../incremental/changed-rows.ts";
import { type Edit, Maintainer } from "../incremental/maintain.ts";
import { type CoreRule, withoutAggregates } from "../rewrite/aggregates.ts";
import { demandRules } from "../rewrite/magic.ts";
import { ASSERTED, DEAD } from "../store/relation.ts";
import { RowLoader } from "../store/row-loader.ts";
import { Store } from "../store/store.ts";
import { planRule } from "./emit.ts";
import { Meter } from "./meter.ts";
import { told } from "./oracle.ts";
import { type Clock, saturate } from "./semi-naive.ts";
import { ALL, LIVE } from "./steps.ts";

/** Dead rows are swept out of a relation when they are this many and more than the living. */
const SWEEP = 4096;

/** Semi-naive evaluation over typed arrays, maintained incrementally, or (resaturate) stripped and derived again. */
export class FastEngine implements Engine {
  private readonly limits: Limits;
  private readonly resaturates: boolean;
  private readonly onProgress: OnProgress | undefined;
  private readonly store = new Store();
  private readonly clock: Clock = { now: 1 };
  private rules: readonly Rule[] = [];
  private core: readonly CoreRule[] = [];
  private isComplete = false;
  /** Facts marked on a complete model: the next question takes them in. */
  private pending = new Map<string, Fact>();
  private maintainer: Maintainer | undefined;
  /** How many more facts may be marked; counted anew after whatever else happens to the database. */
  private room: number | undefined;

  constructor(limits: Limits, resaturates: boolean, onProgress?: OnProgress) {
    this.limits = limits;
    this.resaturates = resaturates;
    this.onProgress = onProgress;
  }

  get isSaturated(): boolean {
    return this.isComplete && this.pending.size === 0;
  }

  setRules(rules: readonly Rule[]): void {
    const pending = [...this.pending.values()];
    this.pending.clear();
    this.rules = rules;
    this.core = withoutAggregates(rules);
    if (this.isComplete) this.store.strip();
    this.isComplete = false;
    this.maintainer = undefined;
    this.room = undefined;
    for (const fact of pending) this.mark(fact);
  }

  mark(fact: Fact): boolean {
    if (this.isComplete) {
      if (this.isAsserted(fact)) return false;
      if (!this.has(fact)) this.admit();
      this.pending.set(textOf(fact), fact);
      return true;
    }
    if (this.has(fact)) return false;
    this.admit();
    const relation = this.store.get(fact.key);
    relation.add(this.store.intern(fact.values));
    relation.setMark(relation.size - 1, ASSERTED);
    return true;
  }

  loader(name: string): FactLoader {
    this.room = undefined;
    return this.isComplete ? new MarkLoader(name, this) : new RowLoader(name, this.store);
  }

  isAsserted(fact: Fact): boolean {
    if (!this.isComplete) return this.store.has(fact.key, fact.values);
    if (this.pending.size > 0 && this.pending.has(textOf(fact))) return true;
    const found = this.store.locate(fact.key, fact.values);
    return found !== undefined && (found.relation.mark(found.row) & ASSERTED) !== 0;
  }

  saturate(): void {
    if (!this.isComplete) {
      try {
        told(() => saturate(this.core, this.store, this.meter(), this.clock));
      } catch (error) {
        this.store.strip();
        throw error;
      }
      this.isComplete = true;
      this.room = undefined;
    }
    if (this.pending.size === 0) return;
    this.room = undefined;
    this.changeModel([...this.pending.values()], []);
    this.pending.clear();
  }

  change(asserts: readonly Fact[], retracts: readonly Fact[]): Difference {
    this.room = undefined;
    if (this.isSaturated) return this.changeModel(asserts, retracts);
    const added = new Map(this.pending);
    for (const fact of retracts) added.delete(textOf(fact));
    for (const fact of asserts) added.set(textOf(fact), fact);
    const difference = this.derivedAgain(
      [...added.values()],
      retracts.filter((fact) => !this.pending.has(textOf(fact))),
    );
    this.pending.clear();
    this.isComplete = true;
    this.maintainer = undefined;
    return difference;
  }

  private changeModel(asserts: readonly Fact[], retracts: readonly Fact[]): Difference {
    return this.resaturates ? this.derivedAgain(asserts, retracts) : this.maintained(asserts, retracts);
  }

  has(fact: Fact): boolean {
    return this.store.has(fact.key, fact.values);
  }

  rank(fact: Fact): number {
    const found = this.store.locate(fact.key, fact.values);
    return found ? found.relation.rank(found.row) : 0;
  }

  tuples(key: string): Iterable<readonly Constant[]> {
    return this.store.tuples(key);
  }

  size(key: string): number {
    const waiting = [...this.pending.values()].filter((fact) => fact.key === key && !this.store.has(key, fact.values));
    return (this.store.find(key)?.count ?? 0) + waiting.length;
  }

  keys(): string[] {
    const known = [...this.store.all()].filter(({ key, count }) => count > 0 && !isHelper(key)).map(({ key }) => key);
    return [...new Set([...known, ...[...this.pending.values()].map(({ key }) => key)])];
  }

  solve(rule: Rule): Constant[][] {
    return told(() => this.answer(withoutAggregates([rule], GOAL), new Store(this.store), rule));
  }

  demand(rule: Rule): Constant[][] {
    if (this.isComplete) {
      this.saturate();
      return this.solve(rule);
    }
    return told(() => this.answer(demandRules(this.rules, rule), new Store(this.store), rule));
  }

  /** Evaluates rules into a scratch store over the database's and reads the goal's head there. */
  private answer(rules: readonly CoreRule[], scratch: Store, goal: Rule): Constant[][] {
    const meter = this.meter();
    const key = relationKey(goal.head);
    const [only] = rules;
    if (!this.isComplete || !only || rules.length > 1) {
      saturate(rules, scratch, meter, { now: 1 }, this.isComplete ? LIVE : ALL);
      return [...scratch.tuples(key)];
    }
    const found = scratch.get(key);
    const use = (tuple: Int32Array): boolean => {
      meter.match();
      found.add(tuple);
      return false;
    };
    planRule({
      rule: only,
      store: scratch,
      given: [],
      start: undefined,
      view: () => LIVE,
      goalView: LIVE,
      growing: new Set(),
      problems: "confirm",
      spend: meter.spend,
      use,
    }).run();
    return [...scratch.tuples(key)];
  }

  private maintained(asserts: readonly Fact[], retracts: readonly Fact[]): Difference {
    this.maintainer ??= new Maintainer(this.core, this.store, this.clock);
    const maintainer = this.maintainer;
    const meter = this.meter();
    const journal = told(() => maintainer.change(asserts.map(this.edit), retracts.map(this.edit), meter));
    const touched = [...journal.touched];
    this.sweep();
    return {
      added: new ChangedRows(
        this.store,
        touched.map(([relation, { came }]) => [relation, came]),
      ),
      removed: new ChangedRows(
        this.store,
        touched.map(([relation, { gone }]) => [relation, gone]),
      ),
    };
  }

  private derivedAgain(asserts: readonly Fact[], retracts: readonly Fact[]): Difference {
    const before = new Map(this.listed());
    const restore = this.store.strip();
    try {
      for (const fact of asserts) {
        const { relation, tuple } = this.edit(fact);
        if (relation.add(tuple)) relation.setMark(relation.size - 1, ASSERTED);
      }
      for (const fact of retracts) {
        const { relation, tuple } = this.edit(fact);
        relation.setMark(relation.rowOf(tuple), DEAD);
      }
      this.store.sweep(0);
      told(() => saturate(this.core, this.store, this.meter(), this.clock));
    } catch (error) {
      restore();
      throw error;
    }
    const after = new Map(this.listed());
    const added = [...after].filter(([text]) => !before.has(text)).map(second);
    const removed = [...before].filter(([text]) => !after.has(text)).map(second);
    return { added: changed(added), removed: changed(removed) };
  }

  private listed(): [string, Fact][] {
    return this.keys().flatMap((key) =>
      [...this.store.tuples(key)].map((values): [string, Fact] => {
        const fact = { name: key.slice(0, key.lastIndexOf("/")), key, values };
        return [textOf(fact), fact];
      }),
    );
  }

  private sweep(): void {
    // Plans and indexes know rows by number: where rows moved they are made anew.
    if (this.store.sweep(SWEEP)) this.maintainer = undefined;
  }

  private readonly edit = (fact: Fact): Edit => ({ relation: this.store.get(fact.key), tuple: this.store.intern(fact.values) });

  /** Makes room for a fact, or throws where there may be no more. */
  private admit(): void {
    this.room ??= this.limits.facts - this.total() - [...this.pending.values()].filter((fact) => !this.has(fact)).length;
    if (this.room <= 0) fail("limit-exceeded", `The limit of ${this.limits.facts} facts is exceeded.`);
    this.room--;
  }

  private meter(): Meter {
    const meter = new Meter(this.limits, this.total(), this.onProgress);
    meter.room(); // the reader of a file counts nothing, nor does what strips and asserts
    return meter;
  }

  private total(): number {
    let sum = 0;
    for (const { key, count } of this.store.all()) if (!isHelper(key)) sum += count;
    return sum;
  }
}

function textOf({ key, values }: Fact): string {
  return JSON.stringify([key, values]);
}

function second<T>([, value]: [string, T]): T {
  return value;
}
