import type { Constant, Literal, Rule } from "../ast/ast.ts";
import { FastEngine } from "../eval/fast.ts";
import { OracleEngine } from "../eval/oracle.ts";
import { changed, type Difference, type Engine, type Limits, type OnProgress } from "./engine.ts";

/** How a database works; everything has a default. */
export interface DbOptions {
  /** `incremental` (default) maintains what changes. `resaturate` strips what is derived and derives it again after each change. */
  readonly strategy?: "incremental" | "resaturate";
  /** `semi-naive` (default), or `naive`: the slow and obvious evaluation, which never disagrees. */
  readonly evaluation?: "semi-naive" | "naive";
  readonly limits?: Partial<Limits>;
  /** For a progress line; naive evaluation tells nothing. */
  readonly onProgress?: OnProgress;
}

/** Called after each change that touched the relation; never for a change that changed nothing there. */
export type Listener = (change: TupleChange) => void;

export interface TupleChange {
  readonly added: readonly (readonly Constant[])[];
  readonly removed: readonly (readonly Constant[])[];
}

/** A database: rules, asserted facts and what follows. Opaque: use the dl… functions. */
export interface Db {
  readonly engine: Engine;
  rules: readonly Rule[];
  /** The `?-` goals of the programs, in order. */
  readonly queries: (readonly Literal[])[];
  /** By the relation's name, or `name/arity`. */
  readonly listeners: Map<string, Set<Listener>>;
}

const LIMITS: Limits = { facts: 50_000_000, iterations: 10_000_000, timeMs: Number.POSITIVE_INFINITY };

export function dlMakeDb(options: DbOptions = {}): Db {
  const limits = { ...LIMITS, ...options.limits };
  const { evaluation, strategy, onProgress } = options;
  const engine = evaluation === "naive" ? new OracleEngine(limits) : new FastEngine(limits, strategy === "resaturate", onProgress);
  return { engine, rules: [], queries: [], listeners: new Map() };
}

/** Tells the listeners what a change did to their relations. */
export function announce(db: Db, difference: Difference): void {
  if (db.listeners.size === 0) return;
  const came = difference.added.facts();
  const went = difference.removed.facts();
  for (const [relation, listeners] of db.listeners) {
    const isMine = (fact: { name: string; key: string }): boolean => fact.name === relation || fact.key === relation;
    const added = came.filter(isMine).map((fact) => fact.values);
    const removed = went.filter(isMine).map((fact) => fact.values);
    if (added.length + removed.length > 0) for (const listener of [...listeners]) listener({ added, removed });
  }
}

/** Runs work that may rebuild the model as a whole; listeners hear the net difference, which is only looked for when there are any. */
export function rebuilding<T>(db: Db, work: () => T): T {
  if (db.listeners.size === 0) return work();
  const before = snapshot(db);
  const result = work();
  const after = snapshot(db);
  announce(db, { added: changed(without(after, before)), removed: changed(without(before, after)) });
  return result;
}

type Snapshot = Map<string, { name: string; key: string; values: readonly Constant[] }>;

function snapshot(db: Db): Snapshot {
  const found: Snapshot = new Map();
  for (const key of db.engine.keys()) {
    const name = key.slice(0, key.lastIndexOf("/"));
    if (!db.listeners.has(name) && !db.listeners.has(key)) continue;
    for (const values of db.engine.tuples(key)) found.set(JSON.stringify([key, values]), { name, key, values });
  }
  return found;
}

function without(all: Snapshot, but: Snapshot): { name: string; key: string; values: readonly Constant[] }[] {
  return [...all].filter(([text]) => !but.has(text)).map(([, fact]) => fact);
}
