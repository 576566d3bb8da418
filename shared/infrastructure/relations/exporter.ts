import type { Constant } from "@rose-ash/datalog";
import { type SQL, sql } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { Listener, Session } from "../listener/index.ts";
import type { Relation } from "./program.ts";
import type { Replica } from "./replica.ts";

type Tuple = readonly Constant[];

/** Writes exported relations to relation_tuples. Of all replicas of a service the one that holds the lock does. */
export class Exporter {
  readonly #replica: Replica;
  readonly #listener: Listener;
  /** By relation, the tuples that have changed since it was last written, and whether they hold now; absent: compare all. */
  readonly #pending = new Map<string, Map<string, { tuple: Tuple; holds: boolean }>>();
  /** The session in which the lock was taken: with another session it is gone. */
  #leads: Session | null = null;
  #hasResigned = false;

  constructor(replica: Replica, listener: Listener) {
    this.#replica = replica;
    this.#listener = listener;
    replica.subscribe(({ relation, added, removed }) => {
      const pending = this.#pending.get(relation.name);
      for (const tuple of removed) pending?.set(textOf(tuple), { tuple, holds: false });
      for (const tuple of added) pending?.set(textOf(tuple), { tuple, holds: true });
    });
  }

  get isLeader(): boolean {
    return this.#leads !== null && this.#leads === this.#listener.session;
  }

  /** Writes what has changed, or compares all when it has just become the one that writes. */
  async export(): Promise<void> {
    const exported = this.#exported;
    if (exported.length === 0) return;
    await this.#listener.borrow(async (session) => {
      if (this.#hasResigned || !(await this.#isElected(session, lockOf(exported)))) return;
      for (const relation of exported) await this.#write(session.db, relation);
    });
  }

  /** For good: lets another replica write. */
  async resign(): Promise<void> {
    this.#hasResigned = true;
    if (this.#listener.session === null) return;
    await this.#listener.borrow(async (session) => {
      if (this.#leads === session) await session.db.execute(sql`select pg_advisory_unlock(${lockOf(this.#exported)})`);
      this.#leads = null;
    });
  }

  get #exported(): Relation[] {
    return this.#replica.state.relations.map(({ relation }) => relation).filter(({ isExported }) => isExported);
  }

  async #isElected(session: Session, lock: SQL): Promise<boolean> {
    if (this.#leads === session) return true;
    const { rows } = await session.db.execute<{ locked: boolean }>(sql`select pg_try_advisory_lock(${lock}) as locked`);
    this.#pending.clear();
    this.#leads = rows[0]?.locked === true ? session : null;
    return this.#leads !== null;
  }

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

/** Each service has its own. */
function lockOf([first]: readonly Relation[]): SQL {
  return sql`hashtext('relations'), hashtext(${first?.owner ?? "shared"})`;
}

function elements(tuples: readonly Tuple[] = []): SQL {
  return sql`select jsonb_array_elements(${JSON.stringify(tuples)}::jsonb)`;
}

function textOf(tuple: Tuple): string {
  return JSON.stringify(tuple);
}
