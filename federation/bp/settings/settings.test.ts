import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { hashToken } from "../../../shared/infrastructure/keys/index.ts";
import { oidcPayloads } from "../../../shared/models/identity.ts";
import type { ClientId, PasskeyId, UserId } from "../../../shared/models/ids.ts";
import { oauthClients } from "../../../shared/models/oauth-clients.ts";
import { openTestApp } from "../../../tests/app.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";

const test = await openTestApp("federation");
afterAll(() => test.close());

const HOSTILE = "<script>alert(1)</script>";
const GOOD = { name: "Bread Diary", redirects: "https://bread.example/cb", logouts: "", backchannel: "", kind: "server" };
let ada: UserId;
let bilal: UserId;
let cookies: Record<string, string>;
let strangers: Record<string, string>;

beforeEach(async () => {
  await test.db.execute("delete from users");
  await test.db.delete(oidcPayloads);
  ada = await aMember(test.db, { handle: "ada", name: `Ada ${HOSTILE}` });
  bilal = await aMember(test.db, { handle: "bilal", name: "Bilal" });
  cookies = await signedIn(test, "federation", ada);
  strangers = await signedIn(test, "federation", bilal);
});

const get = (path: string, who = cookies) => test.get(path, { cookies: who });
const post = (path: string, form: Record<string, string> = {}, who = cookies) => test.post(path, form, { cookies: who });

/** What stands under "Lately", without its times. */
async function lately(who = cookies): Promise<string[]> {
  const [, list = ""] = /id="lately"[\s\S]*?<ul class="rows">([\s\S]*?)<\/ul>/.exec((await get("/settings", who)).body) ?? [];
  return [...list.matchAll(/<p class="row-words[^>]*>([\s\S]*?)<\/p>/g)].map(([, words = ""]) => words.replace(/<\/?strong>/g, "").trim());
}

describe("what happened lately", () => {
  const id = "lately-app" as ClientId;
  const details = { name: "Bread Diary", redirectUris: ["https://bread.example/cb"], logoutUris: [], backchannelUri: null };
  const passkey = { id: "key" as PasskeyId, publicKey: "", counter: 0, transports: [], isBackedUp: false };

  it("is shown to the member, the latest first, and to nobody else", async () => {
    expect((await get("/settings")).body).toContain("Nothing yet");
    const { identity, oauthClients, passkeys } = test.services;
    await test.app.transaction(async (tx) => {
      await identity.noteSignIn(tx, ada, { interactionUid: "uid", browser: "Firefox on Linux" });
      await passkeys.addPasskey(tx, { ...passkey, userId: ada, name: `my ${HOSTILE} phone` });
      await oauthClients.registerClient(tx, { ...details, clientId: id, ownerId: ada, secretHash: "x" });
      await oauthClients.noteLetIn(tx, ada, id);
      await tx.insert(oidcPayloads).values({
        ...{ kind: "Grant", id: "grant", accountId: String(ada), clientId: id, payload: { openid: { scope: "openid" } } },
        expiresAt: new Date(Date.now() + 60_000),
      });
    });
    await post(`/settings/connections/${id}/end`);
    await post(`/settings/connections/${id}/end`); // nothing to disconnect any more
    await post(`/settings/apps/${id}`, GOOD);
    await post(`/settings/apps/${id}/secret`);
    await post(`/settings/apps/${id}/removal`);
    await post("/settings/passkeys/key/removal");
    const phone = "my &lt;script&gt;alert(1)&lt;/script&gt; phone";
    expect(await lately()).toEqual([
      `Removed the passkey ${phone}`,
      "Removed the app Bread Diary",
      "Made a new secret for Bread Diary",
      "Changed the app Bread Diary",
      "Disconnected Bread Diary",
      "Let in Bread Diary",
      "Registered the app Bread Diary",
      `Added the passkey ${phone}`,
      "Signed in with Firefox on Linux",
    ]);
    expect(await lately(strangers)).toEqual([]);
  });

  it("tells of a browser that was signed out from the list, and of nothing that was refused", async () => {
    const other = await signedIn(test, "federation", ada);
    const sessions = await test.services.identity.listSignIns(ada);
    await post(`/settings/sign-ins/${sessions[0]?.providerSession}/end`, {}, strangers);
    await post("/settings/apps/nothing/removal");
    expect(await lately()).toEqual([]);
    await post("/settings/sign-ins/others/end");
    expect(await lately()).toEqual(["Signed out of Firefox on Linux"]);
    expect((await get("/settings", other)).statusCode).toBe(303);
  });
});

describe("the log of what is done behind the counter", () => {
  it("has what makers do to their apps, with how each stood before and after, and no secret", async () => {
    const { headers } = await post("/settings/apps/new", GOOD);
    const [, id = ""] = /apps\/([\w-]+)/.exec(String(headers.location)) ?? [];
    await post(`/settings/apps/${id}`, { ...GOOD, redirects: "https://elsewhere.example/cb" });
    await post(`/settings/apps/${id}/secret`);
    await post(`/settings/apps/${id}/removal`, {}, strangers);
    await post(`/settings/apps/${id}/removal`);
    const { entries } = await test.services.audit.listEntries({ app: "federation", by: ada, action: "", words: `app:${id}` }, 1);
    expect(entries.map(({ action }) => action)).toEqual(["remove app", "replace app secret", "change app", "register app"]);
    const [removed, replaced, changed, registered] = entries;
    expect(registered).toMatchObject({ before: null, after: { name: "Bread Diary", redirectUris: "https://bread.example/cb" } });
    expect(changed).toMatchObject({ before: registered?.after, after: { redirectUris: "https://elsewhere.example/cb" } });
    expect(replaced?.before).toEqual(changed?.after);
    expect(replaced?.after?.["secretMadeAt"]).not.toBe(replaced?.before?.["secretMadeAt"]);
    expect(removed).toMatchObject({ before: replaced?.after, after: null });
    expect(JSON.stringify(entries)).not.toMatch(/secretHash/);
  });
});

describe("settings", () => {
  const PAGES = ["/settings", "/settings/sign-ins", "/settings/passkeys", "/settings/connections", "/settings/apps", "/settings/apps/new"];

  it.each(PAGES)("%s sends a guest to sign in and back", async (path) => {
    const { statusCode, headers } = await get(path, {});
    expect([statusCode, headers.location]).toEqual([303, `/auth/login?next=${encodeURIComponent(path)}`]);
  });

  it.each(PAGES)("%s is kept by no cache, and runs nobody's script", async (path) => {
    const { statusCode, headers, body } = await get(path);
    expect([statusCode, headers["cache-control"]]).toEqual([200, "private, no-store"]);
    expect(body).not.toContain("<script>alert");
  });

  const COMMANDS = [
    "/settings/sign-ins/others/end",
    "/settings/sign-ins/x/end",
    "/settings/passkeys/new",
    "/settings/passkeys/x/name",
    "/settings/passkeys/x/removal",
    "/settings/connections/x/end",
    "/settings/apps/new",
    "/settings/apps/x",
    "/settings/apps/x/secret",
    "/settings/apps/x/removal",
  ];
  it.each(COMMANDS)("%s is done by nobody who is not signed in, and by no other site", async (path) => {
    const form = { ...GOOD, answer: "{}" };
    expect((await post(path, form, {})).statusCode).toBe(401);
    const headers = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    expect((await test.post(path, form, { cookies, headers })).statusCode).toBe(403);
  });

  it.each([
    ["/settings/sign-ins/others/end", "/settings/sign-ins"],
    ["/settings/sign-ins/x/end", "/settings/sign-ins"],
    ["/settings/passkeys/new", "/settings/passkeys"],
    ["/settings/passkeys/x/name", "/settings/passkeys"],
    ["/settings/connections/x/end", "/settings/connections"],
  ])("%s, loaded anew, leads back to %s", async (path, list) => {
    const { statusCode, headers } = await get(path);
    expect([statusCode, headers.location]).toEqual([303, list]);
  });
});

describe("sign-ins", () => {
  it("are listed with their browser, this one marked, and nobody else's", async () => {
    await signedIn(test, "federation", ada);
    const { body } = await get("/settings/sign-ins");
    expect(body.match(/Firefox on Linux/g)).toHaveLength(3); // a row each, and once more for who can't see the row's button
    expect(body.match(/This one/g)).toHaveLength(1);
  });

  it("are ended one by one, which counts for the next request", async () => {
    const other = await signedIn(test, "federation", ada);
    const id = (await test.services.identity.listSignIns(ada)).at(0)?.providerSession ?? "";
    expect((await get("/settings/sign-ins", other)).statusCode).toBe(200);
    const ended = await post(`/settings/sign-ins/${id}/end`);
    expect(ended.headers.location).toBe("/settings/sign-ins?notice=signed-out-there");
    expect((await get("/settings/sign-ins", other)).statusCode).toBe(303);
    expect((await get("/settings/sign-ins")).statusCode).toBe(200);
    expect((await post(`/settings/sign-ins/${id}/end`)).statusCode).toBe(404);
  });

  it("are ended all at once but this one, and nobody else's with them", async () => {
    const others = [await signedIn(test, "federation", ada), await signedIn(test, "federation", ada)];
    await post("/settings/sign-ins/others/end");
    for (const other of others) expect((await get("/settings/sign-ins", other)).statusCode).toBe(303);
    expect((await get("/settings/sign-ins")).body).toContain("Nowhere else");
    expect((await get("/settings/sign-ins", strangers)).statusCode).toBe(200);
  });

  it("of somebody else are not there", async () => {
    const [theirs] = await test.services.identity.listSignIns(bilal);
    expect((await post(`/settings/sign-ins/${theirs?.providerSession}/end`)).statusCode).toBe(404);
    expect((await get("/settings/sign-ins", strangers)).statusCode).toBe(200);
  });
});

describe("one's own apps", () => {
  async function registered(form: Partial<typeof GOOD> = {}): Promise<string> {
    const { headers } = await post("/settings/apps/new", { ...GOOD, ...form });
    return /\/settings\/apps\/([\w-]+)\?/.exec(String(headers.location))?.[1] ?? expect.fail();
  }
  const cookieOf = (headers: Record<string, unknown>) => /rose_app_secret=([^;]+)/.exec(String(headers["set-cookie"]))?.[1] ?? "";

  it("are registered, and show their secret once: only its hash is kept", async () => {
    const made = await post("/settings/apps/new", GOOD);
    const carried = { ...cookies, rose_app_secret: cookieOf(made.headers) };
    const shown = await get(String(made.headers.location), carried);
    const secret = /id="secret">([\w-]{43})</.exec(shown.body)?.[1] ?? expect.fail();
    expect(shown.headers["set-cookie"]).toMatch(/rose_app_secret=;/);
    const [row] = await test.db.select().from(oauthClients);
    expect(row).toMatchObject({ ownerId: ada, name: "Bread Diary", secretHash: hashToken(secret) });
    expect(JSON.stringify(row)).not.toContain(secret);
    expect((await get(String(made.headers.location))).body).not.toContain('id="secret"');
  });

  it("carry the secret of one app to no other app's page, and none that was made up", async () => {
    const made = await post("/settings/apps/new", GOOD);
    const other = await registered({ name: "Another" });
    const carried = { ...cookies, rose_app_secret: cookieOf(made.headers) };
    expect((await get(`/settings/apps/${other}`, carried)).body).not.toContain('id="secret"');
    const forged = { ...cookies, rose_app_secret: "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..x.y.z" };
    expect((await get(`/settings/apps/${other}`, forged)).body).not.toContain('id="secret"');
  });

  it("have no secret where none can be kept", async () => {
    const id = await registered({ kind: "public" });
    expect(await test.services.oauthClients.findClient(id)).toMatchObject({ secretHash: null });
    expect((await post(`/settings/apps/${id}/secret`)).statusCode).toBe(404);
  });

  it.each([
    [{ name: "" }, "at most 60 characters"],
    [{ name: "x".repeat(61) }, "at most 60 characters"],
    [{ name: "Bread\u202eyraiD" }, "nobody can see"],
    [{ name: "The Rose  Ash app" }, "would pass for one of ours"],
    [{ name: "ＲＯＳＥ-ash" }, "would pass for one of ours"],
    [{ name: "R\u043ese Ash" }, "mixes letters of two alphabets"],
    [{ redirects: "" }, "at least one address"],
    [{ redirects: "https://bread.example/cb\nhttp://bread.example/cb" }, "https is needed"],
    [{ redirects: `javascript:alert(1)` }, "https is needed"],
    [{ redirects: "https://federation.rose-ash.localhost/x" }, "an address of ours"],
    [{ logouts: "https://bread.example/*#x" }, "behind #"],
    [{ backchannel: "http://10.0.0.1/told" }, "https is needed"],
    [{ backchannel: "https://a.example/\nhttps://b.example/" }, "One address only"],
  ])("are not registered with %j: the form comes back with what was typed", async (change, words) => {
    const answer = await post("/settings/apps/new", { ...GOOD, ...change });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain(words);
    expect(answer.body).toContain(`value="${{ ...GOOD, ...change }.name}"`);
    expect(answer.body).not.toContain('href="javascript');
    expect(await test.db.$count(oauthClients)).toBe(0);
  });

  it("are changed, also to a hostile name, which runs nobody's script", async () => {
    const id = await registered();
    expect((await post(`/settings/apps/${id}`, { ...GOOD, name: "" })).statusCode).toBe(422);
    expect((await post(`/settings/apps/${id}`, { ...GOOD, name: HOSTILE, redirects: "https://new.example/cb" })).statusCode).toBe(303);
    for (const path of ["/settings/apps", `/settings/apps/${id}`, `/settings/apps/${id}/removal`, `/settings/apps/${id}/secret`]) {
      const { body } = await get(path);
      expect(body).toContain("&lt;script&gt;alert(1)");
      expect(body).not.toContain("<script>alert");
    }
  });

  it("get a new secret, which makes the old one useless", async () => {
    const id = await registered();
    const before = (await test.services.oauthClients.findClient(id))?.secretHash;
    expect((await get(`/settings/apps/${id}/secret`)).body).toContain("A new secret for Bread Diary?");
    expect((await test.services.oauthClients.findClient(id))?.secretHash).toBe(before);
    expect((await post(`/settings/apps/${id}/secret`)).statusCode).toBe(303);
    expect((await test.services.oauthClients.findClient(id))?.secretHash).not.toBe(before);
  });

  it("are removed with every grant and token they were given", async () => {
    const id = await registered();
    const expiresAt = new Date(Date.now() + 3_600_000);
    await test.db.insert(oidcPayloads).values([
      { kind: "Grant", id: "g-1", payload: { openid: { scope: "openid" } }, clientId: id, accountId: String(bilal), expiresAt },
      { kind: "RefreshToken", id: "t-1", payload: {}, grantId: "g-1", expiresAt },
      { kind: "Grant", id: "g-2", payload: { openid: { scope: "openid" } }, clientId: "another", accountId: String(bilal), expiresAt },
    ]);
    expect((await get(`/settings/apps/${id}/removal`)).body).toContain("Remove Bread Diary?");
    expect(await test.services.oauthClients.findClient(id)).not.toBeNull();
    expect((await post(`/settings/apps/${id}/removal`)).headers.location).toBe("/settings/apps?notice=app-removed");
    expect(await test.services.oauthClients.findClient(id)).toBeNull();
    const { rows } = await test.db.execute("select id from oidc_payloads where kind in ('Grant', 'RefreshToken') order by id");
    expect(rows).toEqual([{ id: "g-2" }]);
  });

  it("are nobody else's to see, change or remove", async () => {
    const id = await registered();
    expect((await get("/settings/apps", strangers)).body).not.toContain("Bread Diary");
    expect((await get(`/settings/apps/${id}`, strangers)).statusCode).toBe(404);
    for (const path of [`/settings/apps/${id}`, `/settings/apps/${id}/secret`, `/settings/apps/${id}/removal`]) {
      expect([path, (await post(path, GOOD, strangers)).statusCode]).toEqual([path, 404]);
    }
    expect(await test.services.oauthClients.findClient(id)).toMatchObject({ name: "Bread Diary" });
  });

  it("are twenty at most, also when they are registered at once", async () => {
    const statuses = (await Promise.all(Array.from({ length: 23 }, () => post("/settings/apps/new", GOOD)))).map(
      ({ statusCode }) => statusCode,
    );
    expect(statuses.filter((status) => status === 303)).toHaveLength(20);
    expect(await test.db.$count(oauthClients)).toBe(20);
  });
});

describe("connected apps", () => {
  it("are listed in plain words, disconnected, and then asked for anew", async () => {
    const client = { clientId: "diary" as ClientId, ownerId: bilal, secretHash: null };
    const details = { name: `Diary ${HOSTILE}`, redirectUris: ["https://bread.example/cb"], logoutUris: [], backchannelUri: null };
    await test.app.transaction((tx) => test.services.oauthClients.registerClient(tx, { ...client, ...details }));
    const payload = { openid: { scope: "openid email" }, iat: Math.floor(Date.now() / 1000) };
    const grant = { kind: "Grant", clientId: "diary", payload, expiresAt: new Date(Date.now() + 3_600_000) };
    await test.db.insert(oidcPayloads).values([
      { ...grant, id: "g-ada", accountId: String(ada) },
      { ...grant, id: "g-bilal", accountId: String(bilal) },
      { kind: "AccessToken", id: "t-ada", payload: {}, grantId: "g-ada", expiresAt: grant.expiresAt },
    ]);
    const { body } = await get("/settings/connections");
    expect(body).toContain("Diary &lt;script&gt;");
    expect(body).not.toContain("<script>alert");
    expect(body).toContain("See your mail address");
    expect(body).not.toContain("See your offices");
    expect((await post("/settings/connections/diary/end")).headers.location).toBe("/settings/connections?notice=disconnected");
    expect((await get("/settings/connections")).body).toContain("No app is connected");
    const { rows } = await test.db.execute("select id from oidc_payloads where kind in ('Grant', 'AccessToken')");
    expect(rows).toEqual([{ id: "g-bilal" }]);
  });
});

it("tells makers of apps what the discovery document says, where libraries guess", async () => {
  const { body } = await get("/settings/apps");
  const found = JSON.parse((await get("/.well-known/openid-configuration")).body);
  const needed = [found.issuer, ...found.id_token_signing_alg_values_supported, ...found.code_challenge_methods_supported];
  const scopes = found.scopes_supported;
  const methods = found.token_endpoint_auth_methods_supported.filter((method: string) => method !== "none");
  for (const word of [...needed, ...scopes, ...methods]) expect(body).toContain(word);
});
