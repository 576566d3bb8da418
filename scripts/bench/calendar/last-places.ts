import { type Db, openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { sql } from "drizzle-orm";
import { Pool } from "undici";
import type { Platform } from "../../platform.ts";
import type { Row } from "../table.ts";

const BUYERS = 500;
const PLACES = 20;
const PATIENCE_SECONDS = 30;

/**
 * Five hundred browsers that want one of twenty places at the same moment, through the page's own form; whoever gets none joins the
 * waiting list, all of them at once again.
 */
export async function lastPlaces(platform: Platform): Promise<Row[]> {
  const db = openDb(platform.databaseUrl, 1);
  const pool = new Pool(`http://127.0.0.1:${platform.portOf("events")}`, { connections: BUYERS, pipelining: 1 });
  try {
    const { rows } = await db.execute<{ id: string }>(sql`
      insert into ticket_types (entry_id, name, price_minor, capacity, position)
      select id, 'Chair', 500, ${PLACES}, 0 from calendar_entries where slug = 'bench-1' returning id`);
    const type = rows[0]?.id ?? "";
    const origin = platform.origins.events;
    const post = async (buyer: number, path: string, form: Record<string, string>): Promise<number> => {
      const headers = { host: new URL(origin).host, origin, "content-type": "application/x-www-form-urlencoded" };
      const from = { "x-forwarded-for": `10.9.${buyer >> 8}.${buyer & 255}` };
      const body = new URLSearchParams(form).toString();
      const answer = await pool.request({ method: "POST", path: `/entries/bench-1/${path}`, body, headers: { ...headers, ...from } });
      await answer.body.dump({ limit: 10_000_000 });
      return answer.statusCode;
    };
    const before = await deadlocksOf(db);
    const buyers = Array.from({ length: BUYERS }, (_, at) => at);
    const buying = await timed(() => Promise.all(buyers.map((buyer) => post(buyer, "tickets", { type, quantity: "1" }))));
    const sold = await count(db, sql`select coalesce(sum(quantity), 0)::int as n from cart_lines where kind = 'ticket'`);
    const refused = buyers.filter((buyer) => buying.result[buyer] === 409);
    const waiting = await timed(() => Promise.all(refused.map((buyer) => post(buyer, "waiting", waitingForm(type, buyer)))));
    const listed = await count(db, sql`select count(*)::int as n from ticket_waits where ticket_type_id = ${type} and state = 'waiting'`);
    const what = `${PLACES} places, ${BUYERS} buyers at once`;
    const exactly = (thing: string, ours: number, unit: string, goal: number) => ({
      ...{ what: `${what}: ${thing}`, ours, unit, peer: null, goal: goal === 0 ? "0" : `${goal} ${unit}`, ok: ours === goal },
    });
    const soon = (thing: string, ours: number) => ({
      ...{ what: `${what}: ${thing}`, ours, unit: "s", peer: null, goal: `< ${PATIENCE_SECONDS} s`, ok: ours < PATIENCE_SECONDS },
    });
    const told = buying.result.filter((status) => status === 303).length;
    return [
      exactly("sold", sold, "places", PLACES),
      exactly("told that they have one", told, "buyers", PLACES),
      exactly("told that nothing is left", refused.length, "buyers", BUYERS - PLACES),
      exactly("of those on the waiting list, each once", listed, "buyers", BUYERS - PLACES),
      exactly("deadlocks", (await deadlocksOf(db)) - before, "", 0),
      soon("until the last one knows", buying.seconds),
      soon("until the last one is on the list", waiting.seconds),
    ];
  } finally {
    await Promise.all([pool.close(), db.close()]);
  }
}

function waitingForm(type: string, buyer: number): Record<string, string> {
  return { "wait-type": type, "wait-quantity": "1", "wait-name": `Buyer ${buyer}`, "wait-email": `buyer-${buyer}@example.org` };
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const began = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - began) / 1000 };
}

async function count(db: Db, question: ReturnType<typeof sql>): Promise<number> {
  return (await db.execute<{ n: number }>(question)).rows[0]?.n ?? 0;
}

function deadlocksOf(db: Db): Promise<number> {
  return count(db, sql`select deadlocks::int as n from pg_stat_database where datname = current_database()`);
}
