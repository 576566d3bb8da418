import type { Constant, Literal, Rule } from "../ast/ast.ts";
import { FastEngine } from "../eval/fast.ts";
import { OracleEngine } from "../eval/oracle.ts";
import { changed, type Difference, type Engine, type Fact, type Limits, type OnProgress } from "./engine.ts";

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
  /** Changes that listeners are being told, and those made meanwhile. */
  readonly news: News[];
}

interface News {
  readonly came: readonly Fact[];
  readonly went: readonly Fact[];
}

const LIMITS: Limits = { facts: 50_000_000, iterations: 10_000_000, timeMs: Number.POSITIVE_INFINITY };

export function dlMakeDb(options: DbOptions = {}): Db {
  const limits = { ...LIMITS, ...options.limits };
  const { evaluation, strategy, onProgress } = options;
  const engine = evaluation === "naive" ? new OracleEngine(limits) : new FastEngine(limits, strategy === "resaturate", onProgress);
  return { engine, rules: [], queries: [], listeners: new Map(), news: [] };
}

/**
 * Tells the listeners what a change did to their relations. All of them hear every change, in the order of the changes, also
 * of one that a listener makes; the change stands when a listener throws, and the first error is thrown when all have heard.
 */
export function announce(db: Db, difference: Difference): void {
  if (db.listeners.size === 0) return;
  db.news.push({ came: difference.added.facts(), went: difference.removed.facts() });
  if (db.news.length > 1) return; // a listener made this change while an earlier one is being told
  const errors: unknown[] = [];
  for (let news = db.news[0]; news; news = db.news[0]) {
    tell(db, news, errors);
    db.news.shift();
  }
  if (errors.length > 0) throw errors[0];
}

function tell(db: Db, { came, went }: News, errors: unknown[]): void {
  for (const [relation, listeners] of [...db.listeners]) {
    const isMine = (fact: Fact): boolean => fact.name === relation || fact.key === relation;
    const added = came.filter(isMine).map((fact) => fact.values);
    const removed = went.filter(isMine).map((fact) => fact.values);
    if (added.length + removed.length === 0) continue;
    for (const listener of [...listeners]) {
      try {
        listener({ added, removed });
      } catch (error) {
        errors.push(error);
      }
    }
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
