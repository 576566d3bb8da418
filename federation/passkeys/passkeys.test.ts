import { randomBytes } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { UserId } from "../../shared/models/ids.ts";
import { passkeyChallenges, passkeys } from "../../shared/models/passkeys.ts";
import { openTestApp } from "../../tests/app.ts";
import { anAuthenticator, type Lies } from "../../tests/builders/authenticator.ts";
import { anInteraction } from "../../tests/builders/interaction.ts";
import { aMember } from "../../tests/builders/publication.ts";
import { signedIn } from "../../tests/builders/signed-in.ts";

let passed = 0;
const test = await openTestApp("federation", { clock: { now: () => new Date(Date.now() + passed) } });
afterAll(() => test.close());
const site = { origin: test.origin, rpId: "rose-ash.localhost" };
let ada: UserId;
let cookies: Record<string, string>;

beforeEach(async () => {
  passed = 0;
  await test.db.execute("delete from users");
  await test.db.execute("delete from rate_limits");
  ada = await aMember(test.db, { handle: "ada", name: "Ada" });
  cookies = await signedIn(test, "federation", ada);
});

const addOptions = async (who = cookies) => JSON.parse((await test.post("/settings/passkeys/options", {}, { cookies: who })).body);
const add = (answer: string, name = "My phone", who = cookies) => test.post("/settings/passkeys/new", { name, answer }, { cookies: who });

/** An authenticator whose passkey is Ada's. */
async function known() {
  const authenticator = anAuthenticator(site);
  const added = await add(authenticator.create(await addOptions()));
  expect([added.statusCode, added.headers.location]).toEqual([303, "/settings/passkeys?notice=passkey-added"]);
  return authenticator;
}

async function aSignIn() {
  const { uid, cookies: began } = await anInteraction(test);
  const options = JSON.parse((await test.post(`/sign-in/${uid}/passkey/options`, {}, { cookies: began })).body);
  return { options, send: (answer: string) => test.post(`/sign-in/${uid}/passkey`, { answer }, { cookies: began }) };
}

describe("adding a passkey", () => {
  it("asks for a passkey that knows its owner and asks for finger, face or PIN, and gives away nothing of them", async () => {
    const options = await addOptions();
    expect(options).toMatchObject({
      rp: { id: "rose-ash.localhost", name: "Rose Ash" },
      user: { name: "ada", displayName: "Ada" },
      attestation: "none",
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
    });
    expect(options.user.id).not.toBe(Buffer.from(String(ada)).toString("base64url"));
    expect((await addOptions()).user.id).toBe(options.user.id);
    const bilal = await signedIn(test, "federation", await aMember(test.db, { handle: "bilal", name: "Bilal" }));
    expect((await addOptions(bilal)).user.id).not.toBe(options.user.id);
  });

  const LIES: [string, Lies][] = [
    ["for another page", { origin: "https://evil.example" }],
    ["for the page of another port", { origin: "http://federation.rose-ash.localhost:1" }],
    ["for another app of the site", { origin: test.origin.replace("federation", "blog") }],
    ["for another site", { rpId: "evil.example" }],
    ["without finger, face or PIN", { isUnverified: true }],
    ["to a challenge of its own", { challenge: randomBytes(32).toString("base64url") }],
    ["that was made to sign in", { type: "webauthn.get" }],
  ];
  it.each(LIES)("refuses an answer %s", async (_what, lies) => {
    const answer = await add(anAuthenticator(site).create(await addOptions(), lies));
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain("could not be added");
    expect(await test.db.$count(passkeys)).toBe(0);
  });

  it.each(["", "x", "null", "[]", "{}", '{"id":"<script>"}', `{"id":"${"a".repeat(30_000)}"}`])(
    "refuses %j for an answer",
    async (answer) => {
      expect((await add(answer)).statusCode).toBe(422);
    },
  );

  it("takes a challenge once, within five minutes, from the session that asked for it", async () => {
    const options = await addOptions();
    expect((await add(anAuthenticator(site).create(options), "x", await signedIn(test, "federation", ada))).statusCode).toBe(422);
    expect((await add(anAuthenticator(site).create(options))).statusCode).toBe(303);
    expect((await add(anAuthenticator(site).create(options))).statusCode).toBe(422);
    const late = await addOptions();
    passed = 5 * 60_000 + 1;
    expect((await add(anAuthenticator(site).create(late))).statusCode).toBe(422);
  });

  it("takes a challenge of a sign-in for nothing", async () => {
    const { options } = await aSignIn();
    expect((await add(anAuthenticator(site).create(options))).statusCode).toBe(422);
  });

  it.each([
    ["", "can be read"],
    ["   ", "can be read"],
    ["x".repeat(61), "can be read"],
    ["a\u202eb", "can be read"],
  ])("asks again for the name %j, and keeps the answer's challenge unspent", async (name, words) => {
    const options = await addOptions();
    const refused = await add(anAuthenticator(site).create(options), name);
    expect([refused.statusCode, refused.body.includes(words)]).toEqual([422, true]);
    expect((await add(anAuthenticator(site).create(options), "Fine")).statusCode).toBe(303);
  });

  it("knows a passkey that somebody has already, whoever asks", async () => {
    const authenticator = await known();
    const bilal = await signedIn(test, "federation", await aMember(test.db, { handle: "bilal", name: "Bilal" }));
    const again = await add(authenticator.create(await addOptions(bilal)), "Mine now", bilal);
    expect([again.statusCode, again.body.includes("known here already")]).toEqual([422, true]);
  });

  it("stops at twenty, also when they come at once", async () => {
    const answers = [];
    for (let i = 0; i < 23; i += 1) answers.push(anAuthenticator(site).create(await addOptions()));
    const statuses = (await Promise.all(answers.map((answer) => add(answer)))).map(({ statusCode }) => statusCode);
    expect(statuses.filter((status) => status === 303)).toHaveLength(20);
    expect(await test.db.$count(passkeys)).toBe(20);
  });

  it("is for members: a guest gets no challenge", async () => {
    expect((await test.post("/settings/passkeys/options", {})).statusCode).toBe(401);
    expect((await add("{}", "x", {})).statusCode).toBe(401);
    const evil = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    expect((await test.post("/settings/passkeys/options", {}, { cookies, headers: evil })).statusCode).toBe(403);
  });
});

describe("signing in with a passkey", () => {
  it("leads on, once", async () => {
    const authenticator = await known();
    const { options, send } = await aSignIn();
    const answer = authenticator.get(options);
    const done = await send(answer);
    expect(done.statusCode).toBe(303);
    expect(done.headers.location).toContain("/oauth/authorize/");
    expect((await send(answer)).statusCode).toBe(422);
  });

  it("lets one of many parallel answers in", async () => {
    const authenticator = await known();
    const { options, send } = await aSignIn();
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(authenticator.get(options))));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([303, ...Array(7).fill(422)]);
  });

  const LIES: [string, Lies][] = [
    ["for another page", { origin: "https://evil.example" }],
    ["for a page that only begins like ours", { origin: `${test.origin}.evil.example` }],
    ["for another site", { rpId: "evil.example" }],
    ["without finger, face or PIN", { isUnverified: true }],
    ["to another challenge", { challenge: randomBytes(32).toString("base64url") }],
    ["that was made to add a passkey", { type: "webauthn.create" }],
    ["with a forged signature", { isForged: true }],
    ["in another person's name", { userHandle: Buffer.from("somebody else").toString("base64url") }],
    ["in nobody's name", { userHandle: "" }],
  ];
  it.each(LIES)("refuses an answer %s", async (_what, lies) => {
    const authenticator = await known();
    const { options, send } = await aSignIn();
    const refused = await send(authenticator.get(options, lies));
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain("That passkey could not be used");
  });

  it("refuses a passkey that nobody added, and one that was removed", async () => {
    const stranger = await aSignIn();
    expect((await stranger.send(anAuthenticator(site).get(stranger.options))).statusCode).toBe(422);
    const authenticator = await known();
    await test.db.delete(passkeys);
    const removed = await aSignIn();
    expect((await removed.send(authenticator.get(removed.options))).statusCode).toBe(422);
  });

  it("refuses an answer to the challenge of another sign-in, and one that comes late", async () => {
    const authenticator = await known();
    const [first, second] = [await aSignIn(), await aSignIn()];
    expect((await second.send(authenticator.get(first.options))).statusCode).toBe(422);
    passed = 5 * 60_000 + 1;
    expect((await first.send(authenticator.get(first.options))).statusCode).toBe(422);
  });

  it("refuses a counter that does not go up, and takes one that never counts", async () => {
    const authenticator = await known();
    const use = async (counter: number) => {
      const { options, send } = await aSignIn();
      return (await send(authenticator.get(options, { counter }))).statusCode;
    };
    expect([await use(0), await use(0), await use(5), await use(5), await use(4), await use(0), await use(6)]).toEqual([
      303, 303, 303, 422, 422, 422, 303,
    ]);
  });

  it.each(["", "x", "{}", '{"id":"\u0000"}'])("refuses %j for an answer", async (answer) => {
    expect((await (await aSignIn()).send(answer)).statusCode).toBe(422);
  });

  it("gives sixty challenges to one address in a quarter of an hour", async () => {
    const { uid, cookies: began } = await anInteraction(test);
    const ask = () => test.post(`/sign-in/${uid}/passkey/options`, {}, { cookies: began, headers: { accept: "application/json" } });
    for (let i = 0; i < 60; i += 1) expect((await ask()).statusCode).toBe(200);
    const refused = await ask();
    expect(refused.statusCode).toBe(429);
    expect(JSON.parse(refused.body).detail).toContain("tried too often");
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
  });

  it("leaves no challenge behind when its time is over", async () => {
    await aSignIn();
    await test.app.transaction((tx) => test.services.identity.forgetExpired(tx, new Date(Date.now() + 3_600_000)));
    expect(await test.db.$count(passkeyChallenges)).toBe(0);
  });
});

describe("a passkey", () => {
  it("is its owner's alone: nobody else renames, removes or sees it", async () => {
    const { id } = await known();
    const bilal = await signedIn(test, "federation", await aMember(test.db, { handle: "bilal", name: "Bilal" }));
    expect((await test.get("/settings/passkeys", { cookies: bilal })).body).not.toContain("My phone");
    expect((await test.post(`/settings/passkeys/${id}/name`, { name: "Mine" }, { cookies: bilal })).statusCode).toBe(404);
    expect((await test.get(`/settings/passkeys/${id}/removal`, { cookies: bilal })).statusCode).toBe(404);
    expect((await test.post(`/settings/passkeys/${id}/removal`, {}, { cookies: bilal })).statusCode).toBe(404);
    expect(await test.services.passkeys.listPasskeys(ada)).toMatchObject([{ id, name: "My phone" }]);
  });

  it("gets another name, which runs nobody's script", async () => {
    const { id } = await known();
    const hostile = "<script>alert(1)</script>";
    expect((await test.post(`/settings/passkeys/${id}/name`, { name: "" }, { cookies })).statusCode).toBe(422);
    expect((await test.post(`/settings/passkeys/${id}/name`, { name: hostile }, { cookies })).statusCode).toBe(303);
    for (const path of ["/settings/passkeys", `/settings/passkeys/${id}/removal`]) {
      const { body } = await test.get(path, { cookies });
      expect(body).toContain("&lt;script&gt;alert(1)");
      expect(body).not.toContain("<script>alert");
    }
    expect((await test.post(`/settings/passkeys/${id}/removal`, {}, { cookies })).statusCode).toBe(303);
    expect(await test.services.passkeys.listPasskeys(ada)).toEqual([]);
  });
});
