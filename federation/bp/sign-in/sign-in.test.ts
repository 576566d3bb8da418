import { afterAll, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";

const test = await openTestApp("federation"); // its mail server is away
afterAll(() => test.close());

it("says so when the mail can't be sent, and does not show the link", async () => {
  const { uid, cookies } = await anInteraction();
  const answer = await test.post(`/sign-in/${uid}`, { email: "ada@example.org" }, { cookies });
  expect(answer.statusCode).toBe(503);
  expect(answer.body).toContain("could not be sent just now");
  expect(answer.body).not.toContain("/link/");
});

it("is kept by no cache", async () => {
  const { uid, cookies } = await anInteraction();
  expect((await test.get(`/sign-in/${uid}`, { cookies })).headers["cache-control"]).toBe("no-store");
});

it("knows nobody without the interaction's cookie", async () => {
  const { uid } = await anInteraction();
  expect((await test.get(`/sign-in/${uid}`)).statusCode).toBe(403);
  expect((await test.post(`/sign-in/${uid}`, { email: "ada@example.org" })).statusCode).toBe(403);
  expect((await test.post(`/sign-in/${uid}/code`, { code: "123456" })).statusCode).toBe(403);
  expect((await test.post(`/sign-in/${uid}/join`, { name: "Ada" })).statusCode).toBe(403);
});

it("takes no form of another site", async () => {
  const { uid, cookies } = await anInteraction();
  const headers = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  expect((await test.post(`/sign-in/${uid}`, { email: "ada@example.org" }, { cookies, headers })).statusCode).toBe(403);
});

it("shows nothing for links that never were", async () => {
  const { uid, cookies } = await anInteraction();
  for (const token of ["x", "x".repeat(43)]) {
    expect([token, (await test.get(`/sign-in/${uid}/link/${token}`, { cookies })).statusCode]).toEqual([token, 410]);
  }
});

async function anInteraction(): Promise<{ uid: string; cookies: Record<string, string> }> {
  const pkce = { code_challenge: "x".repeat(43), code_challenge_method: "S256" };
  const asked = { response_type: "code", client_id: "blog", redirect_uri: test.origin.replace("federation", "blog"), scope: "openid" };
  const params = { ...asked, redirect_uri: `${asked.redirect_uri}/auth/callback`, state: "s", nonce: "n", ...pkce };
  const { headers } = await test.get(`/oauth/authorize?${new URLSearchParams(params)}`);
  const pairs = [headers["set-cookie"]].flat().map((line) => String(line).split(";")[0]?.split("=") ?? []);
  return { uid: String(headers.location).split("/").pop() ?? "", cookies: Object.fromEntries(pairs) };
}
