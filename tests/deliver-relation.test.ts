import { makeFediverseService } from "@rose-ash/shared/services/fediverse/index.ts";
import { sql } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { relations } from "../federation/relations/index.ts";
import { openTestRelations } from "./builders/relations.ts";

/** Where a post is delivered: said by rules for one post, and once more in SQL for many followers at once. */
const federation = await openTestRelations(relations);
afterAll(() => federation.close());

it("is by the rules of federation what the statement makes that writes deliveries down: no host that is shut out, nobody gone, no block either way", async () => {
  const at = (app: string, path: string) => `https://${app}.example${path}`;
  const clock = { now: () => new Date() };
  const fediverse = makeFediverseService({ db: federation.db, clock, publicUrl: at, timeZone: "Europe/London", locale: "en-GB" });
  const [blog, object] = [at("blog", "/ap/actor"), at("blog", "/posts/1")];
  await federation.db.execute(sql`
    insert into ap_remote_actors (uri, host, type, handle, inbox, shared_inbox, keys, document, gone_at)
    select 'https://h' || n % 4 || '.example/' || n, 'h' || n % 4 || '.example', 'Person', 'a', 'https://h' || n % 4 || '.example/' || n || '/inbox',
      case when n % 3 > 0 then 'https://h' || n % 4 || '.example/inbox' end, '[]', '{}', case when n = 8 then now() end
    from generate_series(1, 24) as n`);
  await federation.db.execute(sql`
    insert into ap_follows (follower, followed, state, activity, accepted_at)
    select uri, ${blog}, case when uri like '%/9' then 'asked' else 'accepted' end, uri || '/f', case when uri not like '%/9' then now() end
    from ap_remote_actors where uri not like '%/12'`);
  await federation.db.execute(
    sql`insert into ap_blocks (actor, blocked, activity) select uri, ${blog}, uri from ap_remote_actors where uri like '%/3'`,
  );
  await federation.db.execute(
    sql`insert into ap_blocks (actor, blocked, activity) select ${blog}, uri, uri from ap_remote_actors where uri like '%/15'`,
  );
  await federation.db.execute(sql`insert into ap_hosts (host, is_suspended) values ('h2.example', true)`);
  await federation.db.transaction((tx) =>
    fediverse.say(tx, {
      ...{
        app: "blog",
        uri: `${object}/create`,
        actor: blog,
        type: "Create",
        object,
        document: {},
        visibility: "public",
        isListed: true,
      },
      ...{ isForFollowers: true, to: [], activityId: null, source: null },
    }),
  );
  const { rows } = await federation.db.execute<{ inbox: string }>(sql`select inbox from ap_deliveries order by inbox collate "C"`);
  expect(rows.length).toBeGreaterThan(3);
  expect(await federation.after("deliver", object)).toEqual(rows.map(({ inbox }) => inbox));
  expect(await federation.holds(`can_see("https://h2.example/2", "${object}")`)).toBe(false);
  await federation.db.execute(sql`update ap_hosts set is_suspended = false`);
  expect(await federation.holds(`can_see("https://h2.example/2", "${object}")`)).toBe(true); // nothing else hid it
  expect(await federation.after("deliver", object)).toContain("https://h2.example/inbox");
});
