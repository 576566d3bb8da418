import { jwtVerify, SignJWT } from "jose";
import { afterAll, expect, it } from "vitest";
import { newDatabase } from "../../../tests/database.ts";
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
