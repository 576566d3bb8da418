import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { connectionsOf } from "../shared/infrastructure/connections.ts";
import { APPS } from "../shared/models/apps.ts";
import { openTestSite, type TestSite } from "./site.ts";

const POOL = 2;
let site: TestSite;
beforeAll(async () => {
  site = await openTestSite(APPS, { env: { DATABASE_POOL: String(POOL) } });
}, 60_000);
afterAll(() => site.close());

it("has as many connections open as are counted on, and no more, with everything at work and pages asked for", async () => {
  for (const app of APPS.flatMap((name) => site.replicas(name))) {
    for (const begin of app.whenServing) begin();
    app.runtime.relations.start();
  }
  const homes = APPS.flatMap((app) => Array.from({ length: 10 }, () => site.url(app, "/")));
  await Promise.all(homes.map((url) => fetch(url, { headers: { accept: "text/html" } })));
  await site.db.execute(sql`select 1`);
  const own = { pool: 0, beside: 0 };
  for (const app of APPS) {
    own.pool += POOL;
    own.beside += connectionsOf(app, 0);
  }
  const aside = 1; // the test's own listener; its pool counts below
  await expect.poll(async () => (await counts()).beside, { timeout: 15_000 }).toBe(own.beside + aside);
  expect((await counts()).pooled).toBeLessThanOrEqual(own.pool + POOL);
});

async function counts(): Promise<{ pooled: number; beside: number }> {
  const { rows } = await site.db.execute<{ name: string; count: number }>(sql`
    select application_name as name, count(*)::int as count from pg_stat_activity
    where datname = current_database() and application_name like 'rose-ash%' group by 1`);
  const pooled = rows.find(({ name }) => name === "rose-ash")?.count ?? 0;
  return { pooled, beside: rows.reduce((sum, { count }) => sum + count, 0) - pooled };
}
