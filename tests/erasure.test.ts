import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeHandlers } from "../federation/handlers/index.ts";
import type { Activity } from "../shared/contracts/activities.ts";
import { APPS } from "../shared/models/apps.ts";
import type { ActivityId, ErasureId, UserId } from "../shared/models/ids.ts";
import { HOLDINGS } from "../shared/services/personal-data/index.ts";
import { openTestApp } from "./app.ts";
import { aWholePerson, type WholePerson } from "./builders/whole-person.ts";
import { findNumber, findTraces, wordsFor } from "./person-grep.ts";

const DAY_MS = 86_400_000;
let now = new Date();
const site = await openTestApp("federation", {
  seeded: true,
  clock: { now: () => now },
  env: { DEPLOYMENT: "development", FEDIVERSE_LOOPBACK: "on" },
});
afterAll(() => site.close());
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
    ...{ id: Number(rows[0]?.id ?? 1) as ActivityId, originApp: "account", actorId: null, type: "Delete", object: { type: "Erasure", id: String(id) } },
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
      HOLDINGS[app].holdings.filter(({ deed, shows }) => deed.does !== "leaves" && shows !== undefined).map(({ what }) => `${app}: ${what}`),
    );
    // needs a row of another kind that the seed has none of
    const unmade = new Set(["cart: where your orders were fetched", "cart: receipts", "federation: lists you brought along", "federation: people you brought along", "federation: answers of your polls", "federation: polls"]);
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
