import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { until } from "../../../tests/builders/outbox.ts";
import { migrateAll } from "../migrate.ts";
import type { Job, JobParts } from "./job.ts";
import { startJobs } from "./start-jobs.ts";
import { TIMETABLE } from "./timetable.ts";

const account = await openTestApp("account");
afterAll(() => account.close());
const { db, app, services } = account;
const parts: JobParts = { services, transaction: app.transaction, runtime: app.runtime };
const lines: string[] = [];
const say = (_context: object, message: string) => void lines.push(message);
const log = { info: say, warn: say, error: say };

const count = async (query: ReturnType<typeof sql>): Promise<number> => Number((await db.execute<{ n: number }>(query)).rows[0]?.n);

it("does a job once for each time that comes, though three processes keep the timetable", { timeout: 30_000 }, async () => {
  await db.execute(sql`create table runs (process int, at timestamptz default now())`);
  const job = (process: number): Job => ({
    name: "count",
    cron: "* * * * *",
    keepsHouse: true,
    run: ({ transaction }) => transaction(async (tx) => void (await tx.execute(sql`insert into runs (process) values (${process})`))),
  });
  const began = new Date();
  const running = [1, 2, 3].map((process) => startJobs([job(process)], parts, log, 1));
  await until(async () => (await count(sql`select count(*) as n from runs`)) > 0);
  await sleep(4000); // each has looked four times
  const minutes = Math.floor(Date.now() / 60_000) - Math.floor(began.getTime() / 60_000);
  expect(await count(sql`select count(*) as n from runs`)).toBeLessThanOrEqual(1 + minutes);
  await Promise.all(running.map(({ stop }) => stop()));
});

it("tries a job again that failed", { timeout: 30_000 }, async () => {
  const job: Job = { name: "fails", cron: "* * * * *", keepsHouse: true, run: () => Promise.reject(new Error("no flour")) };
  const { stop } = startJobs([job], parts, log, 1);
  const states = sql`select count(*) as n from pgboss.job where name = 'fails' and state = 'retry' and output::text like '%no flour%'`;
  await until(async () => (await count(states)) === 1);
  await stop();
});

it("waits with what does not keep house while the site is paused", { timeout: 30_000 }, async () => {
  const done: string[] = [];
  const job = (name: string, keepsHouse: boolean): Job => ({
    ...{ name, cron: "* * * * *", keepsHouse },
    run: async () => void done.push(name),
  });
  await db.execute(sql`update outgoing_state set paused_at = now()`);
  const { stop } = startJobs([job("sends", false), job("sweeps", true)], parts, log, 1);
  await until(() => done.length > 0 && lines.includes("a scheduled job waits for its next time: the site is paused"));
  await stop();
  await db.execute(sql`update outgoing_state set paused_at = null`);
  expect(done).not.toContain("sends");
});

it("stops at once while PostgreSQL is away", async () => {
  const url = new URL(app.runtime.config.DATABASE_URL);
  url.port = "9"; // nobody answers
  const away = { ...parts, runtime: { ...app.runtime, config: { ...app.runtime.config, DATABASE_URL: url.href } } };
  const { stop } = startJobs(TIMETABLE, away, log);
  await sleep(500);
  const began = performance.now();
  await stop();
  expect(performance.now() - began).toBeLessThan(3000);
  expect(lines).not.toContain("no scheduled work is done by this process");
});

it("forgets what is over, and leaves what is not", async () => {
  await db.execute(sql`
    insert into rate_limits (key, window_start, hits) values ('old', now() - interval '3 days', 1), ('new', now(), 1)`);
  await db.execute(sql`
    insert into oidc_payloads (kind, id, payload, expires_at)
    values ('AccessToken', 'old', '{}', now() - interval '1 hour'), ('AccessToken', 'new', '{}', now() + interval '1 hour')`);
  await db.execute(sql`
    with activity as (
      insert into ap_activities (origin_app, type, object_type, object_id)
      select 'blog', 'Like', 'Post', n from generate_series(1, 2) as n returning id, object_id
    )
    insert into ap_activity_handlings (activity_id, handler, object_type, object_id, state, settled_at)
    select id, 'blog.bell', 'Post', object_id, 'done', now() - object_id::int * interval '5 days' from activity`);
  for (const job of TIMETABLE) await job.run(parts);
  expect((await db.execute(sql`select key from rate_limits`)).rows).toEqual([{ key: "new" }]);
  expect((await db.execute(sql`select id from oidc_payloads`)).rows).toEqual([{ id: "new" }]);
  expect((await db.execute(sql`select object_id from ap_activity_handlings`)).rows).toEqual([{ object_id: "1" }]);
});

it("publishes what is due and empties the bin of what has lain there for a month", async () => {
  await db.execute(sql`
    insert into posts (slug, title, html, plaintext, status, published_at, deleted_at) values
    ('due', 'Due', '', '', 'scheduled', now() - interval '1 day', null), ('early', 'Early', '', '', 'scheduled', now() + interval '1 day', null),
    ('old', 'Old', '', '', 'draft', null, now() - interval '31 days'), ('thrown', 'Thrown', '', '', 'draft', null, now() - interval '29 days')`);
  for (let run = 0; run < 2; run++) for (const job of TIMETABLE) await job.run(parts);
  const { rows } = await db.execute(sql`select slug, status from posts order by slug`);
  expect(rows).toEqual([
    { slug: "due", status: "published" },
    { slug: "early", status: "scheduled" },
    { slug: "thrown", status: "draft" },
  ]);
  const told = await db.execute(
    sql`select type, visibility, details ->> 'path' as path from ap_activities where object_type = 'Post' and type = 'Create'`,
  );
  expect(told.rows).toEqual([{ type: "Create", visibility: "public", path: "/posts/due" }]);
});

it("finds its tables made by the migration, which makes them once", async () => {
  const { DATABASE_URL } = app.runtime.config;
  const tables = sql`select count(*) as n from information_schema.tables where table_schema = 'pgboss'`;
  const before = await count(tables);
  expect(before).toBeGreaterThan(3);
  await migrateAll(DATABASE_URL);
  expect(await count(tables)).toBe(before);
});
