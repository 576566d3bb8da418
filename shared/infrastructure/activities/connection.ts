import pg from "pg";

/**
 * A processor's own connection: it claims and settles there, so that pages never wait for it. Its commits do not wait for the
 * disk: a crash of PostgreSQL that loses the last of them has the same handled again, which handlers outside of a transaction
 * must bear anyway. What emits, and what handles in a transaction, commits elsewhere and waits. Its statements are few and always
 * the same, and planning one costs as much as running it for a handful of rows: each is planned once.
 */
export interface Connection {
  /** Runs a statement, prepared under its name; connects first when there is no connection. */
  query<Row extends pg.QueryResultRow>(name: string, text: string, values: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

const PATIENCE_MS = 10_000;

/** A connection on which something failed is given up; the next query makes another. */
export function openConnection(url: string): Connection {
  let current: Promise<pg.Client> | null = null;
  let last: Promise<unknown> = Promise.resolve(); // one statement after the other: a connection has no more than one under way

  const giveUp = (opened: Promise<pg.Client>) => {
    if (current === opened) current = null;
    void opened.then((client) => client.end()).catch(() => undefined); // it failed: in whatever state it is, nobody needs it
  };
  const open = (): Promise<pg.Client> => {
    const client = new pg.Client({
      connectionString: url,
      application_name: "rose-ash activities",
      connectionTimeoutMillis: PATIENCE_MS / 2,
      query_timeout: PATIENCE_MS,
      keepAlive: true,
      options: "-c synchronous_commit=off -c plan_cache_mode=force_generic_plan",
    });
    const opened = client.connect().then(() => client);
    client.on("error", () => giveUp(opened));
    opened.catch(() => void client.end().catch(() => undefined)); // it was never whole
    return opened;
  };

  const run = async <Row extends pg.QueryResultRow>(config: pg.QueryConfig): Promise<Row[]> => {
    current ??= open();
    const using = current;
    try {
      return (await (await using).query<Row>(config)).rows;
    } catch (error) {
      giveUp(using);
      throw error;
    }
  };

  return {
    query<Row extends pg.QueryResultRow>(name: string, text: string, values: readonly unknown[]): Promise<Row[]> {
      const result = last.then(() => run<Row>({ name, text, values: [...values] }));
      last = result.catch(() => undefined); // whoever asked is told
      return result;
    },
    async close() {
      await current?.then((client) => client.end()).catch(() => undefined); // there was none
      current = null;
    },
  };
}
