import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { aProduct } from "../../../tests/builders/shop.ts";
import { newDatabase } from "../../../tests/database.ts";
import type { NewSession } from "../../contracts/identity.ts";
import { openDb } from "../../infrastructure/db.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { devices, oidcPayloads, sessions, userEmails, users } from "../../models/identity.ts";
import type { DeviceId, ProviderSessionId, UserId } from "../../models/ids.ts";
import { makeTombstones } from "../erasures/tombstones.ts";
import { makeOidcStore } from "../oidc-store/index.ts";
import { makeIdentityService } from "./index.ts";

const db = openDb(await newDatabase(), 8);
afterAll(() => db.close());
let now = new Date("2026-05-01T10:00:00Z");
const deps: ServiceDeps = { db, clock: { now: () => now }, publicUrl: (_app, path) => path, timeZone: "Europe/London", locale: "en-GB" };
const identity = makeIdentityService(deps, { tombstones: makeTombstones(() => Buffer.alloc(32)) });
const store = makeOidcStore(deps);
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

beforeEach(() => {
  now = new Date("2026-05-01T10:00:00Z");
});

describe("sessions", () => {
  it("are found by their app and token until they expire", async () => {
    const { session } = await aSession();
    expect(await identity.findSession("blog", session.tokenHash)).toMatchObject({ kind: "member", userId: session.userId });
    expect(await identity.findSession("market", session.tokenHash)).toBeNull();
    expect(await identity.findSession("blog", "another")).toBeNull();
    now = later(61);
    expect(await identity.findSession("blog", session.tokenHash)).toBeNull();
  });

  it("mark their device, and ending them unmarks it", async () => {
    const { session } = await aSession();
    expect(await identity.findDeviceSignIn(session.deviceId)).toEqual(now);
    await db.transaction((tx) => identity.endSessions(tx, session.providerSession));
    expect(await identity.findDeviceSignIn(session.deviceId)).toBeNull();
    expect(await identity.findSession("blog", session.tokenHash)).toBeNull();
  });

  it("end with all that hangs on the provider's session, and leave others alone", async () => {
    const mine = await aSession();
    const other = await aSession();
    await putGrant(mine.session.providerSession, "grant-1");
    await db.transaction((tx) => identity.endSessions(tx, mine.session.providerSession));
    const left = await db.select({ kind: oidcPayloads.kind }).from(oidcPayloads).where(eq(oidcPayloads.grantId, "grant-1"));
    expect(left).toEqual([]);
    expect(await store.find("Grant", "grant-1")).toBeNull();
    expect(await store.findSession(mine.session.providerSession)).toBeNull();
    expect(await identity.findSession("blog", other.session.tokenHash)).not.toBeNull();
  });

  it("can't be started when the provider's session has ended, nor can it be stored again", async () => {
    const { session } = await aSession();
    await db.transaction((tx) => identity.endSessions(tx, session.providerSession));
    await putProviderSession(session.providerSession);
    expect(await store.findSession(session.providerSession)).toBeNull();
    const again = db.transaction((tx) => identity.startSession(tx, { ...session, tokenHash: randomUUID() }));
    await expect(again).rejects.toMatchObject({ code: "sign-in-failed" });
  });

  it("do not outlive a sign-out at the same moment, whoever is first", async () => {
    for (let i = 0; i < 20; i += 1) {
      const { session } = await aSession();
      const second = { ...session, app: "market" as const, tokenHash: randomUUID() };
      await Promise.allSettled([
        db.transaction((tx) => identity.startSession(tx, second)),
        db.transaction((tx) => identity.endSessions(tx, session.providerSession)),
      ]);
      const rows = await db.select({ app: sessions.app }).from(sessions).where(eq(sessions.providerSession, session.providerSession));
      expect(rows).toEqual([]);
    }
  });

  it("of somebody who signed in before on the same device end when the next one begins", async () => {
    const first = await aSession();
    const second = await aSession({ deviceId: first.session.deviceId });
    expect(await identity.findSession("blog", first.session.tokenHash)).toBeNull();
    expect(await identity.findSession("blog", second.session.tokenHash)).not.toBeNull();
    expect(await identity.findDeviceSignIn(first.session.deviceId)).toEqual(now);
  });
});

describe("sign-in links", () => {
  it("say whom they would sign in, without being spent", async () => {
    const person = await db.transaction((tx) => identity.welcome(tx, "Grace@Example.org", "Grace"));
    const link = await aLink({ email: "grace@example.org" });
    for (let i = 0; i < 2; i += 1) {
      expect(await identity.openSignInLink(link.tokenHash, now)).toMatchObject({ kind: "open", person: { userId: person.userId } });
    }
  });

  it("are redeemed by one of many parallel tries", async () => {
    const link = await aLink();
    const tries = Array.from({ length: 8 }, () => db.transaction((tx) => identity.redeemLink(tx, link.tokenHash, now)));
    const kinds = (await Promise.all(tries)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "redeemed").length).toBe(1);
    expect(await identity.openSignInLink(link.tokenHash, now)).toEqual({ kind: "spent" });
  });

  it("are redeemed by one of many parallel tries with their code", async () => {
    const link = await aLink();
    const tries = Array.from({ length: 8 }, () => db.transaction((tx) => identity.redeemCode(tx, link.interactionUid, link.codeHash, now)));
    const kinds = (await Promise.all(tries)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === "redeemed").length).toBe(1);
  });

  it("are over after a quarter of an hour", async () => {
    const link = await aLink();
    expect(await identity.openSignInLink(link.tokenHash, later(16))).toEqual({ kind: "spent" });
    expect(await db.transaction((tx) => identity.redeemLink(tx, link.tokenHash, later(16)))).toEqual({ kind: "spent" });
    expect(await db.transaction((tx) => identity.redeemCode(tx, link.interactionUid, link.codeHash, later(16)))).toEqual({ kind: "spent" });
  });

  it("count every wrong code, parallel ones too, and end at the fifth", async () => {
    const link = await aLink();
    const tries = Array.from({ length: 9 }, () => db.transaction((tx) => identity.redeemCode(tx, link.interactionUid, "wrong", now)));
    const results = await Promise.all(tries);
    expect(results.filter(({ kind }) => kind === "wrong-code").length).toBe(5);
    expect(await db.transaction((tx) => identity.redeemCode(tx, link.interactionUid, link.codeHash, now))).toEqual({ kind: "spent" });
  });

  it("are all spent when one of the same sign-in is; a code counts for the newest only", async () => {
    const old = await aLink();
    const fresh = await aLink({ interactionUid: old.interactionUid, codeHash: "code-2" });
    expect(await db.transaction((tx) => identity.redeemCode(tx, old.interactionUid, old.codeHash, now))).toMatchObject({
      kind: "wrong-code",
    });
    expect(await db.transaction((tx) => identity.redeemLink(tx, old.tokenHash, now))).toMatchObject({ kind: "redeemed" });
    expect(await identity.openSignInLink(fresh.tokenHash, now)).toEqual({ kind: "spent" });
  });
});

describe("new members", () => {
  it("are made once when the same address arrives twice at the same moment", async () => {
    const both = await Promise.all([1, 2].map(() => db.transaction((tx) => identity.welcome(tx, "bo@example.org", "Bo"))));
    expect(both[0]?.userId).toBe(both[1]?.userId);
    const [address] = await db.select({ verifiedAt: userEmails.verifiedAt }).from(userEmails).where(eq(userEmails.email, "bo@example.org"));
    expect(address?.verifiedAt).toEqual(now);
  });

  it("get a handle each when one wants what another one was given", async () => {
    await Promise.all(["x1", "x2"].map((who) => db.transaction((tx) => identity.welcome(tx, `${who}@example.org`, "Oak Tree"))));
    const names = ["Oak Tree", "Oak Tree 3", "Oak Tree", "Oak Tree 3", "Oak Tree 4"];
    const made = names.map((name, i) => db.transaction((tx) => identity.welcome(tx, `oak${i}@example.org`, name)));
    const handles = (await Promise.all(made)).map(({ handle }) => handle);
    expect(new Set([...handles, "oak-tree", "oak-tree-2"]).size).toBe(7);
  });

  it("wait for a handle that is being taken, and take the next one", async () => {
    const [taken, takes] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const first = db.transaction(async (tx) => {
      await tx.insert(users).values({ handle: "elm-2", name: "Elm 2" });
      await tx.insert(users).values({ handle: "elm", name: "Elm" });
      taken.resolve();
      await takes.promise;
    });
    await taken.promise;
    const second = db.transaction((tx) => identity.welcome(tx, "elm@example.org", "Elm"));
    await new Promise((resolve) => setTimeout(resolve, 100));
    takes.resolve();
    await first;
    expect((await second).handle).toBe("elm-3");
  });

  it("get handles that nobody has, also when namesakes join at the same moment", async () => {
    const namesakes = [1, 2, 3].map((i) => db.transaction((tx) => identity.welcome(tx, `ivy${i}@example.org`, "Ivy Ash")));
    const handles = (await Promise.all(namesakes)).map(({ handle }) => handle).sort();
    expect(handles).toEqual(["ivy-ash", "ivy-ash-2", "ivy-ash-3"]);
  });
});

describe("limits", () => {
  it("count hits in a window and forget them in the next", async () => {
    const hit = () => db.transaction((tx) => identity.withinLimit(tx, "key", { hits: 3, windowSeconds: 900 }, now));
    expect([await hit(), await hit(), await hit(), await hit()]).toEqual([true, true, true, false]);
    now = later(15);
    expect(await hit()).toBe(true);
  });

  it("let exactly as many through as they say, however many come at once", async () => {
    const hits = Array.from({ length: 12 }, () =>
      db.transaction((tx) => identity.withinLimit(tx, "rush", { hits: 5, windowSeconds: 900 }, now)),
    );
    expect((await Promise.all(hits)).filter(Boolean).length).toBe(5);
  });
});

it("forgets browsers that nobody comes back with, and keeps those with a session, a mark or something on them", async () => {
  await db.delete(devices);
  const { session } = await aSession({ expiresAt: later(60 * 24 * 900) });
  for (const id of ["fresh", "idle", "marked", "with-cart", "with-like", "with-view", "ancient-cart", "ancient-mark"]) await aDevice(id);
  await db.execute(sql`update devices set signed_in_at = ${now} where id like '%mark%'`);
  await db.execute(sql`insert into carts (device_id) values ('with-cart'), ('ancient-cart')`);
  await db.execute(sql`insert into likes (kind, subject, device_id) values ('post', 1, 'with-like')`);
  await db.execute(sql`insert into product_views (product_id, device_id) values (${await aProduct(db, { slug: "jar" })}, 'with-view')`);
  await db.execute(
    sql`update devices set created_at = ${later(-2 * 1440)} where id in ('idle', 'marked', 'with-cart', 'with-like', 'with-view', ${session.deviceId})`,
  );
  await db.execute(sql`update devices set created_at = ${later(-400 * 1440)} where id like 'ancient-%'`);
  await db.transaction((tx) => identity.forgetExpired(tx, now));
  const left = (await db.select({ id: devices.id }).from(devices)).map(({ id }) => id as string).sort();
  expect(left).toEqual(["fresh", "marked", "with-cart", "with-like", "with-view", session.deviceId as string].sort());
});

it("forgets what is over and keeps the rest", async () => {
  const over = await aLink({ expiresAt: later(-1) });
  const open = await aLink();
  await db.transaction((tx) => identity.forgetExpired(tx, now));
  const { rows } = await db.execute<{ token_hash: string }>(sql`select token_hash from sign_in_links`);
  const left = rows.map((row) => row.token_hash);
  expect(left).toContain(open.tokenHash);
  expect(left).not.toContain(over.tokenHash);
});

async function aDevice(id: string): Promise<void> {
  await db.insert(devices).values({ id: id as DeviceId, createdAt: now });
}

async function aSession(given: Partial<NewSession> = {}) {
  const person = await db.transaction((tx) => identity.welcome(tx, `${randomUUID()}@example.org`, "Somebody"));
  const providerSession = randomUUID() as string as ProviderSessionId;
  await putProviderSession(providerSession);
  const deviceId = randomUUID() as string as DeviceId;
  const session: NewSession = {
    tokenHash: randomUUID(),
    app: "blog",
    userId: person.userId as UserId,
    providerSession,
    deviceId,
    browser: "Firefox on Linux",
    expiresAt: later(60),
    ...given,
  };
  await db.insert(devices).values({ id: session.deviceId }).onConflictDoNothing();
  await db.transaction((tx) => identity.startSession(tx, session));
  return { session, person };
}

async function putProviderSession(uid: ProviderSessionId): Promise<void> {
  const payload = { uid, accountId: "1", authorizations: { blog: { grantId: "grant-1" } } };
  await db.transaction((tx) =>
    store.put(tx, {
      kind: "Session",
      id: `id of ${uid}`,
      payload,
      grantId: null,
      uid,
      sessionUid: null,
      accountId: null,
      clientId: null,
      expiresAt: later(60),
    }),
  );
}

async function putGrant(sessionUid: ProviderSessionId, grantId: string): Promise<void> {
  const common = { payload: {}, uid: null, accountId: null, clientId: null, expiresAt: later(60) };
  await db.transaction(async (tx) => {
    await store.put(tx, { ...common, kind: "Grant", id: grantId, grantId: null, sessionUid: null });
    await store.put(tx, { ...common, kind: "AuthorizationCode", id: randomUUID(), grantId, sessionUid });
    await store.put(tx, { ...common, kind: "RefreshToken", id: randomUUID(), grantId, sessionUid: null });
  });
}

async function aLink(given: Partial<Parameters<typeof identity.createSignInLink>[1]> = {}) {
  const link = {
    tokenHash: randomUUID(),
    codeHash: "code-1",
    interactionUid: randomUUID(),
    email: "new@example.org",
    expiresAt: later(15),
    ...given,
  };
  await db.transaction((tx) => identity.createSignInLink(tx, link));
  return link;
}
