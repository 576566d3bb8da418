import { afterAll, describe, expect, it, vi } from "vitest";
import { Browser } from "../../../../tests/browser.ts";
import {
  aClientApp,
  askedPage,
  authorizeUrl,
  aVerifier,
  type ClientApp,
  codeFor,
  hiddenOf,
  OUT_OF_BAND,
  postForm,
  postJson,
  tokenForm,
  tokenOf,
} from "../../../../tests/builders/client-app.ts";
import { personOf } from "../../../../tests/sign-in.ts";
import { openTestSite } from "../../../../tests/site.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 }); // whole walks over a network
const site = await openTestSite(["federation"]);
afterAll(() => site.close());
const app = await aClientApp(site);
const url = (path: string) => site.url("federation", path);
const withToken = (token: string) => ({ authorization: `Bearer ${token}` });
const me = (token: string) => fetch(url("/api/v1/accounts/verify_credentials"), { headers: withToken(token) });

describe("an app registers itself", () => {
  it("by JSON, a form, parts or the query alike, and gets a secret once", async () => {
    const given = { client_name: "Oven", redirect_uris: "oven://in", scopes: "read write:statuses", website: "https://oven.example" };
    const parts = new FormData();
    for (const [name, value] of Object.entries(given)) parts.set(name, value);
    const answers = [
      await postJson(site, "/api/v1/apps", given),
      await postForm(site, "/api/v1/apps", given),
      await fetch(url("/api/v1/apps"), { method: "POST", body: parts }),
      await fetch(url(`/api/v1/apps?${new URLSearchParams(given)}`), { method: "POST" }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({
        ...{ name: "Oven", website: "https://oven.example/", scopes: ["read", "write:statuses"], redirect_uris: ["oven://in"] },
        ...{ client_id: expect.stringMatching(/^api\./), client_secret: expect.stringMatching(/^[\w-]{43}$/), id: expect.any(String) },
      });
    }
  });

  it.each([
    ["no name", { client_name: " " }],
    ["a name that turns text round", { client_name: "Bank\u202e" }],
    ["a long name", { client_name: "x".repeat(61) }],
    ["a script", { redirect_uris: "javascript:alert(1)" }],
    ["data", { redirect_uris: "data:text/html,x" }],
    ["plain http elsewhere", { redirect_uris: "http://evil.example/" }],
    ["an address of ours", { redirect_uris: "https://blog.rose-ash.localhost/x" }],
    ["a fragment", { redirect_uris: "https://app.example/#x" }],
    ["a name in front of the host", { redirect_uris: "https://good.example@evil.example/" }],
    ["no address", { redirect_uris: "" }],
    ["many addresses", { redirect_uris: Array.from({ length: 11 }, (_, index) => `https://app.example/${index}`) }],
    ["the scopes of stewards", { scopes: "read admin:read" }],
    ["nonsense", { scopes: { deep: { deep: ["x"] } } }],
  ])("and is refused with %s", async (_what, wrong) => {
    const answer = await postJson(site, "/api/v1/apps", { client_name: "Oven", redirect_uris: OUT_OF_BAND, ...wrong });
    expect([answer.status, await answer.json()]).toEqual([422, { error: expect.any(String) }]);
  });
});

describe("a member lets an app in", () => {
  it("is asked in plain words, after signing in, and shown a code where the app can't be come back to", async () => {
    const browser = new Browser();
    const page = await askedPage(site, browser, "ada", authorizeUrl(site, app));
    for (const words of ["Let Bakery for phones in?", "Write and act in your name", "You will be shown a code", "(@ada)"])
      expect(page.text).toContain(words);
    expect(page.headers.get("cache-control")).toContain("no-store");
    const shown = await browser.post(url("/oauth/authorize"), { ...hiddenOf(page), decision: "allow" });
    expect(shown.text).toContain("Your code for Bakery for phones");
  });

  it("goes back to an app of the device by its own scheme, with state and who says so; the page lets its form end there", async () => {
    const phone = await aClientApp(site, { redirectUri: "bakery-app://signed-in" });
    const browser = new Browser();
    const page = await askedPage(site, browser, "ada", authorizeUrl(site, phone, { state: "a b&c" }));
    expect(page.headers.get("content-security-policy")).toContain("form-action 'self' bakery-app: ");
    const answer = await browser.postOnce(url("/oauth/authorize"), { ...hiddenOf(page), decision: "allow" });
    const back = new URL(answer.headers.get("location") ?? "");
    expect(back.href).toMatch(/^bakery-app:\/\/signed-in\?/);
    expect(Object.fromEntries(back.searchParams)).toMatchObject({
      state: "a b&c",
      iss: new URL(url("/")).origin,
      code: expect.stringMatching(/^[\w-]{43}$/),
    });
    const no = await browser.postOnce(url("/oauth/authorize"), { ...hiddenOf(page), decision: "refuse" });
    expect(new URL(no.headers.get("location") ?? "").searchParams.get("error")).toBe("access_denied");
  });

  it("never goes where the app did not say, nor for an app that is none", async () => {
    const browser = new Browser();
    await askedPage(site, browser, "ada", authorizeUrl(site, app));
    for (const wrong of [{ redirect_uri: "https://evil.example/" }, { redirect_uri: `${OUT_OF_BAND}x` }, { client_id: "api.nobody" }]) {
      const asked = await browser.getOnce(authorizeUrl(site, app, wrong));
      expect([asked.status, asked.headers.get("location")]).toEqual([400, null]);
      const sent = await browser.postOnce(url("/oauth/authorize"), {
        ...Object.fromEntries(new URL(authorizeUrl(site, app, wrong)).searchParams),
        decision: "allow",
      });
      expect([sent.status, sent.headers.get("location")]).toEqual([400, null]);
    }
  });

  it("is sent back with what is wrong with the question", async () => {
    const phone = await aClientApp(site, { redirectUri: "https://phone.example/in", scopes: "read" });
    const browser = new Browser();
    for (const [wrong, error] of [
      [{ response_type: "token" }, "unsupported_response_type"],
      [{ scope: "read write" }, "invalid_scope"],
      [{ scope: "admin:read" }, "invalid_scope"],
      [{ scope: "read", code_challenge: "x".repeat(43), code_challenge_method: "plain" }, "invalid_request"],
    ] as const) {
      const answer = await browser.getOnce(authorizeUrl(site, phone, wrong));
      const back = new URL(answer.headers.get("location") ?? "");
      expect([back.origin, back.searchParams.get("error")]).toEqual(["https://phone.example", error]);
    }
  });

  it("is not had by a form of another site, nor by a guest", async () => {
    const browser = new Browser();
    const page = await askedPage(site, browser, "ada", authorizeUrl(site, app));
    const evil = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    expect((await browser.post(url("/oauth/authorize"), { ...hiddenOf(page), decision: "allow" }, evil)).status).toBe(403);
    expect((await new Browser().post(url("/oauth/authorize"), { ...hiddenOf(page), decision: "allow" })).status).toBe(401);
  });

  it("reads an app's name as a name, whatever it is", async () => {
    const hostile = await aClientApp(site, { name: '<script>alert(1)</script>"><img src=x>' });
    const { text } = await askedPage(site, new Browser(), "ada", authorizeUrl(site, hostile, { state: '"><script>alert(2)</script>' }));
    expect(text).not.toMatch(/<script>alert|<img src=x/);
  });
});

describe("a code", () => {
  it("is good once: the second time it ends what it gave", async () => {
    const form = tokenForm(app, await codeFor(site, app, "ada"));
    const first = (await (await postForm(site, "/oauth/token", form)).json()) as { access_token: string };
    expect(first).toMatchObject({ token_type: "Bearer", scope: "read write follow push", created_at: expect.any(Number) });
    expect((await me(first.access_token)).status).toBe(200);
    const again = await postForm(site, "/oauth/token", form);
    expect([again.status, await again.json()]).toMatchObject([400, { error: "invalid_grant" }]);
    expect((await me(first.access_token)).status).toBe(401);
  });

  it("gives one token to two who come at once, and then none", async () => {
    const form = tokenForm(app, await codeFor(site, app, "ada"));
    const answers = await Promise.all([1, 2, 3].map(() => postForm(site, "/oauth/token", form)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
  });

  it("is for its app and address only, with its verifier, and spent by a wrong try", async () => {
    const other = await aClientApp(site);
    const { verifier, challenge } = aVerifier();
    const pkce = { code_challenge: challenge, code_challenge_method: "S256" };
    const tries: [Record<string, string>, (code: string) => Record<string, string>][] = [
      [{}, (code) => tokenForm(other, code)],
      [{}, (code) => ({ ...tokenForm(app, code), redirect_uri: "https://evil.example/" })],
      [{}, (code) => ({ ...tokenForm(app, code), code_verifier: verifier })], // RFC 9700 §4.8.2
      [pkce, (code) => tokenForm(app, code)],
      [pkce, (code) => ({ ...tokenForm(app, code), code_verifier: aVerifier().verifier })],
    ];
    for (const [asked, shown] of tries) {
      const code = await codeFor(site, app, "ada", asked);
      expect(((await (await postForm(site, "/oauth/token", shown(code))).json()) as { error: string }).error).toBe("invalid_grant");
    }
    const code = await codeFor(site, app, "ada", pkce);
    expect((await postForm(site, "/oauth/token", { ...tokenForm(app, code), code_verifier: aVerifier().verifier })).status).toBe(400);
    expect((await postForm(site, "/oauth/token", { ...tokenForm(app, code), code_verifier: verifier })).status).toBe(400);
    const good = await codeFor(site, app, "ada", pkce);
    expect((await postForm(site, "/oauth/token", { ...tokenForm(app, good), code_verifier: verifier })).status).toBe(200);
  });

  it("is taken in JSON, parts and the query as well, and with the secret in the header", async () => {
    const ways = [
      (form: Record<string, string>) => postJson(site, "/oauth/token", form),
      (form: Record<string, string>) => fetch(url(`/oauth/token?${new URLSearchParams(form)}`), { method: "POST" }),
      (form: Record<string, string>) => {
        const parts = new FormData();
        for (const [name, value] of Object.entries(form)) parts.set(name, value);
        return fetch(url("/oauth/token"), { method: "POST", body: parts });
      },
      ({ client_id, client_secret, ...form }: Record<string, string>) =>
        postForm(site, "/oauth/token", form, { authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString("base64")}` }),
    ];
    for (const way of ways) expect((await way(tokenForm(app, await codeFor(site, app, "ada")))).status).toBe(200);
  });
});

describe("an app without a member", () => {
  it("speaks for itself and nobody else", async () => {
    const { client_id, client_secret } = app;
    const form = { grant_type: "client_credentials", client_id, client_secret, scope: "read" };
    const { access_token: token } = (await (await postForm(site, "/oauth/token", form)).json()) as { access_token: string };
    const verified = await fetch(url("/api/v1/apps/verify_credentials"), { headers: withToken(token) });
    expect(await verified.json()).toMatchObject({ name: "Bakery for phones" });
    expect((await me(token)).status).toBe(422);
    expect((await fetch(url("/api/v1/timelines/home"), { headers: withToken(token) })).status).toBe(422);
  });

  it.each([
    ["another secret", { client_secret: "x".repeat(43) }, 401, "invalid_client"],
    ["an app that is none", { client_id: "api.nobody" }, 401, "invalid_client"],
    ["a password", { grant_type: "password", username: "ada", password: "x" }, 400, "unsupported_grant_type"],
    ["more than it registered for", { scope: "admin:write" }, 400, "invalid_scope"],
  ] as const)("is refused with %s", async (_what, wrong, status, error) => {
    const { client_id, client_secret } = app;
    const answer = await postForm(site, "/oauth/token", { grant_type: "client_credentials", client_id, client_secret, ...wrong });
    expect([answer.status, await answer.json()]).toMatchObject([status, { error, error_description: expect.any(String) }]);
  });
});

describe("what was let in", () => {
  let second: ClientApp;
  it("stands among the connected apps, each by itself, and ends there at once", async () => {
    second = await aClientApp(site, { name: "Second oven" });
    const [one, other] = [await tokenOf(site, app, "ada"), await tokenOf(site, second, "ada", "read")];
    const browser = new Browser();
    await askedPage(site, browser, "ada", authorizeUrl(site, app));
    const { text } = await browser.get(url("/settings/connections"));
    expect(text).toContain("Second oven");
    expect(text).toContain("Read what you can read");
    await browser.post(url(`/settings/connections/${second.client_id}/end`));
    expect([(await me(one)).status, (await me(other)).status]).toEqual([200, 401]);
    expect((await browser.get(url("/settings/connections"))).text).not.toContain("Second oven");
    expect((await browser.get(url("/settings"))).text).toContain("Second oven"); // what happened lately
  });

  it("ends when its app says so, and no other app can", async () => {
    const token = await tokenOf(site, app, "ada");
    const { client_id, client_secret } = app;
    const theirs = await postForm(site, "/oauth/revoke", { client_id: second.client_id, client_secret: second.client_secret, token });
    expect([theirs.status, await theirs.json()]).toMatchObject([403, { error: "unauthorized_client" }]);
    expect((await me(token)).status).toBe(200);
    expect((await postForm(site, "/oauth/revoke", { client_id, client_secret, token })).status).toBe(200);
    expect((await me(token)).status).toBe(401);
    expect((await postForm(site, "/oauth/revoke", { client_id, client_secret, token })).status).toBe(200); // RFC 7009 §2.2
  });

  it("ends with a sign-out everywhere else, and with a suspension, not with that of one browser", async () => {
    const { userId } = await personOf(site, "bilal");
    const browser = new Browser();
    await askedPage(site, browser, "bilal", authorizeUrl(site, app));
    const token = await tokenOf(site, app, "bilal");
    expect((await browser.get(url("/settings/sign-ins"))).text).toContain("1 app speaks");
    await browser.post(url("/settings/sign-ins/others/end"));
    expect((await me(token)).status).toBe(401);
    const later = await tokenOf(site, app, "bilal");
    await browser.post(url("/auth/logout"));
    expect((await me(later)).status).toBe(200);
    const { userId: by } = await personOf(site, "ada");
    const actor = url("/ap/members/bilal");
    const outcome = await site.db.transaction((tx) => site.services.moderation.limit(tx, actor, "suspended", { by, reason: "spam" }));
    expect(outcome.kind).toBe("set");
    expect((await me(later)).status).toBe(401);
    expect(await site.services.clientApi.listConnected(userId)).toEqual([]);
  });

  it("is kept as hashes only", async () => {
    const token = await tokenOf(site, app, "ada");
    const { rows } = await site.db.execute<{ all: string }>(
      `select coalesce(string_agg(t::text, ' '), '') || (select coalesce(string_agg(a::text, ' '), '') from client_apps a) as all from client_tokens t`,
    );
    expect(rows[0]?.all).not.toContain(token);
    expect(rows[0]?.all).not.toContain(app.client_secret);
    expect(rows[0]?.all.length).toBeGreaterThan(100);
  });
});

describe("the field's own addresses", () => {
  it("say where apps register and what they can ask for, beside what the provider says; pages of other sites may read it", async () => {
    const answer = await fetch(url("/.well-known/oauth-authorization-server"));
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(await answer.json()).toMatchObject({
      ...{ issuer: new URL(url("/")).origin, authorization_endpoint: url("/oauth/authorize"), token_endpoint: url("/oauth/token") },
      ...{
        app_registration_endpoint: url("/api/v1/apps"),
        revocation_endpoint: url("/oauth/revoke"),
        code_challenge_methods_supported: ["S256"],
      },
      scopes_supported: expect.arrayContaining(["read", "write:statuses", "openid"]),
      grant_types_supported: expect.arrayContaining(["authorization_code", "client_credentials"]),
    });
  });

  it("let pages of other sites ask first", async () => {
    for (const path of ["/api/v1/statuses", "/oauth/token", "/oauth/revoke"]) {
      const asked = await fetch(url(path), {
        method: "OPTIONS",
        headers: { origin: "https://web.example", "access-control-request-method": "POST" },
      });
      expect([asked.status, asked.headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
      expect(asked.headers.get("access-control-allow-headers")).toContain("Authorization");
    }
    expect(
      (await fetch(url("/settings"), { headers: { origin: "https://web.example" } })).headers.get("access-control-allow-origin"),
    ).toBeNull();
  });
});
