import { rmSync } from "node:fs";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeHandlers } from "../federation/handlers/index.ts";
import type { Activity } from "../shared/contracts/activities.ts";
import { APPS } from "../shared/models/apps.ts";
import type { ActivityId, ErasureId, UserId } from "../shared/models/ids.ts";
import { HOLDINGS } from "../shared/services/personal-data/index.ts";
import { openTestApp } from "./app.ts";
import { aWholePerson, type WholePerson } from "./builders/whole-person.ts";
import { ownMedia } from "./own-media.ts";
import { findNumber, findTraces, wordsFor } from "./person-grep.ts";

const DAY_MS = 86_400_000;
let now = new Date();
const media = ownMedia();
const site = await openTestApp("federation", {
  seeded: true,
  clock: { now: () => now },
  env: { DEPLOYMENT: "development", FEDIVERSE_LOOPBACK: "on", MEDIA_DIR: media },
});
afterAll(async () => {
  await site.close();
  rmSync(media, { recursive: true });
});
const { services, db } = site;
const { erasures } = services;
const within = site.app.transaction;

/** Asks, and lets the days to think go by. */
async function asked(userId: UserId, keeps = { keepsPosts: false, keepsComments: false }): Promise<ErasureId> {
  const dueAt = new Date(now.getTime() + 14 * DAY_MS);
  const result = await within((tx) => erasures.ask(tx, { userId, ...keeps, dueAt, by: null }));
  return result.kind === "asked" ? result.id : expect.fail(result.kind);
}

async function begun(userId: UserId, keeps = { keepsPosts: false, keepsComments: false }): Promise<ErasureId> {
  const id = await asked(userId, keeps);
  now = new Date(now.getTime() + 15 * DAY_MS);
  expect(await within((tx) => erasures.begin(tx, id))).toBe("begun");
  return id;
}

/** A service's part, as its handler does it. */
async function part(id: ErasureId, app: (typeof APPS)[number]): Promise<void> {
  const handler = makeHandlers(site.app).find(({ name }) => name === "federation.forget-person");
  if (app !== "federation" || handler?.kind !== "transaction") return within((tx) => erasures.forgetIn(tx, id, app));
  const { rows } = await db.execute<{ id: string }>(
    sql`select id from ap_activities where object_type = 'Erasure' and object_id = ${String(id)} and type = 'Delete'`,
  );
  const activity: Activity = {
    ...{
      id: Number(rows[0]?.id ?? 1) as ActivityId,
      originApp: "account",
      actorId: null,
      type: "Delete",
      object: { type: "Erasure", id: String(id) },
    },
    ...{ details: {}, visibility: "internal", publishedAt: now },
  };
  return within((tx) => handler.handle(tx, activity));
}

/** All of it, to the last key. */
async function erased(userId: UserId): Promise<ErasureId> {
  const id = await begun(userId);
  for (const app of APPS) await part(id, app);
  await finished(id);
  return id;
}

async function finished(id: ErasureId): Promise<void> {
  for (const name of await erasures.listFiles(id)) await site.app.runtime.media.remove(name);
  await within((tx) => erasures.finish(tx, id));
  await db.execute(sql`update erasures set finished_at = now() - interval '1 hour' where id = ${id}`);
  await db.execute(sql`update ap_deliveries set state = 'done', settled_at = now()`);
  await within((tx) => erasures.closeFinished(tx, new Date()));
}

describe("a member who had something everywhere", { timeout: 60_000 }, () => {
  let zo: WholePerson;
  let id: ErasureId;
  beforeAll(async () => {
    zo = await aWholePerson(site);
  }, 60_000);

  it("had rows of every kind that is declared, or nearly", async () => {
    const intended = new Set((await services.personalData.listIntentions(zo.userId)).map(({ app, what }) => `${app}: ${what}`));
    const declared = APPS.flatMap((app) =>
      HOLDINGS[app].holdings
        .filter(({ deed, shows }) => deed.does !== "leaves" && shows !== undefined)
        .map(({ what }) => `${app}: ${what}`),
    );
    // needs a row of another kind that the seed has none of
    const unmade = new Set([
      "cart: where your orders were fetched",
      "cart: receipts",
      "federation: lists you brought along",
      "federation: people you brought along",
      "federation: answers of your polls",
      "federation: polls",
      "account: letters you were sent",
      ...["apps on your phone", "how far you have read", "pictures that apps brought", "threads you hide"].map(
        (what) => `federation: ${what}`,
      ),
    ]);
    expect(declared.filter((name) => !intended.has(name) && !unmade.has(name))).toEqual([]);
  });

  it("stands nowhere afterwards: in no column of any table, and in no file", async () => {
    const before = await findTraces(site, wordsFor(zo));
    expect(new Set(before.map(({ where }) => where)).size).toBeGreaterThan(60);
    id = await erased(zo.userId);
    expect(await findTraces(site, wordsFor(zo))).toEqual([]);
  });

  it("is a number alone where that is declared, and in no other column", async () => {
    const declared = APPS.flatMap((app) => Object.keys(HOLDINGS[app].numbers));
    expect((await findNumber(site, zo.userId)).filter((column) => !declared.includes(column))).toEqual([]);
  });

  it("has receipts of each service, which say what the law keeps and until when", async () => {
    const receipts = await erasures.listReceipts(id);
    expect(new Set(receipts.map(({ app }) => app))).toEqual(new Set(APPS));
    const orders = receipts.find(({ app, what }) => app === "cart" && what === "orders");
    expect(orders).toMatchObject({ deed: "kept", count: 2, keptUntil: new Date(Date.UTC(new Date().getUTCFullYear() + 7, 0, 1)) });
    const { rows } = await db.execute(sql`select email, buyer_name, user_id::int from orders where id = ${zo.orders.open}`);
    expect(rows).toEqual([{ email: null, buyer_name: "", user_id: zo.userId }]);
  });
});

describe("an erasure", { timeout: 60_000 }, () => {
  const aMemberNamed = async (handle: string) => {
    const person = await db.transaction((tx) => services.identity.welcome(tx, `${handle}@quince.example`, handle));
    return person.userId;
  };

  it("is asked for once, whoever asks again at the same moment", async () => {
    const userId = await aMemberNamed("twice");
    const wish = { userId, keepsPosts: true, keepsComments: true, dueAt: new Date(now.getTime() + DAY_MS), by: null };
    const results = await Promise.all([1, 2, 3].map(() => within((tx) => erasures.ask(tx, wish))));
    expect(results.map(({ kind }) => kind).sort()).toEqual(["asked", "before", "before"]);
    expect(await within((tx) => erasures.ask(tx, wish))).toMatchObject({ kind: "before" });
  });

  it("does not begin before its time, nor once it was undone; and can't be undone once it began", async () => {
    const userId = await aMemberNamed("early");
    const id = await asked(userId);
    expect(await within((tx) => erasures.begin(tx, id))).toBe("gone");
    expect(await within((tx) => erasures.undo(tx, id, (userId + 1) as UserId))).toBe(false);
    expect(await within((tx) => erasures.undo(tx, id, userId))).toBe(true);
    expect(await within((tx) => erasures.undo(tx, id, userId))).toBe(false);
    now = new Date(now.getTime() + 15 * DAY_MS);
    expect(await within((tx) => erasures.begin(tx, id))).toBe("gone");
    const again = await begun(userId);
    expect(await within((tx) => erasures.undo(tx, again, userId))).toBe(false);
  });

  it("is undone or begins, where both are tried at the same moment", async () => {
    const userId = await aMemberNamed("both");
    const id = await asked(userId);
    now = new Date(now.getTime() + 15 * DAY_MS);
    const [isUndone, began] = await Promise.all([within((tx) => erasures.undo(tx, id, userId)), within((tx) => erasures.begin(tx, id))]);
    expect([isUndone, began]).toEqual(isUndone ? [true, "gone"] : [false, "begun"]);
  });

  it("waits for an order that is being paid or is to be fetched, says so, and goes on when that is settled", async () => {
    const userId = await aMemberNamed("buyer");
    const { rows } = await db.execute<{ id: string }>(
      sql`insert into orders (reference, user_id, total_minor) values ('WAIT-1', ${userId}, 100) returning id`,
    );
    const order = Number(rows[0]?.id);
    const id = await asked(userId);
    expect(await within((tx) => erasures.listAffairs(tx, userId))).toEqual([{ kind: "unpaid-order", weight: "waits", names: ["WAIT-1"] }]);
    now = new Date(now.getTime() + 15 * DAY_MS);
    expect(await within((tx) => erasures.begin(tx, id))).toBe("waits");
    expect(await erasures.findOpen(userId)).toMatchObject({ state: "asked", waitsFor: ["unpaid-order"] });
    await db.execute(
      sql`insert into order_lines (order_id, name, quantity, unit_price_minor, position) values (${order}, 'Rye', 1, 100, 1)`,
    );
    await db.execute(sql`update orders set status = 'paid' where id = ${order}`);
    now = new Date(now.getTime() + 2 * 3_600_000);
    expect(await within((tx) => erasures.begin(tx, id))).toBe("waits");
    await db.execute(sql`update orders set status = 'collected' where id = ${order}`);
    now = new Date(now.getTime() + 2 * 3_600_000);
    expect(await within((tx) => erasures.begin(tx, id))).toBe("begun");
  });

  it("is refused to the last who looks after the site, until somebody else does", async () => {
    const userId = await aMemberNamed("keeper");
    const grant = (id: UserId, role: string) =>
      db.execute(
        sql`insert into relation_facts (relation, arguments, asserted_by) values ('shared.role', ${JSON.stringify([`user:${id}`, role, "site"])}::jsonb, 'app:account')`,
      );
    await db.execute(sql`delete from relation_facts where relation = 'shared.role' and arguments ->> 2 = 'site'`);
    await grant(userId, "admin");
    const wish = { userId, keepsPosts: true, keepsComments: true, dueAt: now, by: null };
    expect(await within((tx) => erasures.ask(tx, wish))).toMatchObject({ kind: "must-first", affairs: [{ kind: "last-steward" }] });
    await grant(await aMemberNamed("second-keeper"), "admin");
    expect((await within((tx) => erasures.ask(tx, wish))).kind).toBe("asked");
  });

  it("ends every sign-in as it begins, and lets nobody in by the address", async () => {
    const zo = await aWholePerson(site, "zo-signed-in");
    await begun(zo.userId);
    expect(await count(sql`select from sessions where user_id = ${zo.userId}`)).toBe(0);
    expect(await count(sql`select from passkeys where user_id = ${zo.userId}`)).toBe(0);
    expect(await services.identity.findPersonByEmail(zo.email)).toBeNull();
  });

  it("killed in any service's part has done nothing of it, and does it once however often it is told", async () => {
    const zo = await aWholePerson(site, "zo-killed");
    const id = await begun(zo.userId);
    const before = await findTraces(site, wordsFor(zo));
    for (const app of APPS) {
      const killed = within(async (tx) => {
        await erasures.forgetIn(tx, id, app);
        throw new Error("killed");
      });
      await expect(killed).rejects.toThrow("killed");
      expect((await erasures.findRow(id))?.done).not.toContain(app);
      if (app === APPS[0]) expect(await findTraces(site, wordsFor(zo))).toEqual(before);
      await part(id, app);
      const receipts = await erasures.listReceipts(id);
      await part(id, app);
      expect(await erasures.listReceipts(id)).toEqual(receipts);
    }
    expect(
      await count(sql`select from ap_activities where object_type = 'Erasure' and object_id = ${String(id)} and type = 'Update'`),
    ).toBe(1);
    await finished(id);
    await finished(id);
    expect(await findTraces(site, wordsFor(zo))).toEqual([]);
  });

  it("goes on when a service was down in the middle, and nothing is finished before; what came in meanwhile goes, too", async () => {
    const zo = await aWholePerson(site, "zo-waiting");
    const id = await begun(zo.userId);
    for (const app of APPS.filter((one) => one !== "events")) await part(id, app);
    await within((tx) => erasures.finish(tx, id));
    expect(await erasures.findRow(id)).toMatchObject({ state: "running", done: APPS.filter((app) => app !== "events") });
    expect((await findTraces(site, wordsFor(zo))).some(({ where }) => where.startsWith("public.tickets"))).toBe(true);
    await db.execute(sql`insert into likes (kind, subject, user_id) values ('post', 2, ${zo.userId})`); // by a request that was under way
    await part(id, "events");
    await finished(id);
    expect(await count(sql`select from likes where user_id = ${zo.userId}`)).toBe(0);
    expect(await erasures.findRow(id)).toMatchObject({ state: "finished", closedAt: expect.any(Date) });
  });

  it("leaves a by-line to posts and comments where the member wants that, and takes them away where not", async () => {
    const [stays, goes] = [await aWholePerson(site, "zo-stays"), await aWholePerson(site, "zo-goes")];
    for (const [zo, keeps] of [
      [stays, true],
      [goes, false],
    ] as const) {
      const id = await begun(zo.userId, { keepsPosts: keeps, keepsComments: keeps });
      for (const app of APPS) await part(id, app);
      const told = await count(sql`
        select from ap_activities where type = 'Delete' and object_type = 'Post' and details ->> 'path' = ${`/posts/on-rye-${zo.userId}`} and visibility = 'public'`);
      expect(told).toBe(keeps ? 0 : 1);
      const { rows } = await db.execute(sql`
        select name from posts join post_authors on post_id = posts.id join users on users.id = user_id where slug = ${`on-rye-${zo.userId}`}`);
      expect(rows).toEqual(keeps ? [{ name: "Former member" }] : []);
      expect(await count(sql`select from ap_documents where author_id = ${zo.userId} and html = '<p>A comment</p>'`)).toBe(keeps ? 1 : 0);
      expect(await count(sql`select from ap_documents where author_id = ${zo.userId} and comment_thread_id is null`)).toBe(0);
    }
  });
});

describe("whoever was erased", { timeout: 60_000 }, () => {
  it("says goodbye to who follows them, with a signature that others can verify until it is delivered; their actor is gone", async () => {
    const zo = await aWholePerson(site, "zo-public");
    const path = `/ap/members/${zo.handle}`;
    const asDocument = { headers: { accept: "application/activity+json" } };
    expect((await site.get(path, asDocument)).statusCode).toBe(200);
    const id = await begun(zo.userId);
    await part(id, "federation");
    const { rows } = await db.execute<{ document: string; inbox: string }>(
      sql`select document, inbox from ap_outgoing o join ap_deliveries d on d.outgoing_id = o.id where o.actor = ${zo.actor} and d.state = 'pending'`,
    );
    expect(rows).toHaveLength(1);
    expect(JSON.parse(rows[0]?.document ?? "{}")).toMatchObject({
      type: "Delete",
      actor: zo.actor,
      object: zo.actor,
      proof: { type: "DataIntegrityProof" },
    });
    const { fediverse } = site.app;
    expect(await fediverse.keysOf(fediverse.actors.ofMember(zo.handle))).not.toBeNull();
    const gone = await site.get(path, asDocument);
    expect([gone.statusCode, gone.json()]).toMatchObject([410, { type: "Tombstone", id: zo.actor, publicKey: { owner: zo.actor } }]);
    for (const app of APPS) await part(id, app);
    await within((tx) => erasures.finish(tx, id));
    await db.execute(sql`update erasures set finished_at = now() - interval '1 hour' where id = ${id}`);
    expect(await within((tx) => erasures.closeFinished(tx, new Date()))).toBe(0); // it waits for its delivery
    await db.execute(sql`update ap_deliveries set state = 'dead', settled_at = now() where state = 'pending'`);
    expect(await within((tx) => erasures.closeFinished(tx, new Date()))).toBe(1);
    expect(await fediverse.keysOf(fediverse.actors.ofMember(zo.handle))).toBeNull();
    const later = await site.get(path, asDocument);
    expect([later.statusCode, later.json().publicKey]).toEqual([410, undefined]);
    expect(await count(sql`select from service_keys where purpose like ${`member:${zo.userId}:%`}`)).toBe(0);
    const { statusCode } = await site.get(`/.well-known/webfinger?resource=acct:${zo.handle}@${new URL(site.origin).host}`);
    expect(statusCode).toBe(404);
  });

  it("never showed themselves: there was nothing at their address, and there is nothing", async () => {
    const person = await db.transaction((tx) => services.identity.welcome(tx, "quiet@quince.example", "Quiet Quin"));
    const id = await begun(person.userId);
    await part(id, "federation");
    expect((await site.get(`/ap/members/${person.handle}`, { headers: { accept: "application/activity+json" } })).statusCode).toBe(404);
    expect(await count(sql`select from ap_outgoing where actor like ${`%/${person.handle}`}`)).toBe(0);
  });

  it("and comes back by the same address is somebody new, under another handle", async () => {
    const person = await db.transaction((tx) => services.identity.welcome(tx, "back@quince.example", "Ben Back"));
    await erased(person.userId);
    const again = await db.transaction((tx) => services.identity.welcome(tx, "back@quince.example", "Ben Back"));
    expect(again.userId).not.toBe(person.userId);
    expect([person.handle, again.handle]).toEqual(["ben-back", "ben-back-2"]);
  });

  it("is not brought back by what another system says of them, unless they subscribe here themselves", async () => {
    const zo = await aWholePerson(site, "zo-ghost");
    await erased(zo.userId);
    const { rows } = await db.execute<{ id: string }>(sql`select id from newsletters order by id limit 1`);
    const newsletterId = Number(rows[0]?.id) as Parameters<typeof services.newsletters.decide>[1]["newsletterId"];
    const incoming = {
      email: zo.email.toUpperCase(),
      name: zo.name,
      newsletterIds: [newsletterId],
      labels: ["VIP"],
      isSuppressed: false,
      since: now,
    };
    const bring = () => db.transaction((tx) => services.newsletters.takeIn(tx, "ghost", [incoming]));
    expect(await bring()).toEqual([null]);
    expect(await bring()).toEqual([null]);
    expect(await findTraces(site, [zo.email, zo.name])).toEqual([]);
    await db.transaction((tx) => services.newsletters.decide(tx, { email: zo.email, newsletterId, state: "subscribed", textVersion: "1" }));
    expect(await bring()).toEqual([expect.any(Number)]);
  });
});

describe("a database that came back from a backup", { timeout: 60_000 }, () => {
  it("has whom the list names erased at its release, all at once; and nobody who only has the same number", async () => {
    const [zo, bystander] = [await aWholePerson(site, "zo-restored"), await aWholePerson(site, "zo-bystander")];
    // as deploy/backup.sh puts it in: of an erasure that this database knows nothing of
    await db.execute(sql`
      insert into erased_people (user_id, joined_at, handle_hash, keeps_posts, keeps_comments)
      select id, created_at, 'hash-of-zo', false, false from users where id = ${zo.userId}`);
    await db.execute(sql`
      insert into erased_people (user_id, joined_at, handle_hash) values (${bystander.userId}, '2020-01-01', 'hash-of-somebody-before')`);
    expect(await erasures.getList()).toMatchObject({ waiting: 1 });
    const ofBystander = await findTraces(site, wordsFor(bystander));
    expect(await within((tx) => erasures.replay(tx))).toBe(1);
    expect(await erasures.getList()).toMatchObject({ waiting: 0 });
    expect(await within((tx) => erasures.replay(tx))).toBe(0);
    const { rows } = await db.execute<{ id: string }>(sql`select id from erasures where user_id = ${zo.userId}`);
    await finished(Number(rows[0]?.id) as ErasureId);
    expect(await findTraces(site, wordsFor(zo))).toEqual([]);
    expect(await findTraces(site, wordsFor(bystander))).toEqual(ofBystander);
  });
});

async function count(query: ReturnType<typeof sql>): Promise<number> {
  return (await db.execute(query)).rows.length;
}
