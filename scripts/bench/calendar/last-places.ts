import { openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { sql } from "drizzle-orm";
import { Pool } from "undici";
import type { Platform } from "../../platform.ts";
import type { Row } from "../table.ts";

const BUYERS = 500;
const PLACES = 20;

/** Five hundred browsers that want one of twenty places at the same moment, through the page's own form. */
export async function lastPlaces(platform: Platform): Promise<Row[]> {
  const db = openDb(platform.databaseUrl, 1);
  const pool = new Pool(`http://127.0.0.1:${platform.portOf("events")}`, { connections: BUYERS, pipelining: 1 });
  try {
    const { rows } = await db.execute<{ id: string }>(sql`
      insert into ticket_types (entry_id, name, price_minor, capacity, position)
      select id, 'Chair', 500, ${PLACES}, 0 from calendar_entries where slug = 'bench-1' returning id`);
    const origin = platform.origins.events;
    const headers = { host: new URL(origin).host, origin, "content-type": "application/x-www-form-urlencoded" };
    const deadlocks = async () =>
      (await db.execute<{ n: number }>(sql`select deadlocks::int as n from pg_stat_database where datname = current_database()`)).rows[0]
        ?.n ?? 0;
    const before = await deadlocks();
    const began = performance.now();
    const answers = await Promise.all(
      Array.from({ length: BUYERS }, async (_, at) => {
        const asked = { method: "POST", path: "/entries/bench-1/tickets", body: `type=${rows[0]?.id}&quantity=1` } as const;
        const answer = await pool.request({ ...asked, headers: { ...headers, "x-forwarded-for": `10.9.${at >> 8}.${at & 255}` } });
        await answer.body.dump({ limit: 10_000_000 });
        return answer.statusCode;
      }),
    );
    const seconds = (performance.now() - began) / 1000;
    const sold =
      (await db.execute<{ n: number }>(sql`select coalesce(sum(quantity), 0)::int as n from cart_lines where kind = 'ticket'`)).rows[0]
        ?.n ?? 0;
    const others = answers.filter((status) => status !== 303 && status !== 409).length;
    const dead = (await deadlocks()) - before;
    const what = `${PLACES} places, ${BUYERS} buyers at once`;
    return [
      { what: `${what}: sold`, ours: sold, unit: "places", peer: null, goal: `${PLACES} places`, ok: sold === PLACES },
      { what: `${what}: deadlocks`, ours: dead, unit: "", peer: null, goal: "0", ok: dead === 0 },
      { what: `${what}: asked to try again, as no connection came free`, ours: others, unit: "answers", peer: null, goal: null, ok: true },
      { what: `${what}: until the last one knows`, ours: seconds, unit: "s", peer: null, goal: "< 30 s", ok: seconds < 30 },
    ];
  } finally {
    await Promise.all([pool.close(), db.close()]);
  }
}
