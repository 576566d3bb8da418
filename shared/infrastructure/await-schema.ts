import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";

const RETRY_MS = 250;
const UNDEFINED_TABLE = "42P01";
const JOURNAL = join(import.meta.dirname, "../../migrations/meta/_journal.json");

/** The number of the last migration this release was written for. */
export function neededSchema(): number {
  const journal: { entries: unknown[] } = JSON.parse(readFileSync(JOURNAL, "utf8"));
  return journal.entries.length;
}

/**
 * Waits until PostgreSQL answers and has the schema this release needs (a newer one will do), at most this long.
 * Throws one sentence an operator can act on.
 */
export async function awaitSchema(url: string, seconds: number): Promise<void> {
  const needed = neededSchema();
  const why = await retry(seconds, async () => {
    const found = await appliedMigrations(url);
    return found >= needed
      ? null
      : `the database has schema ${found}, this release needs ${needed}: blog migrates when RUN_MIGRATIONS=true`;
  });
  if (why !== null) throw new Error(`gave up after ${seconds} s: ${why}`);
}

/** Waits until PostgreSQL answers, at most this long. Throws one sentence. */
export async function awaitDatabase(url: string, seconds: number): Promise<void> {
  const why = await retry(seconds, async () => {
    await appliedMigrations(url);
    return null;
  });
  if (why !== null) throw new Error(`gave up after ${seconds} s: ${why}`);
}

/** Tries until it gives null or the time is over; returns the last reason. */
async function retry(seconds: number, attempt: () => Promise<string | null>): Promise<string | null> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const why = await attempt().catch(reasonOf);
    if (why === null || Date.now() + RETRY_MS > end) return why;
    await delay(RETRY_MS);
  }
}

async function appliedMigrations(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  client.on("error", () => undefined); // the server went away while we asked: the query's own error says so
  try {
    await client.connect();
    const recovery = await client.query<{ is_under_way: boolean }>("select pg_is_in_recovery() as is_under_way");
    if (recovery.rows[0]?.is_under_way) throw new Error("recovering, or a standby"); // it answers questions and takes no writes
    const { rows } = await client.query<{ n: number }>("select count(*)::int as n from public.migrations");
    return rows[0]?.n ?? 0;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === UNDEFINED_TABLE) return 0; // nobody has migrated yet
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error ? (Reflect.get(error, "code") ?? error.message) : error;
  return `PostgreSQL at DATABASE_URL does not answer (${String(code)})`;
}
