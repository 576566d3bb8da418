import { components } from "../analysis/graph.ts";
import { isHelper } from "../ast/names.ts";
import type { Meter } from "../eval/meter.ts";
import type { Clock } from "../eval/semi-naive.ts";
import { asRule, type CoreRule, headKey } from "../rewrite/aggregates.ts";
import { ASSERTED, DEAD, type Relation } from "../store/relation.ts";
import type { Store } from "../store/store.ts";
import { Journal } from "./journal.ts";
import { RankHeap } from "./rank-heap.ts";
import { RulePlans, type Trigger } from "./rule-plans.ts";

/** Tuples to assert or retract: none twice, none that is so already. */
export interface Edit {
  readonly relation: Relation;
  readonly tuple: Int32Array;
}

interface Part {
  readonly members: ReadonlySet<Relation>;
  readonly rules: readonly RulePlans[];
}

/**
 * Keeps a model up to date, component by component.
 * Deletion is delete-and-rederive (Gupta, Mumick, Subrahmanian 1993) cut short by ranks: each row has a rank above those of the
 * rows it was first derived from, so a row that still has a derivation from lower ranks cannot be resting on itself and stays,
 * and in a big cycle little is deleted only to be found again. Rows are looked at from the lowest rank up, each once.
 * Insertion is semi-naive. Below a negation the two change roles.
 */
export class Maintainer {
  private readonly clock: Clock;
  private readonly parts: readonly Part[];
  private readonly ruled = new Set<Relation>();
  // The state of the change being made.
  private journal = new Journal();
  private meter: Meter | undefined;
  private heap = new RankHeap();
  private below = Number.NEGATIVE_INFINITY;
  private fresh = new Map<Relation, number[]>();
  private groups = new Map<RulePlans, Map<string, Int32Array>>();

  constructor(rules: readonly CoreRule[], store: Store, clock: Clock) {
    this.clock = clock;
    const uses = {
      lost: (relation: Relation, tuple: Int32Array, noted: number) => this.suspect(relation, tuple, noted),
      gained: (relation: Relation, tuple: Int32Array) => this.derive(relation, tuple),
      group: (rule: RulePlans, groups: Int32Array) => this.noteGroup(rule, groups),
      spend: (rows: number) => this.meter?.spend(rows),
    };
    const byHead = Map.groupBy(rules, headKey);
    this.parts = components(rules.map(asRule)).map((component) => {
      const keys = new Set(component);
      const own = component.flatMap((key) => byHead.get(key) ?? []);
      const members = new Set(component.map((key) => store.get(key)));
      for (const relation of members) {
        this.ruled.add(relation);
        if (relation.size > 0) relation.setRank(0, relation.rank(0)); // spreads the passes' ranks over the rows, once
      }
      return { members, rules: own.map((rule) => new RulePlans(rule, store, keys, uses)) };
    });
  }

  /** Makes the change; the journal tells what came of it. Throws, with everything as before, where a limit or a builtin says so. */
  change(asserts: readonly Edit[], retracts: readonly Edit[], meter: Meter): Journal {
    this.journal = new Journal();
    this.meter = meter;
    try {
      this.apply(asserts, retracts);
      this.journal.finish();
    } catch (error) {
      while (this.heap.pop()); // nothing waits any more
      this.journal.undo();
      throw error;
    }
    return this.journal;
  }

  private apply(asserts: readonly Edit[], retracts: readonly Edit[]): void {
    for (const { relation, tuple } of retracts) if (!this.ruled.has(relation)) this.kill(relation, this.unmark(relation, tuple));
    for (const { relation, tuple } of asserts) if (!this.ruled.has(relation)) this.assert(relation, tuple);
    for (const part of this.parts) {
      this.heap = new RankHeap();
      this.fresh = new Map();
      this.groups = new Map();
      const isMine = ({ relation }: Edit): boolean => part.members.has(relation);
      const dead = this.shrink(part, retracts.filter(isMine));
      this.grow(part, dead, asserts.filter(isMine));
    }
  }

  /** Takes out what has no support left. Gives the rows taken out. */
  private shrink(part: Part, retracts: readonly Edit[]): [Relation, number][] {
    this.below = Number.NEGATIVE_INFINITY;
    for (const { relation, tuple } of retracts) this.heap.push(relation, this.unmark(relation, tuple));
    for (const rule of part.rules) {
      for (const trigger of rule.triggers) if (!trigger.isOwn) this.fire(trigger, trigger.lost, !trigger.isNegated);
      for (const trigger of rule.goalTriggers) {
        this.fire(trigger, trigger.lost, true);
        this.fire(trigger, trigger.gained, false);
      }
    }
    for (const [rule, groups] of this.groups) for (const group of groups.values()) this.suspectGroup(rule, group);
    const dead: [Relation, number][] = [];
    for (let item = this.heap.pop(); item; item = this.heap.pop()) {
      const { relation, row } = item;
      if (relation.mark(row) & (DEAD | ASSERTED) || this.isSupported(part, relation, row, relation.rank(row))) continue;
      this.kill(relation, row);
      dead.push([relation, row]);
      this.below = relation.rank(row);
      for (const rule of part.rules) {
        for (const trigger of rule.triggers)
          if (trigger.isOwn && trigger.relation === relation) trigger.lost().runOver(undefined, row, row + 1);
      }
      for (const [rule, groups] of this.groups)
        for (const group of groups.values()) if (rule.triggers.some((one) => one.isOwn)) this.suspectGroup(rule, group);
    }
    return dead;
  }

  /** Brings in what is new, and what was taken out and has another derivation after all. */
  private grow(part: Part, dead: readonly [Relation, number][], asserts: readonly Edit[]): void {
    for (const { relation, tuple } of asserts) this.assert(relation, tuple);
    for (const [relation, row] of dead) {
      if (relation.mark(row) & DEAD && this.isSupported(part, relation, row, Number.POSITIVE_INFINITY))
        if (this.journal.wakeRow(relation, row)) this.came(relation, row);
    }
    for (const rule of part.rules) {
      for (const trigger of rule.triggers) if (!trigger.isOwn) this.fire(trigger, trigger.gained, trigger.isNegated);
    }
    for (const [rule, groups] of this.groups) for (const group of groups.values()) rule.deriveGroup(group);
    while (this.fresh.size > 0) {
      this.meter?.round();
      const delta = this.fresh;
      this.fresh = new Map();
      for (const [relation, rows] of delta) {
        const list = Int32Array.from(rows);
        for (const rule of part.rules) {
          for (const trigger of rule.triggers)
            if (trigger.isOwn && trigger.relation === relation) trigger.gained().runOver(list, 0, list.length);
        }
      }
    }
  }

  private fire(trigger: Trigger, plan: () => ReturnType<Trigger["lost"]>, overGone: boolean): void {
    const rows = overGone ? this.journal.gone(trigger.relation) : this.journal.came(trigger.relation);
    if (rows.length > 0) plan().runOver(rows, 0, rows.length);
  }

  private isSupported(part: Part, relation: Relation, row: number, limit: number): boolean {
    this.meter?.match();
    for (const rule of part.rules) if (rule.head === relation && rule.supports(row, limit)) return true;
    return false;
  }

  /** A head lost a derivation. If a row of it, the lost one or the noted one, ranks above the head, it was not what that rests on. */
  private suspect(relation: Relation, tuple: Int32Array, noted: number): void {
    const row = relation.rowOf(tuple);
    if (row < 0 || relation.mark(row) & (DEAD | ASSERTED)) return;
    const rank = relation.rank(row);
    if (rank > this.below && rank > noted) this.heap.push(relation, row);
  }

  private derive(relation: Relation, tuple: Int32Array): void {
    this.meter?.match();
    const row = this.journal.wake(relation, tuple);
    if (row !== undefined) this.came(relation, row);
  }

  private kill(relation: Relation, row: number): void {
    if (!isHelper(relation.key)) this.meter?.lost();
    this.journal.kill(relation, row);
  }

  private came(relation: Relation, row: number): void {
    if (!isHelper(relation.key)) this.meter?.fact();
    relation.setRank(row, ++this.clock.now);
    const rows = this.fresh.get(relation) ?? [];
    this.fresh.set(relation, rows);
    rows.push(row);
  }

  private assert(relation: Relation, tuple: Int32Array): void {
    if (this.ruled.has(relation)) this.derive(relation, tuple);
    else if (this.journal.wake(relation, tuple) !== undefined) this.meter?.fact();
    const row = relation.rowOf(tuple);
    this.journal.note(relation, row);
    relation.setMark(row, relation.mark(row) | ASSERTED);
  }

  private unmark(relation: Relation, tuple: Int32Array): number {
    const row = relation.rowOf(tuple);
    this.journal.note(relation, row);
    relation.setMark(row, relation.mark(row) & ~ASSERTED);
    return row;
  }

  private noteGroup(rule: RulePlans, groups: Int32Array): void {
    const noted = this.groups.get(rule) ?? new Map<string, Int32Array>();
    this.groups.set(rule, noted);
    const key = groups.join();
    if (!noted.has(key)) noted.set(key, groups.slice());
  }

  /** Every value that the group has may be another one now. */
  private suspectGroup(rule: RulePlans, groups: Int32Array): void {
    const { head } = rule;
    const visit = (row: number): void => {
      if (!(head.mark(row) & DEAD)) this.heap.push(head, row);
    };
    if (groups.length === 0) {
      for (let row = 0; row < head.size; row++) visit(row);
      return;
    }
    const index = head.index(Array.from(groups, (_, column) => column));
    const key = index.find(groups);
    if (key < 0) return;
    const begin = index.at[key] ?? 0;
    for (let i = begin; i < begin + (index.lengths[key] ?? 0); i++) visit(index.arena[i] ?? 0);
  }
}
