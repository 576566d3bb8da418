import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";

const CONNECT_MS = 3_000;
const STATEMENT_MS = 5_000;

/** One connection of its own, opened when it is needed and again after it was lost; it hears a channel while it is open. */
export class OwnConnection {
  readonly #url: string;
  readonly #channel: string;
  readonly #onHint: () => void;
  #open: Promise<{ client: pg.Client; db: NodePgDatabase }> | null = null;
  #isClosed = false;

  constructor(url: string, channel: string, onHint: () => void) {
    this.#url = url;
    this.#channel = channel;
    this.#onHint = onHint;
  }

  /** Changes whenever the connection is another one: locks of a session that ended are gone. */
  get session(): object | null {
    return this.#open;
  }

  async db(): Promise<NodePgDatabase> {
    return (await this.#use()).db;
  }

  /** Runs work that may be run twice; where the connection turns out to be dead, once more over a new one. */
  async retrying<T>(work: (db: NodePgDatabase) => Promise<T>): Promise<T> {
    const first = await this.#use();
    try {
      return await work(first.db);
    } catch (error) {
      const isAlive = await first.client.query("select").then(
        () => true,
        () => false,
      );
      if (isAlive) throw error;
      if (this.#open === first.open) this.#open = null;
      first.client.end().catch(() => undefined); // it is dead
      return work((await this.#use()).db);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const open = await this.#open?.catch(() => null);
    await open?.client.end().catch(() => undefined); // it may be gone already
  }

  async #use() {
    if (this.#isClosed) throw new Error("the connection for relations is closed");
    this.#open ??= this.#connect();
    const open = this.#open;
    return { open, ...(await open) };
  }

  async #connect(): Promise<{ client: pg.Client; db: NodePgDatabase }> {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: "rose-ash relations",
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: STATEMENT_MS,
    });
    const forget = () => {
      this.#open = null;
    };
    client.on("error", forget).on("end", forget).on("notification", this.#onHint);
    try {
      await client.connect();
      await client.query(`listen ${this.#channel}`);
    } catch (error) {
      forget();
      client.end().catch(() => undefined); // half open, and of no use
      throw error;
    }
    return { client, db: drizzle({ client, casing: "snake_case" }) };
  }
}
