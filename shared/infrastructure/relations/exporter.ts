import type { Constant } from "@rose-ash/datalog";
import { type SQL, sql } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { OwnConnection } from "./connection.ts";
import type { Relation } from "./program.ts";
import type { Replica } from "./replica.ts";

type Tuple = readonly Constant[];

/** Writes exported relations to relation_tuples. Of all replicas of a service the one that holds the lock does. */
export class Exporter {
  readonly #replica: Replica;
  readonly #connection: OwnConnection;
  /** By relation, the tuples that have changed since it was last written, and whether they hold now; absent: compare all. */
  readonly #pending = new Map<string, Map<string, { tuple: Tuple; holds: boolean }>>();
  /** The session in which the lock was taken: with another session it is gone. */
  #leads: object | null = null;

  constructor(replica: Replica, connection: OwnConnection) {
    this.#replica = replica;
    this.#connection = connection;
    replica.subscribe(({ relation, added, removed }) => {
      const pending = this.#pending.get(relation.name);
      for (const tuple of removed) pending?.set(textOf(tuple), { tuple, holds: false });
      for (const tuple of added) pending?.set(textOf(tuple), { tuple, holds: true });
    });
  }

  get isLeader(): boolean {
    return this.#leads !== null && this.#leads === this.#connection.session;
  }

  /** Writes what has changed, or compares all when it has just become the one that writes. */
  async export(): Promise<void> {
    const exported = this.#replica.state.relations.map(({ relation }) => relation).filter(({ isExported }) => isExported);
    if (exported.length === 0) return;
    const db = await this.#connection.db();
    if (!(await this.#isElected(db, exported[0]?.owner ?? "shared"))) return;
    for (const relation of exported) await this.#write(db, relation);
  }

  async #isElected(db: NodePgDatabase, owner: string): Promise<boolean> {
    if (this.isLeader) return true;
    const { session } = this.#connection;
    const { rows } = await db.execute<{ locked: boolean }>(
      sql`select pg_try_advisory_lock(hashtext('relations'), hashtext(${owner})) as locked`,
    );
    this.#pending.clear();
    this.#leads = rows[0]?.locked === true ? session : null;
    return this.#leads !== null;
  }

  /** One statement: the connection is shared with the replica, whose questions must not fall into a transaction. */
  async #write(db: NodePgDatabase, relation: Relation): Promise<void> {
    const pending = this.#pending.get(relation.name);
    if (pending?.size === 0) return;
    this.#pending.set(relation.name, new Map());
    try {
      const changed = pending ? [...pending.values()] : await this.#difference(db, relation);
      if (changed.length === 0) return;
      const [added, removed] = [true, false].map((wanted) => changed.filter(({ holds }) => holds === wanted).map(({ tuple }) => tuple));
      await db.execute(sql`
        with gone as (delete from relation_tuples where relation = ${relation.fullName} and arguments in (${elements(removed)}))
        insert into relation_tuples (relation, arguments) select ${relation.fullName}, added from (${elements(added)}) as new (added)
        on conflict do nothing`);
      await db.execute(sql`select pg_notify('relations', '')`);
    } catch (error) {
      this.#pending.delete(relation.name); // compare all the next time
      throw error;
    }
  }

  async #difference(db: NodePgDatabase, relation: Relation): Promise<{ tuple: Tuple; holds: boolean }[]> {
    const { rows } = await db.execute<{ arguments: Tuple }>(
      sql`select arguments from relation_tuples where relation = ${relation.fullName}`,
    );
    const wanted = new Map(this.#replica.tuples(relation).map((tuple) => [textOf(tuple), tuple]));
    const present = new Map(rows.map((row) => [textOf(row.arguments), row.arguments]));
    const missing = [...wanted].filter(([text]) => !present.has(text)).map(([, tuple]) => ({ tuple, holds: true }));
    const surplus = [...present].filter(([text]) => !wanted.has(text)).map(([, tuple]) => ({ tuple, holds: false }));
    return [...missing, ...surplus];
  }
}

function elements(tuples: readonly Tuple[] = []): SQL {
  return sql`select jsonb_array_elements(${JSON.stringify(tuples)}::jsonb)`;
}

function textOf(tuple: Tuple): string {
  return JSON.stringify(tuple);
}
