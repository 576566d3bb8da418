import { afterAll, describe, expect, it } from "vitest";
import { openTestApp } from "../../tests/app.ts";

const HTTPS = { SITE_DOMAIN: "rose-ash.com", PUBLIC_ORIGIN: "https://{app}.rose-ash.com" };
const test = await openTestApp("federation", { env: HTTPS });
afterAll(() => test.close());

describe("the provider", () => {
  it("describes itself (OpenID Connect Discovery) with what it really does", async () => {
    const { body } = await test.get("/.well-known/openid-configuration", { headers: { accept: "application/json" } });
    const described: Record<string, unknown> = JSON.parse(body);
    expect(described).toMatchObject({
      issuer: "https://federation.rose-ash.com",
      authorization_endpoint: "https://federation.rose-ash.com/oauth/authorize",
      token_endpoint: "https://federation.rose-ash.com/oauth/token",
      jwks_uri: "https://federation.rose-ash.com/oauth/jwks",
      response_types_supported: ["code"],
      grant_types_supported: ["authorization_code", "refresh_token"],
      scopes_supported: ["openid", "profile", "email", "roles", "offline_access"],
      userinfo_endpoint: "https://federation.rose-ash.com/oauth/userinfo",
      revocation_endpoint: "https://federation.rose-ash.com/oauth/revoke",
      introspection_endpoint: "https://federation.rose-ash.com/oauth/introspect",
      end_session_endpoint: "https://federation.rose-ash.com/oauth/logout",
      code_challenge_methods_supported: ["S256"],
      id_token_signing_alg_values_supported: ["ES256"],
      authorization_response_iss_parameter_supported: true,
    });
    for (const off of ["registration_endpoint", "pushed_authorization_request_endpoint", "device_authorization_endpoint"]) {
      expect(described).not.toHaveProperty(off);
    }
  });

  it("publishes the public half of its key, the same at every start", async () => {
    const { body } = await test.get("/oauth/jwks");
    const [key] = JSON.parse(body).keys;
    expect(key).toMatchObject({ kty: "EC", crv: "P-256", use: "sig", alg: "ES256" });
    expect(key).not.toHaveProperty("d");
    expect(key.kid).toBe((await test.app.runtime.keys.signingKey("oidc-signing", "ES256")).kid);
  });

  it("sets Secure cookies on https", async () => {
    const pkce = { code_challenge: "x".repeat(43), code_challenge_method: "S256" };
    const asked = { response_type: "code", client_id: "blog", redirect_uri: "https://blog.rose-ash.com/auth/callback", scope: "openid" };
    const answer = await test.get(`/oauth/authorize?${new URLSearchParams({ ...asked, ...pkce, state: "s" })}`);
    const cookies = [answer.headers["set-cookie"]].flat();
    expect(answer.headers.location).toMatch(/^\/sign-in\/|^https:\/\/federation\.rose-ash\.com\/sign-in\//);
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) expect(cookie).toMatch(/; secure/i);
  });

  it("answers a broken token request as RFC 6749 §5.2 has it", async () => {
    const answer = await test.post(
      "/oauth/token",
      { grant_type: "authorization_code" },
      { headers: { accept: "application/json", origin: "" } },
    );
    expect(answer.statusCode).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({ error: "invalid_request" });
  });

  it("has nothing at other addresses below /oauth", async () => {
    for (const path of ["/oauth/reg", "/oauth/request", "/oauth/token", "/oauth", "/interaction/x"])
      expect((await test.get(path)).statusCode).toBe(404);
  });
});

describe("rotated keys", () => {
  it("are published by a running provider: the next one before it signs, the old one after it did", async () => {
    let passed = 0;
    const clock = { now: () => new Date(Date.now() + passed) };
    const turning = await openTestApp("federation", { env: HTTPS, clock });
    const { keys } = turning.app.runtime;
    const kids = async () => JSON.parse((await turning.get("/oauth/jwks")).body).keys.map(({ kid }: { kid: string }) => kid);
    const [old] = await kids();
    await keys.beginRotation("Due at the audit");
    expect(await kids()).toEqual([old]); // looked at once a minute
    passed = 61_000;
    const both = await kids();
    expect(both).toEqual([old, expect.any(String)]);
    passed = 25 * 3_600_000;
    await keys.rotate();
    passed += 61_000;
    expect(await kids()).toEqual([both[1], old]);
    passed += 8 * 24 * 3_600_000;
    expect(await kids()).toEqual([both[1]]);
    await turning.close();
  });
});
