import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { quickest } from "../../../tests/builders/relations.ts";
import { newDatabase } from "../../../tests/database.ts";
import { type Db, openDb } from "../db.ts";
import { claim } from "./claim.ts";
import { type Connection, openConnection } from "./connection.ts";

const SLOTS = new Map([["blog.count", 32]]);

let db: Db;
let connection: Connection;
beforeAll(async () => {
  const url = await newDatabase();
  db = openDb(url, 1);
  connection = openConnection(url);
  await claim(connection, SLOTS, 1); // planned here and now, as on a quiet day
});
afterAll(async () => {
  await connection.close();
  await db.close();
});

it("costs little more where twenty times as much waits, though it was planned when nothing did", async () => {
  await emit(500);
  const few = await quickest(claimAndGiveBack);
  await emit(10_000);
  const many = await quickest(claimAndGiveBack);
  expect(many / few).toBeLessThan(6);
}, 30_000);

async function emit(count: number): Promise<void> {
  await db.execute(sql`
    with activity as (
      insert into ap_activities (origin_app, type, object_type, object_id)
      select 'blog', 'Like', 'Post', gen_random_uuid()::text from generate_series(1, ${count}::int)
      returning id, object_type, object_id
    )
    insert into ap_activity_handlings (activity_id, handler, object_type, object_id)
    select id, 'blog.count', object_type, object_id from activity`);
}

async function claimAndGiveBack(): Promise<void> {
  const claimed = await claim(connection, SLOTS, 0);
  expect(claimed).toHaveLength(32);
  await connection.query("give_back", "update ap_activity_handlings set lease = null where lease is not null", []);
}
