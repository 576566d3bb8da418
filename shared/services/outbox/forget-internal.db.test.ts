import { sql } from "drizzle-orm";
import { afterAll, beforeEach, expect, it } from "vitest";
import { newDatabase } from "../../../tests/database.ts";
import { openDb } from "../../infrastructure/db.ts";
import { forgetInternal } from "./forget-internal.ts";

const db = openDb(await newDatabase(), 2);
afterAll(() => db.close());
const YEAR_AGO = new Date(Date.now() - 365 * 24 * 3_600_000);

beforeEach(() => db.execute(sql`truncate ap_activities cascade`));

/** Each by its object's id; age in days. */
const has = (...activities: [id: string, visibility: string, days: number][]) =>
  db.execute(sql`
    insert into ap_activities (origin_app, type, object_type, object_id, visibility, published_at)
    select 'blog', 'Like', 'Post', id, visibility, now() - days * interval '1 day'
    from unnest(${sql.param(activities.map(([id]) => id))}::text[], ${sql.param(activities.map(([, visibility]) => visibility))}::text[],
      ${sql.param(activities.map(([, , days]) => days))}::int[]) as given (id, visibility, days)`);
const left = async () =>
  (await db.execute<{ id: string }>(sql`select object_id as id from ap_activities order by object_id`)).rows.map(({ id }) => id);
const forget = (most = 100) => db.transaction((tx) => forgetInternal(tx, YEAR_AGO, most));

it("forgets what is old and internal, and nothing that others may have seen", async () => {
  await has(["new", "internal", 364], ["old", "internal", 366]);
  for (const visibility of ["public", "unlisted", "followers", "direct"]) await has([visibility, visibility, 4000]);
  expect(await forget()).toBe(1);
  expect(await left()).toEqual(["direct", "followers", "new", "public", "unlisted"]);
});

it.each(["pending", "dead", "done", "discarded"])(
  "keeps what a handler has a row for, here %s: that goes first, or somebody decides",
  async (state) => {
    await has(["handled", "internal", 4000]);
    await db.execute(sql`
    insert into ap_activity_handlings (activity_id, handler, object_type, object_id, state, settled_at)
    select id, 'blog.bell', object_type, object_id, ${state}, case when ${state} <> 'pending' then now() end from ap_activities`);
    expect(await forget()).toBe(0);
    await db.execute(sql`delete from ap_activity_handlings`);
    expect(await forget()).toBe(1);
  },
);

it("keeps what a member was told of", async () => {
  await has(["told", "internal", 4000]);
  await db.execute(sql`
    with member as (insert into users (handle, name) values ('ada', 'Ada') returning id)
    insert into notifications (user_id, activity_id) select member.id, ap_activities.id from member, ap_activities`);
  expect(await forget()).toBe(0);
  expect(await left()).toEqual(["told"]);
});

it("goes on in portions, the oldest first, until nothing is left", async () => {
  await has(...Array.from({ length: 7 }, (_, n): [string, string, number] => [`${n}`, "internal", 400 + n]));
  expect(await forget(3)).toBe(3);
  expect(await left()).toEqual(["0", "1", "2", "3"]);
  expect([await forget(3), await forget(3), await forget(3)]).toEqual([3, 1, 0]);
});
