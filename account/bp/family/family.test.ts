import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditEntries } from "../../../shared/models/audit.ts";
import { guardianships } from "../../../shared/models/family.ts";
import { notifications } from "../../../shared/models/federation.ts";
import type { UserId } from "../../../shared/models/ids.ts";
import { openTestApp } from "../../../tests/app.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { giveRole } from "../../../tests/builders/roles.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";

const account = await openTestApp("account");
afterAll(() => account.close());
const { db } = account;
const HOSTILE = `"'><script>alert(1)</script>`;
const people: Record<string, UserId> = {};
const cookies: Record<string, Record<string, string>> = {};

beforeAll(async () => {
  for (const handle of ["ada", "kim", "efua", "mallory", "w1", "w2", "w3", "w4", "w5", "w6"]) {
    const userId = await aMember(db, { handle, name: handle === "mallory" ? `Mallory ${HOSTILE}` : handle });
    people[handle] = userId;
    cookies[handle] = await signedIn(account, "account", userId);
  }
  await giveRole(db, people["efua"] ?? expect.fail(), "steward", "account");
}, 60_000);

const get = (path: string, who: string) => account.get(path, { cookies: cookies[who] ?? {} });
const post = (path: string, form: Record<string, string>, who: string) => account.post(path, form, { cookies: cookies[who] ?? {} });
const noticeOf = async (path: string, form: Record<string, string>, who: string) =>
  String((await post(path, form, who)).headers.location).split("notice=")[1];
const tieOf = async (guardian: string, ward: string) => {
  const which = and(
    eq(guardianships.guardianId, people[guardian] ?? expect.fail()),
    eq(guardianships.wardId, people[ward] ?? expect.fail()),
  );
  return (await db.select().from(guardianships).where(which)).at(-1) ?? expect.fail();
};
const heard = (who: string) => db.$count(notifications, eq(notifications.userId, people[who] ?? expect.fail()));

describe("a family", { timeout: 60_000 }, () => {
  it("is asked about, and says no; who asked is not heard again for a month", async () => {
    expect(await noticeOf("/family/wards", { handle: "kim" }, "ada")).toBe("family-asked");
    expect(await heard("kim")).toBe(1);
    expect((await get("/family", "kim")).body).toContain("ada would like to look after you");
    const tie = await tieOf("ada", "kim");
    expect(await noticeOf(`/family/ties/${tie.id}/answer`, { answer: "no" }, "kim")).toBe("family-no");
    expect(await noticeOf(`/family/ties/${tie.id}/answer`, { answer: "yes" }, "kim")).toBe("family-gone");
    expect(await heard("ada")).toBe(1);
    const again = await post("/family/wards", { handle: "kim" }, "ada");
    expect([again.statusCode, again.body.includes("They said no lately.")]).toEqual([422, true]);
    expect(again.body).toContain('value="kim"');
  });

  it.each([
    ["", "No member has this name."],
    ["nobody-here", "No member has this name."],
    [HOSTILE, "No member has this name."],
    ["mallory", "That is you."],
    ["x".repeat(400), "No member has this name."],
  ])("is not begun with %s", async (handle, words) => {
    const { statusCode, body } = await post("/family/wards", { handle }, "mallory");
    expect(statusCode).toBe(422);
    expect(body).toContain(words);
    expect(body).not.toContain("<script>alert");
  });

  it("is asked about of five at a time, each once, and runs nobody's script where they read it", async () => {
    for (const handle of ["w1", "w2", "w3", "w4", "w5"]) {
      await account.app.transaction((tx) => account.services.family.ask(tx, people["mallory"] ?? expect.fail(), handle));
    }
    const ask = (handle: string) =>
      account.app.transaction((tx) => account.services.family.ask(tx, people["mallory"] ?? expect.fail(), handle));
    expect(await ask("w6")).toBe("too-many");
    expect(await ask("w5")).toBe("there-already");
    expect((await get("/family", "w1")).body).not.toContain("<script>alert");
  });

  it("is nobody else's to answer, to end or to see", async () => {
    const tie = await tieOf("mallory", "w1");
    expect(await noticeOf(`/family/ties/${tie.id}/answer`, { answer: "yes" }, "mallory")).toBe("family-gone"); // who asks does not agree
    expect(await noticeOf(`/family/ties/${tie.id}/end`, {}, "w2")).toBe("family-gone");
    expect((await get("/family", "ada")).body).not.toContain("Mallory");
    expect((await tieOf("mallory", "w1")).state).toBe("asked");
    expect((await post("/family/ties/999999999999999999999/end", {}, "w2")).statusCode).toBe(400);
  });

  it("has children without an account, by name", async () => {
    expect(await noticeOf("/family/children", { name: " Robin\u0000 " }, "ada")).toBe("family-child");
    for (const name of ["", "  ", "x".repeat(81)]) expect((await post("/family/children", { name }, "ada")).statusCode).toBe(422);
    const { body } = await get("/family", "ada");
    expect(body).toContain("Robin");
    const [, id] = /\/family\/ties\/(\d+)\/end/.exec(body) ?? [];
    expect(await noticeOf(`/family/ties/${id}/end`, {}, "ada")).toBe("family-ended");
    expect((await get("/family", "ada")).body).not.toContain("Robin");
    expect(await db.$count(guardianships, eq(guardianships.wardName, "Robin"))).toBe(0);
  });
});

describe("a steward", { timeout: 60_000 }, () => {
  it("says yes for a ward, with a reason that stands in the log; both hear of it", async () => {
    const tie = await tieOf("mallory", "w2");
    expect((await get("/admin/family", "efua")).body).not.toContain("<script>alert");
    const nothing = await post(`/admin/family/${tie.id}`, { to: "active", reason: " " }, "efua");
    expect([nothing.statusCode, nothing.body.includes("Say why")]).toEqual([422, true]);
    expect(await noticeOf(`/admin/family/${tie.id}`, { to: "active", reason: "Both came to the desk" }, "efua")).toBe("family-decided");
    expect(await noticeOf(`/admin/family/${tie.id}`, { to: "declined", reason: "No, after all" }, "efua")).toBe("family-gone");
    expect((await tieOf("mallory", "w2")).state).toBe("active");
    expect(await heard("w2")).toBe(2);
    expect(await heard("mallory")).toBe(1);
    const [noted] = await db
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.subject, `guardianship:${tie.id}`));
    expect(noted).toMatchObject({ actor: `user:${people["efua"]}`, action: "guardianship active", reason: "Both came to the desk" });
    expect(await noticeOf(`/admin/family/${tie.id}`, { to: "ended", reason: "They moved out" }, "efua")).toBe("family-decided");
  });

  it("decides nothing about their own family", async () => {
    await noticeOf("/family/wards", { handle: "w6" }, "efua");
    const tie = await tieOf("efua", "w6");
    expect(await noticeOf(`/admin/family/${tie.id}`, { to: "active", reason: "I say so" }, "efua")).toBe("family-own");
    expect((await tieOf("efua", "w6")).state).toBe("asked");
  });

  it("is who has that right: to others nothing is there", async () => {
    expect((await get("/admin/family", "ada")).statusCode).toBe(404);
    const tie = await tieOf("mallory", "w3");
    expect((await post(`/admin/family/${tie.id}`, { to: "active", reason: "Because I can" }, "mallory")).statusCode).toBe(404);
    expect((await tieOf("mallory", "w3")).state).toBe("asked");
  });
});
