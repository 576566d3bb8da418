import { DEAD, GONE, NEW, type Relation } from "../store/relation.ts";
import type { RowIndex } from "../store/row-index.ts";
import type { Meter } from "./meter.ts";

/** One loop of a join; true ends the whole run. A last step that does nothing but append pairs says so: loops may do it themselves. */
export interface Step {
  (): boolean;
  readonly appends?: PairSink;
}

/** Pairs of the registers x and y go into the relation. */
export interface PairSink {
  readonly relation: Relation;
  readonly meter: Meter;
  readonly counts: boolean;
  readonly x: number;
  readonly y: number;
}

/** Which rows a literal sees: all (nothing ever died), the model, the model before this change (and notes their rank), below a rank, before or now. */
export type View = typeof ALL | typeof LIVE | typeof OLD | typeof NOTED | typeof LOWER | typeof EITHER;
export const ALL = 0;
export const LIVE = 1;
export const OLD = 2;
export const LOWER = 3;
export const EITHER = 4;
export const NOTED = 5;

/** What the loops of one plan share. */
export interface Frame {
  readonly registers: Int32Array;
  /** The rows of the start literal: `list[from..to]`, or the row numbers themselves when there is no list. */
  readonly source: { list: Int32Array | undefined; from: number; to: number };
  /** For the view LOWER: rows below this rank. */
  limit: number;
  /** By the view NOTED: the rank of the last row it saw. */
  noted: number;
}

/** keys, outs: (column, register); same: (column, column). */
export interface AtomStep {
  readonly plan: Frame;
  readonly relation: Relation;
  readonly isNegated: boolean;
  readonly view: View;
  readonly keys: readonly (readonly [number, number])[];
  readonly outs: readonly (readonly [number, number])[];
  readonly same: readonly (readonly [number, number])[];
  readonly next: Step;
  /** Told how many rows a loop is about to look at. */
  readonly spend: (rows: number) => void;
}

function sees(relation: Relation, row: number, view: View, plan: Frame): boolean {
  if (view === ALL) return true;
  const mark = relation.mark(row);
  switch (view) {
    case LIVE:
      return (mark & DEAD) === 0;
    case OLD:
      return (mark & (DEAD | NEW)) === 0 || (mark & GONE) !== 0;
    case NOTED:
      if ((mark & (DEAD | NEW)) !== 0 && (mark & GONE) === 0) return false;
      plan.noted = relation.rank(row);
      return true;
    case LOWER:
      return (mark & DEAD) === 0 && relation.rank(row) < plan.limit;
    case EITHER:
      return (mark & DEAD) === 0 || (mark & GONE) !== 0;
  }
}

/** Reads the rows of the plan's source. */
export function startStep(shape: AtomStep): Step {
  const { plan, relation, keys, outs, same, next } = shape;
  const { registers, source } = plan;
  const [first, second] = outs;
  if (relation.arity === 2 && first && second) return pairStart(shape, first[1], second[1]);
  return () => {
    const { list, from, to } = source;
    const { rows } = relation;
    for (let i = from; i < to; i++) {
      const at = (list ? (list[i] as number) : i) * relation.arity;
      if (fits(rows, at, keys, same, registers)) {
        for (const [column, register] of outs) registers[register] = rows[at + column] as number;
        if (next()) return true;
      }
    }
    return false;
  };
}

function pairStart({ plan, relation, next }: AtomStep, x: number, y: number): Step {
  const { registers, source } = plan;
  return () => {
    const { list, from, to } = source;
    const { rows } = relation;
    for (let i = from; i < to; i++) {
      const at = (list ? (list[i] as number) : i) * 2;
      registers[x] = rows[at] as number;
      registers[y] = rows[at + 1] as number;
      if (next()) return true;
    }
    return false;
  };
}

/** A positive or negated atom inside a join. refreshers: run before each run of the plan. */
export function atomStep(given: AtomStep, refreshers: (() => void)[], fanouts: (() => number)[]): Step {
  // A test looks at one row of many: its rank says nothing.
  const isVague = given.view === NOTED && given.outs.length === 0 && given.keys.length < given.relation.arity;
  const shape: AtomStep = isVague ? { ...given, view: OLD } : given;
  const { relation, keys, isNegated, view, next } = shape;
  if (isNegated && view === EITHER) return next;
  if (keys.length === relation.arity) return memberStep(shape);
  const isTest = shape.outs.length === 0;
  if (!isNegated && !isTest && keys.length === 0) fanouts.unshift(() => relation.size);
  if (keys.length === 0) return isNegated || isTest ? testStep(shape, scanFinder(shape)) : scanStep(shape);
  const columns = keys.map(([column]) => column);
  const index = relation.index(columns);
  refreshers.push(() => index.catchUp(relation.rows, relation.arity, relation.size));
  if (!isNegated && !isTest) fanouts.unshift(() => relation.size / Math.max(1, index.distinct));
  if (isNegated || isTest) return testStep(shape, indexFinder(shape, index));
  const isPair = relation.arity === 2 && view === ALL;
  return isPair ? pairJoin(shape, index) : joinStep(shape, index);
}

/** All columns known: is the tuple there? */
function memberStep({ plan, relation, isNegated, view, keys, next }: AtomStep): Step {
  const { registers } = plan;
  const tuple = new Int32Array(relation.arity);
  const [first, second] = keys;
  if (view === ALL && relation.isGrowing && first && second) {
    const [x, y] = [first[1], second[1]];
    return () => relation.hasPair(registers[x] as number, registers[y] as number) !== isNegated && next();
  }
  const from = Int32Array.from(keys, ([, register]) => register);
  return () => {
    for (let column = 0; column < from.length; column++) tuple[column] = registers[from[column] as number] as number;
    if (view === ALL) return relation.has(tuple) !== isNegated && next();
    const row = relation.rowOf(tuple);
    return (row >= 0 && sees(relation, row, view, plan)) !== isNegated && next();
  };
}

/** Nothing to bind: whether any row fits is all that counts. */
function testStep({ isNegated, next }: AtomStep, isAny: () => boolean): Step {
  return () => isAny() !== isNegated && next();
}

function scanFinder({ plan, relation, view, same, spend }: AtomStep): () => boolean {
  return () => {
    spend(relation.size);
    for (let row = 0; row < relation.size; row++) {
      if (sees(relation, row, view, plan) && fits(relation.rows, row * relation.arity, [], same, plan.registers)) return true;
    }
    return false;
  };
}

function indexFinder({ plan, relation, view, keys, same, spend }: AtomStep, index: RowIndex): () => boolean {
  const { registers } = plan;
  const probe = new Int32Array(keys.length);
  const from = Int32Array.from(keys, ([, register]) => register);
  return () => {
    for (let i = 0; i < from.length; i++) probe[i] = registers[from[i] as number] as number;
    const key = index.find(probe);
    if (key < 0) return false;
    const end = (index.at[key] as number) + (index.lengths[key] as number);
    spend(index.lengths[key] as number);
    for (let i = index.at[key] as number; i < end; i++) {
      const row = index.arena[i] as number;
      if (sees(relation, row, view, plan) && fits(relation.rows, row * relation.arity, [], same, registers)) return true;
    }
    return false;
  };
}

function scanStep({ plan, relation, view, outs, same, next, spend }: AtomStep): Step {
  const { registers } = plan;
  return () => {
    const { rows, size, arity } = relation;
    spend(size);
    for (let row = 0; row < size; row++) {
      const at = row * arity;
      if (!sees(relation, row, view, plan) || !fits(rows, at, [], same, registers)) continue;
      for (const [column, register] of outs) registers[register] = rows[at + column] as number;
      if (next()) return true;
    }
    return false;
  };
}

function joinStep({ plan, relation, view, keys, outs, same, next, spend }: AtomStep, index: RowIndex): Step {
  const { registers } = plan;
  const probe = new Int32Array(keys.length);
  const from = Int32Array.from(keys, ([, register]) => register);
  const columns = Int32Array.from(outs, ([column]) => column);
  const to = Int32Array.from(outs, ([, register]) => register);
  const { arity } = relation;
  return () => {
    for (let i = 0; i < from.length; i++) probe[i] = registers[from[i] as number] as number;
    const key = index.find(probe);
    if (key < 0) return false;
    const { rows } = relation;
    const { arena } = index;
    const begin = index.at[key] as number;
    const end = begin + (index.lengths[key] as number);
    spend(end - begin);
    for (let i = begin; i < end; i++) {
      const row = arena[i] as number;
      const at = row * arity;
      if (!sees(relation, row, view, plan) || (same.length > 0 && !fits(rows, at, [], same, registers))) continue;
      for (let j = 0; j < to.length; j++) registers[to[j] as number] = rows[at + (columns[j] as number)] as number;
      if (next()) return true;
    }
    return false;
  };
}

/** A join that reads only the rows in the plan's range. Runs are in the order of rows, so it begins with a binary search. */
export function rangeJoin(
  { plan, relation, keys, outs, same, next, spend }: AtomStep,
  refreshers: (() => void)[],
  fanouts: (() => number)[],
): Step {
  const { registers, source } = plan;
  const index = relation.index(keys.map(([column]) => column));
  refreshers.push(() => index.catchUp(relation.rows, relation.arity, relation.size));
  fanouts.unshift(() => (source.to - source.from) / Math.max(1, index.distinct));
  const [out] = outs;
  const sink = out && relation.arity === 2 ? sinkFor(next, out[1]) : undefined;
  if (out && sink) {
    const from = keys[0]?.[1] ?? 0;
    return pairJoinAppend(registers, relation, index, { from, column: out[0], sink, isFirst: sink.x === out[1], range: source });
  }
  const probe = new Int32Array(keys.length);
  const from = Int32Array.from(keys, ([, register]) => register);
  return () => {
    for (let i = 0; i < from.length; i++) probe[i] = registers[from[i] as number] as number;
    const key = index.find(probe);
    if (key < 0) return false;
    const { rows, arity } = relation;
    const { arena } = index;
    const end = (index.at[key] as number) + (index.lengths[key] as number);
    spend(1); // to look it up; what is found may be in no range
    for (let i = lowerBound(arena, index.at[key] as number, end, source.from); i < end; i++) {
      const row = arena[i] as number;
      if (row >= source.to) return false;
      if (!fits(rows, row * arity, [], same, registers)) continue;
      for (const [column, register] of outs) registers[register] = rows[row * arity + column] as number;
      if (next()) return true;
    }
    return false;
  };
}

function lowerBound(cells: Int32Array, begin: number, end: number, least: number): number {
  let [low, high] = [begin, end];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cells[middle] as number) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The hot loop of closures: a pair relation by one column, giving the other; nothing in it is dead. */
function pairJoin({ plan, relation, keys, outs, next, spend }: AtomStep, index: RowIndex): Step {
  const { registers } = plan;
  const from = keys[0]?.[1] ?? 0;
  const [column, to] = outs[0] ?? [0, 0];
  const sink = sinkFor(next, to);
  if (sink) return pairJoinAppend(registers, relation, index, { from, column, sink, isFirst: sink.x === to, range: undefined });
  return () => {
    const key = index.keyOf(registers[from] as number);
    if (key < 0) return false;
    const { rows } = relation;
    const { arena } = index;
    const begin = index.at[key] as number;
    const end = begin + (index.lengths[key] as number);
    spend(end - begin);
    for (let i = begin; i < end; i++) {
      registers[to] = rows[(arena[i] as number) * 2 + column] as number;
      if (next()) return true;
    }
    return false;
  };
}

/** The append behind a join that gives one of the head's two columns. */
function sinkFor({ appends }: Step, out: number): PairSink | undefined {
  return appends && (appends.x === out) !== (appends.y === out) ? appends : undefined;
}

/** pairJoin and the append behind it in one loop. isFirst: what it finds is the head's first column. */
function pairJoinAppend(
  registers: Int32Array,
  relation: Relation,
  index: RowIndex,
  {
    from,
    column,
    sink,
    isFirst,
    range,
  }: { from: number; column: number; sink: PairSink; isFirst: boolean; range: Frame["source"] | undefined },
): Step {
  const { relation: head, meter, counts } = sink;
  const other = isFirst ? sink.y : sink.x;
  return () => {
    const key = index.keyOf(registers[from] as number);
    if (key < 0) return false;
    const { rows } = relation;
    const { arena } = index;
    let begin = index.at[key] as number;
    let end = begin + (index.lengths[key] as number);
    if (range) {
      begin = lowerBound(arena, begin, end, range.from);
      end = lowerBound(arena, begin, end, range.to);
    }
    const fixed = registers[other] as number;
    const before = head.size;
    for (let i = begin; i < end; i++) {
      const found = rows[(arena[i] as number) * 2 + column] as number;
      if (isFirst) head.addPair(found, fixed);
      else head.addPair(fixed, found);
    }
    meter.matches(end - begin, counts ? head.size - before : 0);
    return false;
  };
}

function fits(
  rows: Int32Array,
  at: number,
  keys: readonly (readonly [number, number])[],
  same: readonly (readonly [number, number])[],
  registers: Int32Array,
): boolean {
  for (const [column, register] of keys) if (rows[at + column] !== registers[register]) return false;
  for (const [column, other] of same) if (rows[at + column] !== rows[at + other]) return false;
  return true;
}
