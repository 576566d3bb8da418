import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openTestApp } from "../../tests/app.ts";

const folder = mkdtempSync(join(tmpdir(), "rose-ash-mail-"));
afterAll(() => rmSync(folder, { recursive: true }));

const OPEN = { DEPLOYMENT: "development", SITE_DOMAIN: "rose-ash.localhost", HOST: "127.0.0.1" };
const CLOSED: Record<string, Record<string, string>> = {
  "DEPLOYMENT is production": { ...OPEN, DEPLOYMENT: "production" },
  "DEPLOYMENT is not set": { SITE_DOMAIN: OPEN.SITE_DOMAIN, HOST: OPEN.HOST },
  "SITE_DOMAIN is a public one": { ...OPEN, SITE_DOMAIN: "rose-ash.com", PUBLIC_ORIGIN: "https://{app}.rose-ash.com" },
  "HOST is open to others": { ...OPEN, HOST: "0.0.0.0" },
};

// each starts an app of its own, on a machine that may be busy
describe("the development doors", { timeout: 20_000 }, () => {
  it("are open in development: an empty mailbox, a sign-in without a mail", async () => {
    const test = await openTestApp("federation", { env: { ...OPEN, MAIL_URL: `file:${folder}` } });
    expect((await test.get("/dev/mailbox")).body).toContain("No mail yet");
    expect((await test.post("/sign-in/some-uid/as", { user: "1" })).statusCode).toBe(403); // there, and asks for an interaction
    await test.close();
  });

  it.each(Object.entries(CLOSED))("do not exist when %s", async (_when, env) => {
    const test = await openTestApp("federation", { env, seeded: true });
    expect((await test.get("/dev/mailbox")).statusCode).toBe(404);
    expect((await test.post("/sign-in/some-uid/as", { user: "1" })).statusCode).toBe(404);
    const login = await test.get(authorizeUrl(test.origin));
    const { uid, cookies } = interactionOf(login.headers);
    const page = await test.get(`/sign-in/${uid}`, { cookies });
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toContain("in development");
    expect((await test.post(`/sign-in/${uid}/as`, { user: "1" }, { cookies })).statusCode).toBe(404);
    await test.close();
  });
});

function authorizeUrl(origin: string): string {
  const pkce = { code_challenge: "x".repeat(43), code_challenge_method: "S256" };
  const redirect = { redirect_uri: `${origin}/auth/callback`, client_id: "federation" };
  return `/oauth/authorize?${new URLSearchParams({ response_type: "code", scope: "openid", state: "s", nonce: "n", ...redirect, ...pkce })}`;
}

function interactionOf(headers: Record<string, unknown>): { uid: string; cookies: Record<string, string> } {
  const pairs = [headers["set-cookie"]].flat().map((line) => String(line).split(";")[0]?.split("=") ?? []);
  return { uid: String(headers["location"]).split("/").pop() ?? "", cookies: Object.fromEntries(pairs) };
}
