import * as openid from "openid-client";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { Browser, type Page } from "../../tests/browser.ts";
import { aThirdParty, type ThirdParty } from "../../tests/builders/third-party.ts";
import { personOf, uidOf } from "../../tests/sign-in.ts";
import { openTestSite } from "../../tests/site.ts";

vi.setConfig({ testTimeout: 30_000 }); // whole walks over a network
const site = await openTestSite(["federation"]);
const app = await aThirdParty(site);
const publicApp = await aThirdParty(site, { isPublic: true });
afterAll(async () => {
  app.close();
  publicApp.close();
  await site.close();
});
const ada = await personOf(site, "ada");
const ALL = "openid profile email roles offline_access";
let browser: Browser;
beforeEach(() => {
  browser = new Browser();
});

describe("an independent client library", () => {
  it("goes the whole way: discovery, code with PKCE and nonce, userinfo, refresh, introspection, revocation, sign-out", async () => {
    const config = await discover(app);
    const { tokens, callback } = await signInWith(config, app, { scope: ALL, prompt: "consent" });
    expect(callback.searchParams.get("iss")).toBe(config.serverMetadata().issuer);
    expect(tokens.claims()).toMatchObject({ sub: String(ada.userId), aud: app.clientId });
    expect(tokens.claims()).not.toHaveProperty("provider_session");
    expect(tokens.scope?.split(" ").sort()).toEqual(ALL.split(" ").sort());

    const claims = await openid.fetchUserInfo(config, tokens.access_token, String(ada.userId));
    const person = { name: ada.name, preferred_username: "ada", email: ada.email, email_verified: true };
    expect(claims).toMatchObject({ sub: String(ada.userId), ...person });
    expect(claims["roles"]).toContain("member");

    const fresh = await openid.refreshTokenGrant(config, tokens.refresh_token ?? "");
    expect(fresh.refresh_token).not.toBe(tokens.refresh_token);
    expect(await openid.tokenIntrospection(config, fresh.access_token)).toMatchObject({ active: true, client_id: app.clientId });
    expect(await openid.tokenIntrospection(config, fresh.refresh_token ?? "")).toMatchObject({ active: true });

    await openid.tokenRevocation(config, fresh.refresh_token ?? "");
    expect(await openid.tokenIntrospection(config, fresh.access_token)).toEqual({ active: false });
    await expect(openid.refreshTokenGrant(config, fresh.refresh_token ?? "")).rejects.toMatchObject({ error: "invalid_grant" });
    await expect(openid.fetchUserInfo(config, fresh.access_token, String(ada.userId))).rejects.toThrow();

    const logout = openid.buildEndSessionUrl(config, {
      id_token_hint: tokens.id_token ?? "",
      post_logout_redirect_uri: app.logoutUri,
      state: "see you",
    });
    const asked = await browser.get(logout.href);
    expect(asked.text).toContain("Bread Diary asks whether you would like to sign out");
    const gone = await browser.post(site.url("federation", "/oauth/logout/confirm"), { ...hiddenOf(asked), decision: "sign-out" });
    expect(gone.url).toBe(`${app.logoutUri}?state=see+you`);
    expect((await browser.get(site.url("federation", "/auth/login"))).url).toContain("/sign-in/");
  });

  it("does the same without a secret, for an app that can't keep one", async () => {
    const config = await discover(publicApp);
    const { tokens } = await signInWith(config, publicApp, { scope: "openid profile" });
    expect(tokens.refresh_token).toBeUndefined();
    expect(await openid.fetchUserInfo(config, tokens.access_token, String(ada.userId))).toEqual({
      sub: String(ada.userId),
      name: ada.name,
      preferred_username: "ada",
    });
  });
});

describe("an app that asks for a fresh sign-in (prompt=login)", () => {
  it.each(["ada", "bilal"])("gets %s, though Ada was signed in before", async (handle) => {
    const config = await discover(app);
    await signInWith(config, app, { scope: "openid" });
    const { userId } = await personOf(site, handle);
    const verifier = openid.randomPKCECodeVerifier();
    const pkce = { code_challenge: await openid.calculatePKCECodeChallenge(verifier), code_challenge_method: "S256" };
    const asked = { redirect_uri: app.redirectUri, scope: "openid", prompt: "login", ...pkce, state: "s", nonce: "n" };
    const page = await browser.get(openid.buildAuthorizationUrl(config, asked).href);
    expect(page.text).toContain("Sign in or join");
    const next = await browser.post(site.url("federation", `/sign-in/${uidOf(page)}/as`), { user: String(userId) });
    const back = next.url.startsWith(app.redirectUri)
      ? next
      : await browser.post(site.url("federation", `/sign-in/${uidOf(next)}/consent`), { decision: "allow" });
    const checks = { pkceCodeVerifier: verifier, expectedState: "s", expectedNonce: "n", idTokenExpected: true };
    const tokens = await openid.authorizationCodeGrant(config, new URL(back.url), checks);
    expect(tokens.claims()?.sub).toBe(String(userId));
  });
});

describe("consent", () => {
  it("names the app, its maker and its host, explains what it asks for, and lets forms end there", async () => {
    const page = await consentPage(app, { scope: ALL, prompt: "consent" });
    expect(page.text).toContain("Let Bread Diary in?");
    expect(page.text).toContain("Carys Pugh (@carys)");
    expect(page.text).toContain(new URL(app.origin).host);
    for (const words of ["See your mail address", "See your offices", "Stay connected while you are away"])
      expect(page.text).toContain(words);
    expect(page.text.match(/type="checkbox" name="scopes" value="(profile|email|roles|offline_access)" checked/g)).toHaveLength(4);
    expect(page.headers.get("content-security-policy")).toContain(`form-action 'self' ${app.origin} `);
  });

  it("is asked once in a sign-in, and again for more", async () => {
    const config = await discover(app);
    await signInWith(config, app, { scope: "openid profile" });
    const again = await browser.get(authorizeUrl(app, { scope: "openid profile" }));
    expect(again.url).toContain(app.redirectUri);
    expect((await browser.get(authorizeUrl(app, { scope: "openid profile email" }))).text).toContain("Let Bread Diary in?");
  });

  it("gives what was left chosen, and no more", async () => {
    const config = await discover(app);
    const { tokens } = await signInWith(config, app, { scope: ALL, prompt: "consent" }, ["profile"]);
    expect(tokens.scope).toBe("openid profile");
    expect(tokens.refresh_token).toBeUndefined();
    const claims = await openid.fetchUserInfo(config, tokens.access_token, String(ada.userId));
    expect(claims).not.toHaveProperty("email");
    expect(claims).not.toHaveProperty("roles");
  });

  it("refused sends the person back with access_denied, and nothing is granted", async () => {
    const page = await consentPage(app, { scope: "openid" });
    const back = await browser.post(site.url("federation", `/sign-in/${uidOf(page)}/consent`), { decision: "refuse" });
    expect(new URL(back.url).searchParams.get("error")).toBe("access_denied");
    expect((await browser.get(authorizeUrl(app, { scope: "openid" }))).text).toContain("Let Bread Diary in?");
  });

  it("can't be given from another site, from another browser, or before anybody signed in", async () => {
    const page = await consentPage(app, { scope: "openid" });
    const url = site.url("federation", `/sign-in/${uidOf(page)}/consent`);
    const evil = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    expect((await browser.post(url, { decision: "allow" }, evil)).status).toBe(403);
    expect((await new Browser().post(url, { decision: "allow" })).status).toBe(403);
    expect((await browser.post(url, { decision: "certainly" })).status).toBe(400);
    const guest = new Browser();
    const uid = uidOf(await guest.get(authorizeUrl(app, { scope: "openid" })));
    expect((await guest.post(site.url("federation", `/sign-in/${uid}/consent`), { decision: "allow" })).text).toContain("Sign in or join");
  });

  it("shows the question again when its address is reloaded", async () => {
    const page = await consentPage(app, { scope: "openid" });
    expect((await browser.get(`${page.url}/consent`)).text).toContain("Let Bread Diary in?");
  });
});

describe("tokens of third parties, RFC 9700", () => {
  it("refresh once: a refresh token that comes a second time ends its whole family", async () => {
    const config = await discover(app);
    const { tokens } = await signInWith(config, app, { scope: ALL, prompt: "consent" });
    const stolen = tokens.refresh_token ?? "";
    const fresh = await openid.refreshTokenGrant(config, stolen);
    await expect(openid.refreshTokenGrant(config, stolen)).rejects.toMatchObject({ error: "invalid_grant" });
    await expect(openid.refreshTokenGrant(config, fresh.refresh_token ?? "")).rejects.toMatchObject({ error: "invalid_grant" });
    expect(await openid.tokenIntrospection(config, fresh.access_token)).toEqual({ active: false });
  });

  it("give one of fifty parallel refreshes a token, and then nobody anything: fifty users are one too many", async () => {
    const config = await discover(app);
    const { tokens } = await signInWith(config, app, { scope: ALL, prompt: "consent" });
    const tries = Array.from({ length: 50 }, () => openid.refreshTokenGrant(config, tokens.refresh_token ?? ""));
    const settled = await Promise.allSettled(tries);
    const won = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(won.length).toBe(1);
    const lost = settled.flatMap((one) =>
      one.status === "rejected" ? [(one.reason as { error?: string }).error ?? String(one.reason)] : [],
    );
    expect(lost).toEqual(Array(49).fill("invalid_grant"));
    await expect(openid.refreshTokenGrant(config, won[0]?.refresh_token ?? "")).rejects.toMatchObject({ error: "invalid_grant" });
  });

  it("give one of fifty parallel redemptions of a code a token", async () => {
    const config = await discover(app);
    const { callback, checks } = await authorize(config, app, { scope: "openid" });
    const tries = Array.from({ length: 50 }, () => openid.authorizationCodeGrant(config, callback, checks));
    const won = (await Promise.allSettled(tries)).filter(({ status }) => status === "fulfilled");
    expect(won.length).toBe(1);
  });

  it("are told about to their own app only, and taken back by it only", async () => {
    const other = await aThirdParty(site);
    const [mine, theirs] = [await discover(app), await discover(other)];
    const { tokens } = await signInWith(mine, app, { scope: "openid" });
    expect(await openid.tokenIntrospection(theirs, tokens.access_token)).toEqual({ active: false });
    await openid.tokenRevocation(theirs, tokens.access_token);
    expect(await openid.tokenIntrospection(mine, tokens.access_token)).toMatchObject({ active: true });
    other.close();
  });

  it("are of no use to an app with a wrong or an old secret", async () => {
    const config = await discover({ ...app, secret: "guessed" });
    await expect(openid.tokenIntrospection(config, "whatever")).rejects.toMatchObject({ status: 401 });
  });

  it("stay for an app that was let stay connected, after a sign-out; those of others end", async () => {
    const config = await discover(app);
    const lasting = await signInWith(config, app, { scope: ALL, prompt: "consent" });
    await signOut();
    browser = new Browser();
    const passing = await signInWith(config, app, { scope: "openid profile" });
    await signOut();
    expect(await openid.tokenIntrospection(config, passing.tokens.access_token)).toEqual({ active: false });
    expect(await openid.tokenIntrospection(config, lasting.tokens.refresh_token ?? "")).toMatchObject({ active: true });
    await site.db.transaction((tx) => site.services.oauthClients.disconnect(tx, ada.userId, app.clientId));
    expect(await openid.tokenIntrospection(config, lasting.tokens.refresh_token ?? "")).toEqual({ active: false });
    const left = await site.services.oauthClients.listConnected(ada.userId);
    expect(left.map(({ clientId }) => clientId)).not.toContain(app.clientId);
  });

  it("stand nowhere in the database", async () => {
    const config = await discover(app);
    const { tokens, callback } = await signInWith(config, app, { scope: ALL, prompt: "consent" });
    const { rows } = await site.db.execute("select t::text as row from oidc_payloads t union all select t::text from oauth_clients t");
    const everything = rows.map(({ row }) => String(row)).join("\n");
    for (const secret of [tokens.access_token, tokens.refresh_token ?? "?", callback.searchParams.get("code") ?? "?", app.secret]) {
      expect(everything).not.toContain(secret);
    }
  });
});

describe("sign-out that an app asks for", () => {
  it.each([
    ["an address that is not registered", { post_logout_redirect_uri: "https://evil.example/" }],
    ["an address without an app", { client_id: "", post_logout_redirect_uri: "/bye" }],
    ["a forged hint", { id_token_hint: "eyJhbGciOiJub25lIn0.eyJhdWQiOiJibG9nIn0." }],
    ["a hint that is no token", { id_token_hint: "x" }],
  ])("refuses %s, and sends nobody anywhere", async (_what, change) => {
    const params = { client_id: app.clientId, post_logout_redirect_uri: app.logoutUri, ...change };
    const given = Object.entries(params).filter(([, value]) => value !== "");
    const answer = await browser.getOnce(site.url("federation", `/oauth/logout?${new URLSearchParams(given)}`));
    expect(answer.status).toBe(400);
    expect(answer.headers.get("location")).toBeNull();
  });

  it("signs nobody out by a link, by another site's form, or when the person would rather stay", async () => {
    const config = await discover(app);
    await signInWith(config, app, { scope: "openid" });
    const params = { client_id: app.clientId, post_logout_redirect_uri: app.logoutUri };
    const evil = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    expect((await browser.post(site.url("federation", "/oauth/logout"), params, evil)).text).toContain("Sign out here too?");
    const confirm = site.url("federation", "/oauth/logout/confirm");
    expect((await browser.post(confirm, { ...params, decision: "sign-out" }, evil)).status).toBe(403);
    expect((await browser.post(confirm, { ...params, decision: "stay" })).url).toBe(app.logoutUri);
    expect((await browser.get(authorizeUrl(app, { scope: "openid" }))).url).toContain(app.redirectUri);
  });

  it("leads on at once where nobody is signed in", async () => {
    const params = new URLSearchParams({ client_id: app.clientId, post_logout_redirect_uri: app.logoutUri, state: "a b" });
    expect((await browser.get(site.url("federation", `/oauth/logout?${params}`))).url).toBe(`${app.logoutUri}?state=a+b`);
    expect((await browser.get(site.url("federation", "/oauth/logout"))).text).toContain("You are signed out");
  });
});

function discover({ clientId, secret }: ThirdParty): Promise<openid.Configuration> {
  const authentication = secret === "" ? openid.None() : openid.ClientSecretBasic(secret);
  const options = { execute: [openid.allowInsecureRequests] }; // the test's site speaks plain http
  return openid.discovery(new URL(site.url("federation", "")), clientId, undefined, authentication, options);
}

interface Asked {
  scope: string;
  prompt?: string;
}

/** Signs Ada in if she is not, answers the question, and returns what the app's callback was given. */
async function authorize(config: openid.Configuration, { redirectUri }: ThirdParty, asked: Asked, chosen?: readonly string[]) {
  const verifier = openid.randomPKCECodeVerifier();
  const [state, nonce] = [openid.randomState(), openid.randomNonce()];
  const challenge = await openid.calculatePKCECodeChallenge(verifier);
  const pkce = { code_challenge: challenge, code_challenge_method: "S256" };
  const url = openid.buildAuthorizationUrl(config, { redirect_uri: redirectUri, ...asked, ...pkce, state, nonce });
  const page = await letIn(url.href, chosen ?? asked.scope.split(" "));
  const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
  return { callback: new URL(page.url), checks };
}

async function signInWith(config: openid.Configuration, app: ThirdParty, asked: Asked, chosen?: readonly string[]) {
  const { callback, checks } = await authorize(config, app, asked, chosen);
  return { callback, tokens: await openid.authorizationCodeGrant(config, callback, checks) };
}

async function letIn(url: string, scopes: readonly string[]): Promise<Page> {
  const page = await signedIn(await browser.get(url));
  if (!page.text.includes("/consent")) return page;
  const form: [string, string][] = [["decision", "allow"], ...scopes.map((scope): [string, string] => ["scopes", scope])];
  return browser.post(site.url("federation", `/sign-in/${uidOf(page)}/consent`), form);
}

async function signedIn(page: Page): Promise<Page> {
  if (!page.text.includes("Sign in or join")) return page;
  return browser.post(site.url("federation", `/sign-in/${uidOf(page)}/as`), { user: String(ada.userId) });
}

/** The page of consent, with Ada signed in. */
async function consentPage(app: ThirdParty, asked: Asked): Promise<Page> {
  return signedIn(await browser.get(authorizeUrl(app, asked)));
}

function authorizeUrl({ clientId, redirectUri }: ThirdParty, asked: Asked): string {
  const pkce = { code_challenge: "x".repeat(43), code_challenge_method: "S256" };
  const params = { response_type: "code", client_id: clientId, redirect_uri: redirectUri, state: "s", nonce: "n", ...pkce, ...asked };
  return site.url("federation", `/oauth/authorize?${new URLSearchParams(params)}`);
}

const signOut = () => browser.post(site.url("federation", "/oauth/logout/confirm"), { decision: "sign-out" });

function hiddenOf({ text }: Page): Record<string, string> {
  const fields = text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
  return Object.fromEntries([...fields].map(([, name = "", value = ""]) => [name, value]));
}
