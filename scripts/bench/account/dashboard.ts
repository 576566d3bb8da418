import { openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { sql } from "drizzle-orm";
import type { Platform } from "../../platform.ts";
import { signInMember } from "../sign-in-member.ts";
import { bodyOf, loadOf, onPlatform, pin, RUNS } from "../site.ts";
import type { Row } from "../table.ts";

const GOAL_MS = 80;
const ORDERS = 200;
const TICKETS = 500;
const VISITS = 60;

/** The dashboard of a member with years of orders and tickets: the whole page, with the pieces of the other services. */
export async function dashboard(): Promise<Row[]> {
  return onPlatform("off", async (platform) => {
    await fill(platform.databaseUrl);
    const cookie = await signInMember(platform.databaseUrl, "account"); // the first member
    pin(platform.pidOf("account"));
    return [await measure(platform, cookie)];
  });
}

/** Of the first member, over two years: orders of three lines each, and tickets of a hundred evenings, some of them ahead. */
async function fill(databaseUrl: string): Promise<void> {
  const db = openDb(databaseUrl, 1);
  try {
    await db.execute(sql`
      insert into orders (reference, user_id, status, total_minor, created_at)
      select 'BENCH-' || n, (select min(id) from users), 'collected', 1260, now() - n * interval '3 days' from generate_series(1, ${sql.raw(String(ORDERS))}) n`);
    await db.execute(sql`
      insert into order_lines (order_id, name, quantity, unit_price_minor, position)
      select orders.id, 'Loaf ' || n, n, 420, n from orders cross join generate_series(1, 3) n where reference like 'BENCH-%'`);
    await db.execute(sql`
      insert into calendar_entries (calendar_id, slug, title, starts_at, ends_at, zone, status)
      select (select min(id) from calendars), 'bench-' || n, 'Evening ' || n, now() + (n - 80) * interval '7 days', now() + (n - 80) * interval '7 days' + interval '2 hours',
        'Europe/London', 'confirmed' from generate_series(1, 100) n`);
    await db.execute(sql`
      insert into ticket_types (entry_id, name, price_minor, capacity, position)
      select id, 'Place', 850, 50, 1 from calendar_entries where slug like 'bench-%'`);
    await db.execute(sql`
      insert into tickets (ticket_type_id, user_id, code)
      select types.id, (select min(id) from users), 'BENCH-' || types.id || '-' || n from ticket_types as types join calendar_entries on calendar_entries.id = types.entry_id
      cross join generate_series(1, ${sql.raw(String(TICKETS / 100))}) n where slug like 'bench-%'`);
    await db.execute(sql`vacuum analyze`);
  } finally {
    await db.close();
  }
}

async function measure(platform: Platform, cookie: string): Promise<Row> {
  const load = loadOf(platform, { app: "account", path: "/", what: "dashboard" });
  const ask = () => bodyOf({ ...load, headers: { ...load.headers, cookie } });
  const page = await ask();
  for (const words of ["Evening 8", "BENCH-1<"]) if (!page.includes(words)) throw new Error(`the dashboard does not show ${words}`);
  for (let visit = 0; visit < 10; visit++) await ask();
  const times: number[] = [];
  for (let visit = 0; visit < VISITS * RUNS; visit++) {
    const began = performance.now();
    await ask();
    times.push(performance.now() - began);
  }
  const ours = times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;
  return {
    what: `account, dashboard of a member with ${ORDERS} orders and ${TICKETS} tickets (whole page, one after the other, p95 of ${times.length})`,
    ...{ ours, unit: "ms", peer: null, goal: `< ${GOAL_MS} ms`, ok: ours < GOAL_MS },
  };
}
