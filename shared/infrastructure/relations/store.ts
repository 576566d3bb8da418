import {
  type Constant,
  type Db as Datalog,
  dlExplain,
  dlProvenance,
  dlQuery,
  dlVar,
  dlWhyNot,
  type Failure,
  type Proof,
} from "@rose-ash/datalog";
import { sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { Db } from "../db.ts";
import type { Listener, Subscription } from "../listener/index.ts";
import { type FetchFacts, type Goal, OnDemand } from "./answer.ts";
import type { Ask } from "./asks.ts";
import { hasOwnChanges, pruneChanges } from "./changes.ts";
import type { RelationsDeclaration } from "./declare.ts";
import { Exporter } from "./exporter.ts";
import { type Fact, loadProgram, type Program, type Relation } from "./program.ts";
import { fetchAsked, type Queryable } from "./read-facts.ts";
import { Replica, type ReplicaState, type TupleChange } from "./replica.ts";

/** Answers about one goal, from the facts that were fetched for it. */
export interface Look {
  tuples: readonly (readonly Constant[])[];
  derivedBy(fact: Fact): readonly string[];
  explain(fact: Fact): Proof | null;
  whyNot(fact: Fact): readonly Failure[];
}

const CHANNEL = "relations";
const POLL_MS = 400;
const REST_MS = 2_000;
const PRUNE_MS = 3_600_000;

interface Parts {
  program: Program;
  onDemand: OnDemand;
  replica: Replica;
  exporter: Exporter;
}

/** The relations of one service in one process: questions, decisions, proofs, and keeping up with the database. */
export class RelationStore {
  readonly #db: Db;
  readonly #listener: Listener;
  #hints: Subscription | null = null;
  readonly #shared: readonly RelationsDeclaration[];
  #parts: Parts | null = null;
  #reported = "";
  #restsUntil = 0;
  /** Hears of relations above their ceilings and of what keeps the process from catching up, when that changes. */
  report: (trouble: { relations: readonly string[]; err: string | null }, words: string) => void = () => undefined;
  #timers: NodeJS.Timeout[] = [];

  /** Opens nothing yet: the first question does. shared: what it knows before a service's own relations are loaded. */
  constructor(db: Db, listener: Listener, shared: readonly RelationsDeclaration[]) {
    this.#db = db;
    this.#shared = shared;
    this.#listener = listener;
  }

  /** Reads and checks a service's program. Throws where it has mistakes, naming file, line and column of each. */
  load(own: RelationsDeclaration): void {
    this.#parts = this.#partsOf([...this.#shared, own]);
  }

  get program(): Program {
    return this.#loaded.program;
  }

  get state(): ReplicaState & { isExporter: boolean } {
    return { ...this.#loaded.replica.state, isExporter: this.#loaded.exporter.isLeader };
  }

  /** Keeps up from now on, by hints and by asking; exports what is to be exported. */
  start(): void {
    if (this.#timers.length > 0) return;
    this.#timers = [
      setInterval(() => this.#tick(), POLL_MS).unref(),
      setInterval(() => void pruneChanges(this.#db).catch(() => undefined), PRUNE_MS).unref(), // the next hour does it
    ];
    const tick = () => this.#tick();
    this.#hints = this.#listener.listen(CHANNEL, { onNotice: tick, onGap: tick });
    tick();
  }

  /** Starts keeping up where others wait for it: in a service that exports. */
  serve(): void {
    if ([...this.program.relations.values()].some(({ isExported }) => isExported)) this.start();
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#hints?.end();
    this.#parts?.replica.close();
    await this.#parts?.exporter.resign().catch(() => undefined); // the end of the session does it
  }

  /** Tells every replica that something was committed; a hint that is lost costs one poll. */
  async hint(): Promise<void> {
    await this.#db.execute(sql`select pg_notify(${CHANNEL}, '')`).catch(() => undefined); // polls are behind it
  }

  /** Calls listener after every change of a relation that is kept whole. Gives a function that ends it. */
  subscribe(listener: (change: TupleChange) => void): () => void {
    return this.#loaded.replica.subscribe(listener);
  }

  /** Throws not-found for a name of nothing. By its full name, or a plain one of this service. */
  relation(name: string): Relation {
    const relations = [...this.program.relations.values()];
    const found = relations.find((one) => one.fullName === name) ?? this.program.relations.get(name);
    if (found === undefined) throw new CodedError("not-found", "There is no relation of this name here.", { relation: name });
    return found;
  }

  /** The tuples that have the goal's values, sorted. Of a relation kept whole they are at most a second old. */
  async tuples(goal: Goal): Promise<(readonly Constant[])[]> {
    return this.tuplesWithin(this.#db, goal);
  }

  /** The same, with what a transaction can see of the relations that are asked on demand. */
  async tuplesWithin(db: Queryable, goal: Goal): Promise<(readonly Constant[])[]> {
    return this.#answers(goal, db, () => this.#keptUp());
  }

  /**
   * Whether the fact holds for certain now: everything committed before, and what the transaction itself can see, is applied.
   * Throws unavailable where that can't be done, as when the transaction itself has changed what is kept whole.
   */
  async decide(db: Queryable, [relation, ...values]: Fact): Promise<boolean> {
    const { replica } = this.#loaded;
    const goal = { relation, values };
    const seen = async () => {
      await replica.catchUp();
      if (!(await hasOwnChanges(db, replica.sources))) return;
      throw new CodedError("unavailable", "This can be decided only after the change is saved.", { relation });
    };
    return (await this.#answers(goal, db, seen)).length > 0;
  }

  /** What can be said of a goal's tuples: which they are, why they hold, why another does not. As fresh as it can be had. */
  async look(goal: Goal): Promise<Look> {
    const { replica, onDemand } = this.#loaded;
    const freshly = async () => {
      await this.#keptUp();
      await replica.catchUp().catch(() => undefined); // the state says so, and what is there is shown
    };
    const isKept = this.relation(goal.relation).ceiling !== null;
    if (isKept) await freshly();
    const db = isKept ? replica.db : await onDemand.databaseFor(goal, this.#fetcher(this.#db, freshly));
    const isWhole = ([name]: Fact) => this.program.relations.get(name)?.ceiling !== null && replica.state.isLoaded;
    return {
      tuples: answers(db, goal),
      derivedBy: (fact) => dlProvenance(db, fact).derivedBy,
      explain: (fact) => dlExplain(isWhole(fact) ? replica.db : db, fact) ?? null,
      whyNot: (fact) => dlWhyNot(db, fact).rules,
    };
  }

  get #loaded(): Parts {
    this.#parts ??= this.#partsOf(this.#shared);
    return this.#parts;
  }

  #partsOf(owners: readonly RelationsDeclaration[]): Parts {
    const program = loadProgram(owners);
    const replica = new Replica(program, this.#listener);
    return { program, onDemand: new OnDemand(program), replica, exporter: new Exporter(replica, this.#listener) };
  }

  /** Only goals about what is kept whole start the keeping: a service that asks for nothing of it holds nothing. */
  async #keptUp(): Promise<void> {
    this.start();
    await this.#loaded.replica.ready();
  }

  /** whole: what is to be done before what is kept whole is looked at. */
  async #answers(goal: Goal, db: Queryable, whole: () => Promise<void>): Promise<(readonly Constant[])[]> {
    const { onDemand, replica } = this.#loaded;
    if (this.relation(goal.relation).ceiling === null)
      return onDemand.read(goal, this.#fetcher(db, whole), (filled) => answers(filled, goal));
    await whole();
    return answers(replica.db, goal);
  }

  #fetcher(db: Queryable, whole: () => Promise<void>): FetchFacts {
    const { program, replica } = this.#loaded;
    const isWhole = ({ relation }: Ask) => program.relations.get(relation)?.ceiling !== null;
    return async (asks) => {
      const [kept, others] = [asks.filter(isWhole), asks.filter((ask) => !isWhole(ask))];
      const fetched = await fetchAsked(db, program, others);
      if (kept.length > 0) await whole();
      return [...fetched, ...kept.flatMap((ask) => replica.lookUp(ask))];
    };
  }

  /** Trouble is told once; after a rest it is tried again, since what fails may be dear. Decisions don't wait for that. */
  #tick(): void {
    if (performance.now() < this.#restsUntil) return;
    const { replica, exporter } = this.#loaded;
    void replica
      .catchUp()
      .then(() => exporter.export())
      .catch(() => {
        this.#restsUntil = performance.now() + REST_MS;
      })
      .then(() => this.#tell(replica.state));
  }

  #tell({ relations, trouble: err }: ReplicaState): void {
    const over = relations.filter(({ isOverCeiling }) => isOverCeiling).map(({ relation }) => relation.fullName);
    const now = JSON.stringify([over, err]);
    if (now === this.#reported || (this.#reported === "" && over.length === 0 && err === null)) return;
    this.#reported = now;
    this.report({ relations: over, err }, over.length > 0 || err !== null ? "relations need somebody to look" : "relations are well again");
  }
}

function answers(db: Datalog, { relation, values }: Goal): (readonly Constant[])[] {
  const terms = values.map((value, column) => value ?? dlVar(`V${column}`));
  return dlQuery(db, [relation, ...terms]).map((answer) => values.map((value, column) => value ?? answer[`V${column}`] ?? ""));
}
