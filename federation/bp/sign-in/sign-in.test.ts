import { afterAll, describe, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { anInteraction } from "../../../tests/builders/interaction.ts";
import { aMember } from "../../../tests/builders/publication.ts";

const test = await openTestApp("federation"); // its mail server is away
afterAll(() => test.close());

it("says so when the mail can't be sent, and does not show the link", async () => {
  const { uid, cookies } = await anInteraction(test);
  const answer = await test.post(`/sign-in/${uid}`, { email: "ada@example.org" }, { cookies });
  expect(answer.statusCode).toBe(503);
  expect(answer.body).toContain("could not be sent just now");
  expect(answer.body).not.toContain("/link/");
});

it("is kept by no cache", async () => {
  const { uid, cookies } = await anInteraction(test);
  expect((await test.get(`/sign-in/${uid}`, { cookies })).headers["cache-control"]).toBe("no-store");
});

it("knows nobody without the interaction's cookie", async () => {
  const { uid } = await anInteraction(test);
  expect((await test.get(`/sign-in/${uid}`)).statusCode).toBe(403);
  expect((await test.post(`/sign-in/${uid}`, { email: "ada@example.org" })).statusCode).toBe(403);
  expect((await test.post(`/sign-in/${uid}/code`, { code: "123456" })).statusCode).toBe(403);
  expect((await test.post(`/sign-in/${uid}/join`, { name: "Ada" })).statusCode).toBe(403);
});

it("takes no form of another site", async () => {
  const { uid, cookies } = await anInteraction(test);
  const headers = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  expect((await test.post(`/sign-in/${uid}`, { email: "ada@example.org" }, { cookies, headers })).statusCode).toBe(403);
});

it("shows nothing for links that never were", async () => {
  const { uid, cookies } = await anInteraction(test);
  for (const token of ["x", "x".repeat(43)]) {
    expect([token, (await test.get(`/sign-in/${uid}/link/${token}`, { cookies })).statusCode]).toEqual([token, 410]);
  }
});

it.each([
  ["code", "sent"],
  ["consent", ""],
  ["passkey", ""],
])("leads whoever reloads the refused form of %s back to where it stood", async (path, form) => {
  const { uid, cookies } = await anInteraction(test);
  const answer = await test.get(`/sign-in/${uid}/${path}`, { cookies });
  expect([answer.statusCode, answer.headers.location]).toEqual([303, `/sign-in/${uid}${form && `/${form}`}`]);
});

describe("too many links", () => {
  it("are refused with the form, what was typed in it, and when to come back", async () => {
    await test.db.execute("delete from rate_limits");
    const { uid, cookies } = await anInteraction(test);
    const ask = (email: string) => test.post(`/sign-in/${uid}`, { email }, { cookies });
    for (let i = 0; i < 5; i += 1) expect((await ask("ada@example.org")).statusCode).toBe(503); // its mail server is away
    const refused = await ask("ada@example.org");
    expect(refused.statusCode).toBe(429);
    expect(refused.body).toContain('value="ada@example.org"');
    expect(refused.body).toMatch(/you can ask again in (a minute|\d+ minutes)/);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect(Number(refused.headers["retry-after"])).toBeLessThanOrEqual(900);
  });

  it("are refused from one line, whichever of its addresses of IPv6 asks for the next", async () => {
    await test.db.execute("delete from rate_limits");
    const { uid, cookies } = await anInteraction(test);
    const ask = (i: number) =>
      test.post(`/sign-in/${uid}`, { email: "ada@example.org" }, { cookies, headers: { "x-forwarded-for": `2001:db8::${i}` } });
    for (let i = 0; i < 5; i += 1) expect((await ask(i)).statusCode).toBe(503);
    expect((await ask(5)).statusCode).toBe(429);
  });

  it("says the same of addresses that somebody has and that nobody has", async () => {
    const asked = async (email: string) => {
      await test.db.execute("delete from rate_limits");
      const { uid, cookies } = await anInteraction(test);
      let body = "";
      for (let i = 0; i < 6; i += 1) body = (await test.post(`/sign-in/${uid}`, { email }, { cookies })).body;
      return body
        .replaceAll(uid, "")
        .replaceAll(email, "")
        .replace(/Number of this request.*|[0-9a-f-]{36}/g, "")
        .replace(/in (a minute|\d+ minutes)/g, "");
    };
    await aMember(test.db, { handle: "hal", name: "Hal" });
    await test.db.execute(
      "insert into user_emails (email, user_id, is_primary) select 'hal@example.org', id, true from users where handle = 'hal'",
    );
    expect(await asked("hal@example.org")).toBe(await asked("nobody@example.org"));
  });
});
