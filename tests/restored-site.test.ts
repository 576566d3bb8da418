import { appendFileSync, chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeEach, expect, it, vi } from "vitest";
import { type EmbeddedPg, startEmbeddedPg } from "../scripts/embedded-pg.ts";
import { awaitSchema } from "../shared/infrastructure/await-schema.ts";
import { type Db, openDb } from "../shared/infrastructure/db.ts";
import { migrateAll } from "../shared/infrastructure/migrate.ts";
import type { UserId } from "../shared/models/ids.ts";
import { makeAuditService } from "../shared/services/audit/index.ts";
import { makeOutgoingService } from "../shared/services/outgoing/index.ts";

vi.setConfig({ hookTimeout: 30_000 }); // each makes a server of its own
const folder = mkdtempSync(join(tmpdir(), "rose-ash-restored-"));
chmodSync(folder, 0o755); // as root PostgreSQL runs as `nobody`, who must get in
afterAll(() => rmSync(folder, { recursive: true }));

let data: string;
let server: EmbeddedPg;
let db: Db;
let count = 0;

const start = async () => {
  server = await startEmbeddedPg(data, { database: "rose_ash" });
  db = openDb(server.url, 2);
};
const stop = async () => {
  await db.close();
  await server.stop();
};
/** Between a stop and a start. signal: what PostgreSQL is told to be when it starts on these files. */
const tell = (signal: "recovery" | "standby") => {
  appendFileSync(join(data, "postgresql.auto.conf"), "restore_command = 'false'\nrecovery_target_action = 'promote'\n");
  writeFileSync(join(data, `${signal}.signal`), "");
};
/** Its process id; a server that recovered has another. */
const checkpointer = async () => {
  const { rows } = await db.execute<{ pid: number }>(sql`select pid from pg_stat_activity where backend_type = 'checkpointer'`);
  return rows[0]?.pid ?? 0;
};
const outgoing = () => makeOutgoingService({ db }, { audit: makeAuditService({ db }) });

beforeEach(async () => {
  data = join(folder, `pg${count++}`);
  await start();
  await migrateAll(server.url);
});
afterEach(stop);

it("is not paused by its first start, a restart or a crash", async () => {
  expect(await outgoing().findPause()).toBeNull();
  await stop();
  await start();
  const killed = await checkpointer();
  process.kill(killed, "SIGKILL"); // PostgreSQL ends every connection and recovers
  await expect.poll(() => checkpointer().catch(() => killed), { timeout: 20_000 }).not.toBe(killed);
  await expect.poll(() => outgoing().findPause(), { timeout: 20_000 }).toBeNull();
});

it("is paused once the database was recovered from a backup, as deploy/restore.sh has it, and no more after a release", async () => {
  await stop();
  tell("recovery");
  await start();
  await awaitSchema(server.url, 20); // as every service does: until it has recovered
  expect(await outgoing().findPause()).toEqual({ since: expect.any(Date), reason: null });
  const decision = { app: "blog", reason: "Compared" } as const;
  const { rows } = await db.execute<{ id: number }>(sql`insert into users (handle, name) values ('ada', 'Ada') returning id::int`);
  await db.transaction((tx) => outgoing().release(tx, { ...decision, by: (rows[0]?.id ?? 0) as UserId }));
  await stop();
  await start();
  expect(await outgoing().findPause()).toBeNull();
});

it("is paused on a standby, and once that is promoted", async () => {
  await stop();
  tell("standby");
  await start();
  expect((await db.execute(sql`select pg_is_in_recovery() as is_standby`)).rows).toEqual([{ is_standby: true }]);
  expect(await outgoing().findPause()).not.toBeNull();
  await expect(awaitSchema(server.url, 0)).rejects.toThrow("recovering, or a standby");
  await db.execute(sql`select pg_promote()`);
  expect(await outgoing().findPause()).toEqual({ since: expect.any(Date), reason: null });
  expect(
    (await db.execute(sql`select paused_at is not null as is_noted, cluster = cluster_here() as is_here from outgoing_state`)).rows,
  ).toEqual([{ is_noted: true, is_here: true }]);
});
