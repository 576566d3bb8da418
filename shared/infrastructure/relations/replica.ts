import {
  type Constant,
  type Db,
  dlAddFact,
  dlFacts,
  dlHolds,
  dlMakeDb,
  dlProgram,
  dlProvenance,
  dlQuery,
  dlSaturate,
  dlStats,
  dlSubscribe,
  dlTransact,
  dlVar,
} from "@rose-ash/datalog";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { CodedError } from "../../contracts/errors.ts";
import type { Listener } from "../listener/index.ts";
import type { Ask } from "./asks.ts";
import { KEPT_HOURS, readChanges } from "./changes.ts";
import type { Fact, Program, Relation } from "./program.ts";
import { ASSERTIONS, type ChangedRows, EXPORTS, readSources, type SourcedFact } from "./read-facts.ts";
import { Sources } from "./sources.ts";

/** Tuples that came into and left a relation that is kept whole. */
export interface TupleChange {
  relation: Relation;
  added: readonly (readonly Constant[])[];
  removed: readonly (readonly Constant[])[];
}

/** How a replica stands. */
export interface ReplicaState {
  isLoaded: boolean;
  /** When it last knew that it had seen everything. */
  caughtUpAt: Date | null;
  /** Why it can't catch up; what it has is served meanwhile. */
  trouble: string | null;
  relations: readonly { relation: Relation; tuples: number; isOverCeiling: boolean }[];
  /** Stated by somebody or something, before rules derive from them. */
  facts: number;
  /** The last change that was worked in; null: there was none since the load. */
  maintained: { at: Date; tookMs: number } | null;
}

/** The engine stops this far above what the ceilings add up to: a mistake in a rule must not take the process down. */
const HARD_LIMIT = 4;

/** The relations of a program that are kept whole, as the database has them, maintained from the change log. */
export class Replica {
  readonly #program: Program;
  /** Its connection, since decisions are made in transactions too: were the pool asked, they could wait for each other. */
  readonly #listener: Listener;
  readonly #whole: readonly Relation[];
  readonly #listeners = new Set<(change: TupleChange) => void>();
  #db: Db = dlMakeDb();
  #sources = new Sources();
  #snapshot: string | null = null;
  #caughtUpAt: Date | null = null;
  #trouble: string | null = null;
  #maintained: ReplicaState["maintained"] = null;
  #current: Promise<void> = Promise.resolve();
  #next: Promise<void> | null = null;
  #isClosed = false;

  constructor(program: Program, listener: Listener) {
    this.#program = program;
    this.#listener = listener;
    this.#whole = [...program.relations.values()].filter(({ ceiling }) => ceiling !== null);
  }

  /** The tables whose changes concern it. */
  get sources(): string[] {
    const watched = this.#whole.flatMap(({ projections }) => projections.flatMap(({ watches }) => watches ?? []));
    return [...new Set([ASSERTIONS, EXPORTS, ...watched])];
  }

  /** The database, for questions; load first. */
  get db(): Db {
    return this.#db;
  }

  get state(): ReplicaState {
    const counts = dlStats(this.#db).relations;
    const relations = this.#whole.map((relation) => {
      const tuples = counts[`${relation.name}/${relation.columns.length}`] ?? 0;
      return { relation, tuples, isOverCeiling: tuples > (relation.ceiling ?? 0) };
    });
    const [isLoaded, facts] = [this.#snapshot !== null, this.#sources.size];
    return { isLoaded, caughtUpAt: this.#caughtUpAt, trouble: this.#trouble, relations, facts, maintained: this.#maintained };
  }

  /** Calls listener after every change of a relation that is kept whole. Gives a function that ends it. */
  subscribe(listener: (change: TupleChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Applies everything that was committed before the call. One catch-up under way may have looked too early, so callers wait for
   * the one after it, all together. Rejects where the database can't be asked or a change can't be applied.
   */
  catchUp(): Promise<void> {
    this.#next ??= this.#current
      .catch(() => undefined) // its callers have heard
      .then(() => {
        this.#next = null;
        this.#current = this.#tryCatchUp();
        return this.#current;
      });
    return this.#next;
  }

  /** Loads, if that has not been done; what is there is served however old it is. */
  async ready(): Promise<void> {
    if (this.#snapshot === null) await this.catchUp();
  }

  /** The tuples that have these values. */
  lookUp({ relation, pattern, bindings }: Ask): Fact[] {
    return bindings.flatMap((binding) => {
      let place = 0;
      const terms = [...pattern].map((mark, column) => (mark === "b" ? (binding[place++] ?? "") : dlVar(`V${column}`)));
      return dlQuery(this.#db, [relation, ...terms]).map((answer): Fact => {
        return [relation, ...terms.map((term, column) => (typeof term === "object" ? (answer[`V${column}`] ?? "") : term))];
      });
    });
  }

  /** What it has can be looked at; it can't catch up any more. */
  close(): void {
    this.#isClosed = true;
  }

  holds(fact: Fact): boolean {
    return dlHolds(this.#db, fact);
  }

  tuples(relation: Relation): (readonly Constant[])[] {
    return dlFacts(this.#db, `${relation.name}/${relation.columns.length}`);
  }

  async #tryCatchUp(): Promise<void> {
    try {
      if (this.#isClosed) throw new Error("the relations are closed");
      await this.#listener.borrow(({ db }) => this.#catchUpOnce(db));
      this.#trouble = null;
    } catch (error) {
      this.#trouble = error instanceof Error ? error.message : String(error);
      throw new CodedError("unavailable", "What follows from the facts can't be said at the moment.", { err: error });
    }
  }

  async #catchUpOnce(db: NodePgDatabase): Promise<void> {
    const changes = await readChanges(db, this.#snapshot);
    const isTooOld = this.#caughtUpAt !== null && changes.now.getTime() - this.#caughtUpAt.getTime() > (KEPT_HOURS * 3_600_000) / 2;
    if (this.#snapshot === null) await this.#load(await readSources(db, this.#program, this.#everything()));
    else {
      const rows = isTooOld ? this.#everything() : withEnded(changes.rows, this.#sources.ended(changes.now));
      if (rows.length > 0) await this.#maintain(db, rows);
    }
    this.#snapshot = changes.snapshot;
    this.#caughtUpAt = changes.now;
  }

  async #maintain(db: NodePgDatabase, rows: readonly ChangedRows[]): Promise<void> {
    const began = performance.now();
    this.#apply(rows, await readSources(db, this.#program, rows));
    this.#maintained = { at: new Date(), tookMs: performance.now() - began };
  }

  #everything(): ChangedRows[] {
    return this.sources.map((source) => ({ source, keys: null }));
  }

  async #load(facts: readonly SourcedFact[]): Promise<void> {
    const ceilings = this.#whole.reduce((sum, { ceiling }) => sum + (ceiling ?? 0), 0);
    const db = dlProgram(this.#program.materialised.text, { limits: { facts: Math.max(ceilings * HARD_LIMIT, 1_000) } });
    const sources = new Sources();
    const change = sources.change([], [...this.#statedByProgram(), ...facts]);
    for (const fact of change.appeared) dlAddFact(db, fact);
    dlSaturate(db);
    change.commit();
    this.#db = db;
    this.#sources = sources;
    for (const relation of this.#whole) this.#listen(relation);
  }

  /** A fact in a .dl file has that file as a source: who asserts it too and takes that back takes back only that. */
  #statedByProgram(): SourcedFact[] {
    const db = dlProgram(this.#program.materialised.text);
    const facts = this.#whole.flatMap(({ name, columns }) =>
      dlFacts(db, `${name}/${columns.length}`).map((values): Fact => [name, ...values]),
    );
    return facts.filter((fact) => dlProvenance(db, fact).asserted).map((fact) => ({ source: "program", key: "", fact, expiresAt: null }));
  }

  #apply(rows: readonly ChangedRows[], facts: readonly SourcedFact[]): void {
    const changed = rows.flatMap(({ source, keys }) =>
      this.#sourcesOf(source).flatMap((name) => (keys ?? this.#sources.keysOf(name)).map((key) => ({ source: name, key }))),
    );
    const change = this.#sources.change(changed, facts);
    const ops = [...change.vanished.map((retract) => ({ retract })), ...change.appeared.map((assert) => ({ assert }))];
    if (ops.length > 0) dlTransact(this.#db, ops);
    change.commit();
  }

  /** What facts of a table are filed under: assertions and exports under its own name, projections under theirs. */
  #sourcesOf(table: string): string[] {
    if (table === ASSERTIONS || table === EXPORTS) return [table];
    return this.#whole.flatMap(({ projections }) => projections.filter(({ watches }) => watches === table).map(({ name }) => name));
  }

  #listen(relation: Relation): void {
    dlSubscribe(this.#db, `${relation.name}/${relation.columns.length}`, ({ added, removed }) => {
      for (const listener of [...this.#listeners]) listener({ relation, added, removed });
    });
  }
}

function withEnded(rows: readonly ChangedRows[], ended: readonly string[]): ChangedRows[] {
  if (ended.length === 0) return [...rows];
  const others = rows.filter(({ source }) => source !== ASSERTIONS);
  const known = rows.find(({ source }) => source === ASSERTIONS);
  if (known?.keys === null) return [...rows];
  return [...others, { source: ASSERTIONS, keys: [...new Set([...(known?.keys ?? []), ...ended])] }];
}
