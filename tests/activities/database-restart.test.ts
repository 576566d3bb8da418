import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type EmbeddedPg, startEmbeddedPg } from "../../scripts/embedded-pg.ts";
import { migrateAll } from "../../shared/infrastructure/migrate.ts";
import { anOutbox, aTransactionHandler, type TestOutbox, until } from "../builders/outbox.ts";

let folder: string;
let server: EmbeddedPg;
let outbox: TestOutbox;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "rose-ash-restart-"));
  chmodSync(folder, 0o755); // as root PostgreSQL runs as `nobody`, who must get in
  server = await startEmbeddedPg(join(folder, "pg"), { database: "rose_ash", durable: true });
  await migrateAll(server.url);
  outbox = anOutbox(server.url);
}, 60_000);
afterAll(async () => {
  await outbox.close();
  await server.stop();
  rmSync(folder, { recursive: true });
}, 60_000);

it("goes on by itself when PostgreSQL crashes and recovers in the middle of the work, with each effect once", async () => {
  await outbox.db.execute(sql`create table effects (activity_id bigint)`);
  const handler = aTransactionHandler(async (tx, { id }) => {
    await tx.execute(sql`insert into effects values (${id})`);
    await sleep(20);
  });
  for (let processor = 0; processor < 2; processor++) outbox.start(handler, { leaseMs: 2000, tries: 100 });
  const posts = Array.from({ length: 100 }, (_, index) => `post ${index % 20}`);
  const ids = [];
  for (const post of posts) ids.push(await outbox.like(post));

  // one of its processes killed outright: PostgreSQL ends every connection, recovers, and for a while accepts none
  const { rows } = await outbox.db.execute<{ pid: number }>(sql`select pid from pg_stat_activity where backend_type = 'checkpointer'`);
  process.kill(rows[0]?.pid ?? 0, "SIGKILL");
  await expect(until(() => outbox.db.execute(sql`select 1`).then(() => false))).rejects.toThrow();

  const states = () => outbox.states().catch(() => [{ state: "pending" }]); // while it recovers
  await until(async () => (await states()).every(({ state }) => state === "done"));
  const effects = await outbox.db.execute<{ id: number }>(sql`select activity_id::int as id from effects order by 1`);
  expect(effects.rows.map(({ id }) => id)).toEqual(ids);
}, 60_000);
