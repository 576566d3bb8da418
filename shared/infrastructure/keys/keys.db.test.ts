import { eq } from "drizzle-orm";
import { jwtVerify, SignJWT } from "jose";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { newDatabase } from "../../../tests/database.ts";
import { auditEntries } from "../../models/audit.ts";
import { serviceKeys } from "../../models/identity.ts";
import { openDb } from "../db.ts";
import { openKeys } from "./keys.ts";
import { deriveSecret } from "./secrets.ts";

const db = openDb(await newDatabase(), 8);
afterAll(() => db.close());
const SECRET = "a-secret-for-tests-that-nobody-else-uses";

it("makes one key for all processes that ask at the same moment, and keeps it", async () => {
  const processes = Array.from({ length: 6 }, () => openKeys(db, SECRET));
  const keys = await Promise.all(processes.map((keysOf) => keysOf.signingKey("oidc-signing", "ES256")));
  expect(new Set(keys.map(({ kid }) => kid)).size).toBe(1);
  expect((await openKeys(db, SECRET).signingKey("oidc-signing", "ES256")).kid).toBe(keys[0]?.kid);
});

it("signs what its public key verifies", async () => {
  const keys = openKeys(db, SECRET);
  const { kid, privateKey } = await keys.signingKey("fragments:blog", "EdDSA");
  const token = await new SignJWT({}).setProtectedHeader({ alg: "EdDSA", kid }).sign(privateKey);
  const found = await keys.findPublicKey(kid);
  expect(found?.purpose).toBe("fragments:blog");
  if (found) await expect(jwtVerify(token, found.publicKey)).resolves.toBeDefined();
  expect(await keys.findPublicKey("unknown")).toBeNull();
});

it("stores private keys encrypted: another deployment secret opens none, and the error says why", async () => {
  await openKeys(db, SECRET).signingKey("oidc-signing", "ES256");
  const rows = await db.select().from(serviceKeys);
  expect(JSON.stringify(rows)).not.toContain('"d"');
  await expect(openKeys(db, `${SECRET}!`).signingKey("oidc-signing", "ES256")).rejects.toThrow("DEPLOYMENT_SECRET is not the one");
});

it("derives unlike secrets for unlike purposes", () => {
  expect(deriveSecret(SECRET, "a").equals(deriveSecret(SECRET, "b"))).toBe(false);
  expect(deriveSecret(SECRET, "a").equals(deriveSecret(SECRET, "a"))).toBe(true);
});

describe("rotation", () => {
  let now = new Date("2026-05-01T10:00:00Z");
  const days = (count: number) => {
    now = new Date(now.getTime() + count * 24 * 3600 * 1000);
  };
  const aRing = () => openKeys(db, SECRET, { now: () => now }); // each as a process of its own: nothing is kept between them
  const kids = async () => (await aRing().listPublished("oidc-signing", "ES256")).map(({ kid }) => kid);

  beforeEach(async () => {
    await db.delete(serviceKeys);
    await aRing().signingKey("oidc-signing", "ES256");
  });

  it("does nothing before its time", async () => {
    days(88.9);
    expect(await aRing().rotate()).toEqual([]);
    expect((await kids()).length).toBe(1);
  });

  it("publishes the next key a day before it takes over, and the old one for a week afterwards", async () => {
    const [old] = await kids();
    days(89.1);
    expect(await aRing().rotate()).toEqual([{ purpose: "oidc-signing", step: "published-next" }]);
    const [, next] = await kids();
    expect(await kids()).toEqual([old, next]);
    expect((await aRing().signingKey("oidc-signing", "ES256")).kid).toBe(old);
    days(0.9);
    expect(await aRing().rotate()).toEqual([]);
    days(0.2);
    expect(await aRing().rotate()).toEqual([{ purpose: "oidc-signing", step: "took-over" }]);
    expect(await kids()).toEqual([next, old]);
    expect((await aRing().signingKey("oidc-signing", "ES256")).kid).toBe(next);
    expect(await aRing().findPublicKey(old ?? "")).not.toBeNull();
    days(7.1);
    expect(await kids()).toEqual([next]);
    expect(await aRing().findPublicKey(old ?? "")).toBeNull();
    expect(await aRing().rotate()).toEqual([{ purpose: "oidc-signing", step: "forgot" }]);
    expect(await db.$count(serviceKeys)).toBe(1);
  });

  it("verifies what was signed before it, and signs anew", async () => {
    const before = await aRing().signingKey("oidc-signing", "ES256");
    const token = await new SignJWT({}).setProtectedHeader({ alg: "ES256", kid: before.kid }).sign(before.privateKey);
    await aRing().beginRotation("Due at the audit");
    days(1.1);
    await aRing().rotate();
    const found = await aRing().findPublicKey(before.kid);
    await expect(jwtVerify(token, found?.publicKey ?? expect.fail())).resolves.toBeDefined();
    expect((await aRing().signingKey("oidc-signing", "ES256")).kid).not.toBe(before.kid);
  });

  it("is begun once by command, however often it is given", async () => {
    const steps = await Promise.all([1, 2, 3].map(() => aRing().beginRotation("Due at the audit")));
    expect(steps.flat()).toEqual([{ purpose: "oidc-signing", step: "published-next" }]);
    expect((await kids()).length).toBe(2);
  });

  it("takes each step once, however many processes try at the same moment", async () => {
    await aRing().beginRotation("Due at the audit");
    days(1.1);
    const steps = await Promise.all(Array.from({ length: 6 }, () => aRing().rotate()));
    expect(steps.flat()).toEqual([{ purpose: "oidc-signing", step: "took-over" }]);
    expect((await kids()).length).toBe(2);
  });

  it("replaces stolen keys at once: what they signed counts no more", async () => {
    const [stolen] = await kids();
    await aRing().beginRotation("Due at the audit");
    expect(await aRing().replaceAll("A laptop was stolen")).toEqual([{ purpose: "oidc-signing", step: "replaced" }]);
    expect(await kids()).not.toContain(stolen);
    expect((await kids()).length).toBe(1);
    expect(await aRing().findPublicKey(stolen ?? "")).toBeNull();
  });

  it("by command stands in the log with its reason and with which keys it was before and after; by the timetable it does not", async () => {
    const reason = `Due at the audit ${Math.random()}`;
    const [old] = await kids();
    await aRing().beginRotation(` ${reason} `);
    const [, next] = await kids();
    await aRing().replaceAll(reason);
    const [fresh] = await kids();
    const entries = await db.select().from(auditEntries).where(eq(auditEntries.reason, reason)).orderBy(auditEntries.id);
    const by = { app: "federation", actor: "app:federation", subject: "keys:oidc-signing" };
    expect(entries).toMatchObject([
      { ...by, action: "rotate keys", before: { signs: old, next: null }, after: { signs: old, next } },
      { ...by, action: "replace keys", before: { signs: old, next }, after: { signs: fresh, next: null } },
    ]);
    const count = await db.$count(auditEntries);
    days(100);
    await aRing().rotate();
    expect(await db.$count(auditEntries)).toBe(count);
    await expect(aRing().replaceAll("  ")).rejects.toThrow("say why");
    expect(await kids()).toContain(fresh);
  });

  it("touches every purpose, each by its own time", async () => {
    days(60);
    await aRing().signingKey("fragments:blog", "EdDSA");
    days(30);
    expect(await aRing().rotate()).toEqual([{ purpose: "oidc-signing", step: "published-next" }]);
    days(59.1);
    const purposes = (await aRing().rotate()).map(({ purpose, step }) => `${purpose} ${step}`);
    expect(purposes).toEqual(["fragments:blog published-next", "oidc-signing took-over"]);
  });
});
