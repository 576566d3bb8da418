import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type pg from "pg";

/**
 * Brings pg-boss's tables, in a schema of their own, to the version that its release here needs; for whoever migrates.
 * The library is loaded only when there is something to do: most starts find everything in place.
 */
export async function installJobs(client: pg.Client): Promise<void> {
  if ((await installedVersion(client)) >= neededVersion()) return;
  const { PgBoss } = await import("pg-boss");
  const db = { executeSql: (text: string, values?: unknown[]) => client.query(text, values) };
  const boss = new PgBoss({ db, migrate: true, supervise: false, schedule: false });
  let failure: Error | undefined;
  boss.on("error", (error) => {
    failure ??= error;
  });
  await boss.start();
  await boss.stop({ graceful: false });
  if (failure) throw failure;
}

async function installedVersion(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ is_there: boolean }>("select to_regclass('pgboss.version') is not null as is_there");
  if (!rows[0]?.is_there) return 0;
  const version = await client.query<{ version: number }>("select version from pgboss.version");
  return version.rows[0]?.version ?? 0;
}

/** pg-boss keeps it in its package.json. */
function neededVersion(): number {
  const file = createRequire(import.meta.url).resolve("pg-boss/package.json");
  const { pgboss }: { pgboss: { schema: number } } = JSON.parse(readFileSync(file, "utf8"));
  return pgboss.schema;
}
