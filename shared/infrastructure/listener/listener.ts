import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";

const CONNECT_MS = 3_000;
const RETRY_MS = 500;
/** PostgreSQL gives a statement up first: what merely waits for a lock does not cost the connection. */
const STATEMENT_MS = 5_000;
const ANSWER_MS = 6_000;
/** How often it is asked whether the line is whole, and how long it may be silent then. */
const PROBE_MS = 1_000;
const SILENT_MS = 2_000;
/** PostgreSQL tells notices between statements only: under one that takes longer nothing counts as heard. */
const DEAF_MS = 1_000;

/** Whoever wants to know what is said on a channel. */
interface Subscriber {
  onNotice(payload: string): void;
  /** It is heard from now on, over a new connection: what was said before went unheard. */
  onGap(): void;
}

export interface Subscription {
  /** Whether what is said now is heard at once. */
  isHeard(): boolean;
  end(): void;
}

/** The connection while it lasts: another one is another session, with none of the first one's locks. */
export interface Session {
  readonly client: pg.Client;
  readonly db: NodePgDatabase;
}

interface Heard {
  channel: string;
  subscriber: Subscriber;
  over: Session | null;
}

/**
 * The one connection that a process has beside its pool. It listens (NOTIFY), for as many as subscribe, and can be borrowed for
 * short questions that must wait neither for pages nor for the pool, as a transaction has a connection of that already.
 * It opens when it is first needed, and by itself again while somebody listens.
 */
export class Listener {
  readonly #url: string;
  readonly #heard = new Set<Heard>();
  #session: Session | null = null;
  /** One borrower after the other. */
  #last: Promise<unknown> = Promise.resolve();
  #busySince: number | null = null;
  #retry: NodeJS.Timeout | undefined;
  #probe: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(url: string) {
    this.#url = url;
  }

  /** null while there is none. */
  get session(): Session | null {
    return this.#session;
  }

  /** channel: a plain name. */
  listen(channel: string, subscriber: Subscriber): Subscription {
    const heard: Heard = { channel, subscriber, over: null };
    this.#heard.add(heard);
    this.#probe ??= setInterval(() => this.#ask(), PROBE_MS).unref();
    this.#wake();
    return {
      isHeard: () => heard.over !== null && heard.over === this.#session && !this.#isDeaf(),
      end: () => {
        heard.over = null;
        this.#heard.delete(heard); // the channel stays on the connection: what nobody wants to know is dropped
      },
    };
  }

  /** Rejects when it could not be said. */
  async notify(channel: string, payload: string): Promise<void> {
    await this.borrow(({ client }) => client.query("select pg_notify($1, $2)", [channel, payload]));
  }

  /** Runs work that may be run twice; where the connection turns out to be dead, once more over a new one. */
  borrow<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const result = this.#last.then(() => this.#lend(work));
    this.#last = result.catch(() => undefined); // whoever asked is told
    return result;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    clearInterval(this.#probe);
    await this.#session?.client.end().catch(() => undefined); // it may be gone already
    await this.#last; // one that was just connecting
  }

  async #lend<T>(work: (session: Session) => Promise<T>): Promise<T> {
    this.#busySince = performance.now();
    try {
      const session = this.#session ?? (await this.#connect());
      try {
        return await this.#over(session, work);
      } catch (error) {
        if (this.#isClosed || (this.#session === session && (await isAlive(session)))) throw error;
        this.#lose(session);
        return await this.#over(await this.#connect(), work);
      }
    } finally {
      this.#busySince = null;
    }
  }

  /** Everybody is heard before anything else is done. */
  async #over<T>(session: Session, work: (session: Session) => Promise<T>): Promise<T> {
    for (const heard of this.#heard) {
      if (heard.over === session) continue;
      await session.client.query(`listen ${session.client.escapeIdentifier(heard.channel)}`);
      heard.over = session;
      heard.subscriber.onGap();
    }
    return work(session);
  }

  async #connect(): Promise<Session> {
    if (this.#isClosed) throw new Error("the listener is closed");
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: "rose-ash listener",
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: ANSWER_MS,
      statement_timeout: STATEMENT_MS,
      keepAlive: true,
    });
    const session = { client, db: drizzle({ client, casing: "snake_case" }) };
    client.on("error", () => this.#lose(session)).on("end", () => this.#lose(session));
    client.on("notification", ({ channel, payload = "" }) => {
      for (const heard of this.#heard) if (heard.channel === channel) heard.subscriber.onNotice(payload);
    });
    try {
      await client.connect();
    } catch (error) {
      this.#lose(session);
      throw error;
    }
    if (this.#isClosed) await client.end(); // meanwhile: whatever is asked over it rejects
    this.#session = session;
    return session;
  }

  #lose(session: Session): void {
    if (this.#session === session) this.#session = null;
    void session.client.end().catch(() => undefined); // in whatever state it is, nobody needs it
    if (this.#isClosed || this.#heard.size === 0) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#wake(), RETRY_MS).unref();
  }

  /** Connects and tunes; where that fails, losing the connection has seen to the next try. */
  #wake(): void {
    void this.borrow(async () => undefined).catch(() => undefined);
  }

  /** While it is lent out, who borrowed it learns what has become of it. */
  #ask(): void {
    if (this.#busySince !== null || this.#session === null) return;
    void this.borrow(async (session) => void ((await isAlive(session)) || this.#lose(session))).catch(() => undefined);
  }

  #isDeaf(): boolean {
    return this.#busySince !== null && performance.now() - this.#busySince > DEAF_MS;
  }
}

/** A line that leads nowhere answers nothing at all. */
async function isAlive({ client }: Session): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), SILENT_MS);
  });
  const answer = client.query("select").then(
    () => true,
    () => false,
  );
  return Promise.race([answer, silence]).finally(() => clearTimeout(timer));
}
