import { createHash, randomBytes } from "node:crypto";
import { clientSecretOf } from "@rose-ash/shared/infrastructure/oauth/index.ts";
import type { App } from "@rose-ash/shared/models/apps.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { TEST_SECRET } from "./app.ts";
import { Browser } from "./browser.ts";
import { personOf, signInAs, signInPage, uidOf, whoIs } from "./sign-in.ts";
import { openTestSite } from "./site.ts";

const site = await openTestSite(["blog", "market", "federation"]);
afterAll(() => site.close());
let browser: Browser;
beforeEach(() => {
  browser = new Browser();
});

describe("next", () => {
  it.each([
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/\t/evil.example/",
    "/.//evil.example/",
    "javascript:alert(1)",
    "http:evil.example",
    "@evil.example",
    "/auth/logout",
    "/sign-in/some-uid",
    `/${"a".repeat(3000)}`,
  ])("%j leads nowhere else", async (next) => {
    const login = `/auth/login?${new URLSearchParams({ next })}`;
    expect((await signInAs(site, browser, "ada", login)).url).toBe(site.url("blog", "/"));
    const asMember = await browser.getOnce(site.url("blog", login));
    expect(asMember.headers.get("location")).toBe("/");
  });
});

describe("the callback", () => {
  it.each([
    ["another state", { state: "x".repeat(43) }],
    ["no state", { state: "" }],
    ["another issuer (RFC 9207)", { iss: "https://evil.example" }],
    ["no issuer", { iss: "" }],
    ["another code", { code: "x".repeat(43) }],
  ])("refuses %s", async (_what, change) => {
    const url = await callbackUrl(browser);
    for (const [name, value] of Object.entries(change)) url.searchParams.set(name, value);
    expect((await browser.get(url.href)).status).toBe(403);
    expect(await whoIs(site, browser, "blog")).toBeNull();
  });

  it("refuses an id_token with another nonce", async () => {
    const url = await callbackUrl(browser, (authorize) => authorize.searchParams.set("nonce", "another"));
    expect((await browser.get(url.href)).status).toBe(403);
    expect(await whoIs(site, browser, "blog")).toBeNull();
  });

  it("refuses a code that was made for another verifier", async () => {
    const url = await callbackUrl(browser, (authorize) => authorize.searchParams.set("code_challenge", challengeOf("another")));
    expect((await browser.get(url.href)).status).toBe(403);
  });

  it("refuses somebody else's answer: nobody is signed in as the attacker (login CSRF)", async () => {
    const attacker = new Browser();
    const url = await callbackUrl(attacker);
    expect((await browser.get(url.href)).status).toBe(403);
    expect(browser.value("rose_session", site.url("blog", "/"))).toBeUndefined();
  });

  it("refuses a flow cookie that was tampered with", async () => {
    const url = await callbackUrl(browser);
    const flow = browser.cookies.find(({ name }) => name.startsWith("rose_flow_"));
    if (flow) flow.value = `${flow.value.slice(0, -2)}AA`;
    expect((await browser.get(url.href)).status).toBe(403);
  });

  it("works once, and says so gently the second time", async () => {
    const url = await callbackUrl(browser);
    expect((await browser.get(url.href)).status).toBe(200);
    expect((await browser.get(url.href)).url).toBe(site.url("blog", "/"));
    browser.forget("rose_session");
    browser.forget("rose_device");
    expect((await browser.get(url.href)).status).toBe(403);
  });

  it("shows an error of the provider as a page of ours, escaped", async () => {
    const flow = new URL((await browser.getOnce(site.url("blog", "/auth/login"))).headers.get("location") ?? "");
    const answer = { error: "<script>", state: flow.searchParams.get("state") ?? "", iss: site.url("federation", "") };
    const page = await browser.get(site.url("blog", `/auth/callback?${new URLSearchParams(answer)}`));
    expect(page.status).toBe(403);
    expect(page.text).not.toContain("<script>");
  });
});

describe("sessions", () => {
  it("are new at every sign-in: a planted one is not adopted (fixation)", async () => {
    const planted = randomBytes(32).toString("base64url");
    browser.plant("rose_session", planted, site.url("blog", "/"));
    await signInAs(site, browser, "ada");
    expect(browser.value("rose_session", site.url("blog", "/"))).not.toBe(planted);
    const thief = new Browser();
    thief.plant("rose_session", planted, site.url("blog", "/"));
    expect(await whoIs(site, thief, "blog")).toBeNull();
  });

  it("of the provider change their cookie at sign-in too", async () => {
    browser.plant("rose_provider", "planted", site.url("federation", "/"));
    await signInAs(site, browser, "ada");
    expect(browser.value("rose_provider", site.url("federation", "/"))).not.toBe("planted");
  });

  it.each([
    ["forged", () => randomBytes(32).toString("base64url")],
    ["malformed", () => "'; drop table sessions; --"],
    ["empty", () => ""],
  ])("that are %s are a guest's, not an error", async (_what, value) => {
    browser.plant("rose_session", value(), site.url("blog", "/"));
    expect((await browser.get(site.url("blog", "/"))).status).toBe(200);
  });

  it("that have expired are a guest's", async () => {
    await signInAs(site, browser, "ada");
    await site.db.execute(sql`update sessions set expires_at = now() - interval '1 second'`);
    expect(await whoIs(site, browser, "blog")).toBeNull();
    expect((await browser.getOnce(site.url("blog", "/auth/logout"))).status).toBe(200);
  });

  it("of one app are nothing at another", async () => {
    await signInAs(site, browser, "ada");
    const other = new Browser();
    other.plant("rose_session", browser.value("rose_session", site.url("blog", "/")) ?? "", site.url("market", "/"));
    expect(await whoIs(site, other, "market")).toBeNull();
  });
});

describe("the token endpoint, RFC 6749 and 7636", () => {
  it("takes a code once: the second use fails and revokes its grant", async () => {
    const { code, verifier } = await authorize();
    expect((await redeem("blog", { code, verifier })).status).toBe(200);
    expect(await countOf("Grant")).toBe(1);
    expect(await countOf("AccessToken")).toBe(1);
    const second = await redeem("blog", { code, verifier });
    expect(second.status).toBe(400);
    expect(await second.json()).toMatchObject({ error: "invalid_grant" });
    expect(await countOf("Grant")).toBe(0);
    expect(await countOf("AccessToken")).toBe(0);
    await signInAs(site, browser, "ada"); // and the person can sign in again
    expect(await whoIs(site, browser, "blog")).toBe("ada");
  });

  it("lets one of many parallel redemptions win", async () => {
    const { code, verifier } = await authorize();
    const answers = await Promise.all(Array.from({ length: 8 }, () => redeem("blog", { code, verifier })));
    expect(answers.filter(({ status }) => status === 200).length).toBe(1);
  });

  it.each([
    ["another client's code", "market", {}],
    ["another verifier", "blog", { verifier: randomBytes(32).toString("base64url") }],
    ["no verifier", "blog", { verifier: "" }],
    ["another redirect_uri", "blog", { redirectUri: "http://evil.example/" }],
  ] as const)("refuses %s", async (_what, client, change) => {
    const answer = await redeem(client, { ...(await authorize()), ...change });
    expect(answer.status).toBe(400);
  });

  it("refuses a client with a wrong secret", async () => {
    const answer = await redeem("blog", { ...(await authorize()), secret: "guessed" });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: "invalid_client" });
  });
});

describe("the authorization endpoint", () => {
  it.each([
    ["a redirect_uri of another host", { redirect_uri: "https://evil.example/auth/callback" }],
    ["one that only begins like ours", { redirect_uri: "/auth/callback/../../evil" }],
    ["another app's", { redirect_uri: "market" }],
    ["an unknown client", { client_id: "evil" }],
  ])("shows %s our error page and sends nobody anywhere", async (_what, change) => {
    await signInAs(site, browser, "ada");
    const answer = await browser.getOnce(authorizeUrl(changed(change)));
    expect(answer.status).toBe(400);
    expect(answer.headers.get("location")).toBeNull();
    const text = await answer.text();
    expect(text).toContain("Request not understood");
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'self'");
  });

  it.each([
    ["no code_challenge", { code_challenge: "", code_challenge_method: "" }],
    ["a plain one", { code_challenge_method: "plain" }],
    ["an implicit answer", { response_type: "id_token" }],
  ])("gives no code for %s", async (_what, change) => {
    await signInAs(site, browser, "ada");
    const { location } = await locationOf(authorizeUrl(change));
    expect(location).toContain("error=");
    expect(location).not.toContain("code=");
  });

  it("lets nobody finish a sign-in that was begun in another browser", async () => {
    const uid = uidOf(await signInPage(site, browser));
    const other = new Browser();
    const { userId } = await personOf(site, "ada");
    expect((await other.post(site.url("federation", `/sign-in/${uid}/as`), { user: String(userId) })).status).toBe(403);
    expect((await other.get(site.url("federation", `/sign-in/${uid}`))).status).toBe(403);
  });
});

const challengeOf = (verifier: string) => createHash("sha256").update(verifier).digest("base64url");

/** Signs in as Ada up to the callback, which is not loaded yet. */
async function callbackUrl(who: Browser, change: (authorize: URL) => void = () => undefined): Promise<URL> {
  const login = await who.getOnce(site.url("blog", "/auth/login?next=/"));
  const authorize = new URL(login.headers.get("location") ?? "");
  change(authorize);
  const uid = uidOf(await who.get(authorize.href));
  const { userId } = await personOf(site, "ada");
  const done = await who.postOnce(site.url("federation", `/sign-in/${uid}/as`), { user: String(userId) });
  const resumed = await who.getOnce(done.headers.get("location") ?? "");
  return new URL(resumed.headers.get("location") ?? "");
}

/** An authorization request as blog makes it, with a challenge of ours. */
function authorizeUrl(change: Record<string, string> = {}, verifier = "v".repeat(43)): string {
  const pkce = { code_challenge: challengeOf(verifier), code_challenge_method: "S256" };
  const asked = { client_id: "blog", redirect_uri: site.url("blog", "/auth/callback"), scope: "openid", state: "s", nonce: "n" };
  const params = Object.entries({ response_type: "code", ...asked, ...pkce, ...change }).filter(([, value]) => value !== "");
  return site.url("federation", `/oauth/authorize?${new URLSearchParams(params)}`);
}

function changed(change: Record<string, string>): Record<string, string> {
  if (change["redirect_uri"] === "market") return { redirect_uri: site.url("market", "/auth/callback") };
  return change["redirect_uri"]?.startsWith("/") ? { redirect_uri: site.url("blog", change["redirect_uri"]) } : change;
}

async function locationOf(url: string): Promise<{ location: string }> {
  return { location: (await browser.getOnce(url)).headers.get("location") ?? "" };
}

/** A code for blog that nobody has used; the store holds nothing else. */
async function authorize(): Promise<{ code: string; verifier: string }> {
  await site.db.execute("delete from oidc_payloads");
  await signInAs(site, browser, "ada");
  await site.db.execute("delete from oidc_payloads where kind in ('AccessToken', 'AuthorizationCode')");
  const verifier = randomBytes(32).toString("base64url");
  const { location } = await locationOf(authorizeUrl({}, verifier));
  return { code: new URL(location).searchParams.get("code") ?? "", verifier };
}

interface Redemption {
  code: string;
  verifier: string;
  redirectUri?: string;
  secret?: string;
}

function redeem(client: App, { code, verifier, redirectUri, secret }: Redemption): Promise<Response> {
  const credentials = `${client}:${secret ?? clientSecretOf(TEST_SECRET, client)}`;
  const body = {
    grant_type: "authorization_code",
    code,
    redirect_uri: redirectUri ?? site.url(client === "market" ? "blog" : client, "/auth/callback"),
  };
  return fetch(site.url("federation", "/oauth/token"), {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(credentials).toString("base64")}`, accept: "application/json" },
    body: new URLSearchParams(verifier === "" ? body : { ...body, code_verifier: verifier }),
  });
}

async function countOf(kind: string): Promise<number> {
  const { rows } = await site.db.execute<{ n: number }>(sql`select count(*)::int as n from oidc_payloads where kind = ${kind}`);
  return rows[0]?.n ?? 0;
}
