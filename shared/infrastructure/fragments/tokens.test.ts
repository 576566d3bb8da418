import { type CryptoKey, exportSPKI, SignJWT } from "jose";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { knownKeys } from "../../../tests/builders/known-keys.ts";
import { movedTime } from "../../../tests/moved-time.ts";
import type { FragmentSubject } from "../../contracts/fragments.ts";
import type { DeviceId, UserId } from "../../models/ids.ts";
import { parseSubject, printSubject } from "./subject.ts";
import { makeFragmentTokens } from "./tokens.ts";

const NOW = new Date("2026-11-24T12:00:00Z");
const keys = knownKeys();
const ADA: FragmentSubject = { kind: "user", userId: 7 as UserId };
const BROWSER: FragmentSubject = { kind: "device", deviceId: "k3Jx_-9" as DeviceId };
const verify = (token: string) => makeFragmentTokens("cart", keys).verify(token); // an owner that remembers nothing yet
let time: ReturnType<typeof movedTime>;
let sign: ReturnType<typeof makeFragmentTokens>["sign"];
beforeEach(() => {
  sign = makeFragmentTokens("blog", keys).sign;
  time = movedTime(NOW);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("a fragment token", () => {
  it.each([{ kind: "public" } as const, BROWSER, ADA])("says who asks, and for whom: $kind", async (subject) => {
    expect(await verify(await sign("cart", subject))).toEqual({ caller: "blog", subject });
  });

  it("is signed once for fifteen seconds, and separately for each owner and subject", async () => {
    const first = await sign("cart", ADA);
    await time.later(1);
    expect(await sign("cart", ADA)).toBe(first);
    expect(await sign("cart", BROWSER)).not.toBe(first);
    expect(await sign("market", ADA)).not.toBe(first);
    await time.later(16);
    expect(await sign("cart", ADA)).not.toBe(first);
  });

  it("is refused by an owner it was not made for", async () => {
    expect(await verify(await sign("market", ADA))).toBeNull();
  });

  it("is accepted within its half minute and a minute of wrong clocks, not after; also where it was accepted before", async () => {
    const token = await sign("cart", ADA);
    const owner = makeFragmentTokens("cart", keys);
    expect(await owner.verify(token)).not.toBeNull();
    await time.later(85);
    expect(await verify(token)).not.toBeNull();
    await time.later(10);
    expect(await verify(token)).toBeNull();
    expect(await owner.verify(token)).toBeNull();
  });

  it("is refused without a signature: alg none", async () => {
    const [, payload] = (await sign("cart", ADA)).split(".");
    for (const alg of ["none", "None", ""])
      expect(await verify(`${encode({ alg, typ: "fragment+jwt", kid: await kidOf("fragments:blog") })}.${payload}.`)).toBeNull();
  });

  it("is refused when the public key was used as a shared secret: HS256", async () => {
    const { publicKey } = await keys.pairOf("fragments:blog");
    const raw = new Uint8Array(await crypto.subtle.exportKey("raw", publicKey));
    for (const secret of [raw, new TextEncoder().encode(await exportSPKI(publicKey))]) {
      expect(await verify(await forge(secret, { alg: "HS256" }))).toBeNull();
    }
  });

  it("is refused when its key is for another purpose, or nobody's", async () => {
    const { privateKey } = await keys.pairOf("oidc-signing");
    expect(await verify(await forge(privateKey, { kid: await kidOf("oidc-signing") }))).toBeNull();
    expect(await verify(await forge(privateKey, { kid: "kid of nobody" }))).toBeNull();
    expect(await verify(await forge(privateKey, { kid: undefined }))).toBeNull();
    expect(await verify(await forge(privateKey, {}))).toBeNull(); // signed by one key, named after another
  });

  it("is refused when one app speaks in the name of another", async () => {
    const { privateKey, kid } = await keys.pairOf("fragments:market");
    expect(await verify(await forge(privateKey, { kid }, { iss: "blog" }))).toBeNull();
    expect(await verify(await forge(privateKey, { kid }, { iss: "market" }))).not.toBeNull();
  });

  it("is refused when its subject was changed", async () => {
    const [header, payload = "", signature] = (await sign("cart", ADA)).split(".");
    const claims = { ...JSON.parse(Buffer.from(payload, "base64url").toString()), sub: "user:8" };
    expect(await verify(`${header}.${encode(claims)}.${signature}`)).toBeNull();
  });

  it("is refused when it is another kind of token", async () => {
    const { privateKey } = await keys.pairOf("fragments:blog");
    expect(await verify(await forge(privateKey, { typ: "JWT" }))).toBeNull();
    expect(await verify(await forge(privateKey, { typ: undefined }))).toBeNull();
  });

  it.each(["sub", "iss", "aud", "exp"])("is refused without %s", async (claim) => {
    const { privateKey } = await keys.pairOf("fragments:blog");
    expect(await verify(await forge(privateKey, {}, { [claim]: undefined }))).toBeNull();
    expect(await verify(await forge(privateKey, {}))).not.toBeNull();
  });

  it.each(["", "x", "a.b.c", "..", `${"x".repeat(100_000)}`, "eyJhbGciOiJFZERTQSJ9..", "\u0000.\u0000.\u0000"])(
    "is refused when it is no token: %j",
    async (text) => {
      expect(await verify(text)).toBeNull();
    },
  );
});

describe("key ids that a stranger makes up", () => {
  it("are looked up so often a second and no more; the keys of the six are found all the same", async () => {
    const asked: string[] = [];
    const findPublicKey = (kid: string) => {
      asked.push(kid);
      return keys.findPublicKey(kid);
    };
    const own = makeFragmentTokens("cart", { ...keys, findPublicKey });
    expect(await own.verify(await sign("cart", ADA))).not.toBeNull();
    const { privateKey } = await keys.pairOf("fragments:blog");
    const made = await Promise.all(Array.from({ length: 200 }, (_, i) => forge(privateKey, { kid: `made up ${i}` })));
    asked.length = 0;
    for (const token of made) expect(await own.verify(token)).toBeNull();
    expect(asked.length).toBeLessThanOrEqual(20);
    expect(await own.verify(await forge(privateKey, {}, { sub: "user:12" }))).not.toBeNull();
    expect(await own.verify(await forge(privateKey, { kid: "x".repeat(5_000) }))).toBeNull();
    expect(asked).not.toContain("x".repeat(5_000));
  });
});

describe("two services whose clocks are apart", () => {
  it.each([60, 59, 1, -1, -59])("by %i seconds understand each other", async (seconds) => {
    const now = Date.now();
    vi.setSystemTime(now + seconds * 1000);
    const token = await makeFragmentTokens("market", keys).sign("cart", ADA);
    vi.setSystemTime(now);
    expect(await makeFragmentTokens("cart", keys).verify(token)).toMatchObject({ caller: "market", subject: ADA });
  });

  it("by more than the life of a token and that minute do not", async () => {
    const now = Date.now();
    const token = await makeFragmentTokens("market", keys).sign("cart", ADA);
    vi.setSystemTime(now + 91_000);
    expect(await makeFragmentTokens("cart", keys).verify(token)).toBeNull();
  });
});

describe("a subject", () => {
  it.each(["public", "user:7", "device:k3Jx_-9"])("%s is read as it was written", (text) => {
    const subject = parseSubject(text);
    expect(subject && printSubject(subject)).toBe(text);
  });

  it.each([
    "",
    "user:",
    "user:0",
    "user:-1",
    "user:7x",
    "user:1e3",
    "user: 7",
    "users:7",
    "admin:7",
    "PUBLIC",
    "user:99999999999999999999",
    "device:",
  ])("%j is nobody's", (text) => {
    expect(parseSubject(text)).toBeNull();
  });
});

async function kidOf(purpose: string): Promise<string> {
  return (await keys.pairOf(purpose)).kid;
}

/** A token as blog would sign it for cart, but for what is given. */
async function forge(key: CryptoKey | Uint8Array, header: Record<string, unknown>, claims: Record<string, unknown> = {}): Promise<string> {
  const seconds = Math.floor(Date.now() / 1000);
  const whole = { sub: "user:7", iss: "blog", aud: "cart", iat: seconds, exp: seconds + 30, ...claims };
  const head = { alg: "EdDSA", kid: await kidOf("fragments:blog"), typ: "fragment+jwt", ...header };
  return new SignJWT(JSON.parse(JSON.stringify(whole))).setProtectedHeader(JSON.parse(JSON.stringify(head))).sign(key);
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}
