import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditEntries } from "../../../../shared/models/audit.ts";
import type { UserId } from "../../../../shared/models/ids.ts";
import { siteSettings, siteTexts } from "../../../../shared/models/site.ts";
import { openTestApp } from "../../../../tests/app.ts";
import { aFile } from "../../../../tests/builders/media.ts";
import { aMember } from "../../../../tests/builders/publication.ts";
import { giveRole } from "../../../../tests/builders/roles.ts";
import { signedIn } from "../../../../tests/builders/signed-in.ts";

const account = await openTestApp("account", { env: { PAGE_CACHE: "on" } });
afterAll(() => account.close());

let ada: UserId;
let cookies: Record<string, string>;
beforeAll(async () => {
  ada = await aMember(account.db, { handle: "ada", name: "Ada" });
  await giveRole(account.db, ada, "steward", "account");
  cookies = await signedIn(account, "account", ada);
});

const stateIn = (body: string) => /name="state" value="([^"]+)"/.exec(body)?.[1] ?? expect.fail("no state in the form");
const LOOK = { name: "Hearth & Rye", tagline: "Bread for all", hasColours: "", logoId: "", ...colours("#a62b50") };
function colours(accentLight: string) {
  return { accentLight, accentDark: "#e6869d", paperLight: "#f8f2e7", paperDark: "#1d1a18" };
}
const saveLook = async (change: Record<string, string> = {}, state?: string) =>
  account.post(
    "/admin/site",
    { ...LOOK, state: state ?? stateIn((await account.get("/admin/site", { cookies })).body), ...change },
    { cookies },
  );

describe("the name and look of the site", { timeout: 60_000 }, () => {
  it("is on every page from the next one on, also on those that are kept, and in the log", async () => {
    await account.get("/join"); // kept for nobody: it is no public page, but has the frame
    const before = await account.get("/join");
    expect(before.body).toContain("Rose Ash");
    const saved = await saveLook({ hasColours: "yes", ...colours("#1f5f8b") });
    expect([saved.statusCode, saved.headers.location]).toEqual([303, "/admin/site?notice=saved"]);
    const after = await account.get("/join");
    expect(after.body).toContain("Hearth &amp; Rye");
    expect(after.body).not.toContain("<span>Rose Ash</span>");
    const sheet = /\/static\/site\/[\w-]+\.css/.exec(after.body)?.[0] ?? expect.fail("no style sheet");
    const css = await account.get(sheet);
    expect(css.headers).toMatchObject({ "content-type": "text/css; charset=utf-8", "cache-control": expect.stringContaining("immutable") });
    expect(css.body).toContain("--color-rose: light-dark(#1f5f8b, #e6869d)");
    expect((await account.get(sheet, { headers: { "if-none-match": String(css.headers.etag) } })).statusCode).toBe(304);
    expect((await account.get("/static/site/AAAAAAAAAAAAAAAA.css")).headers["cache-control"]).toBe("no-cache");
    expect((await account.get("/static/site/x.css")).statusCode).toBe(404);
    const log = await account.db.select().from(auditEntries).where(eq(auditEntries.subject, "site:look"));
    expect(log.at(-1)).toMatchObject({ actor: `user:${ada}`, action: "set site", after: { name: "Hearth & Rye", accentLight: "#1f5f8b" } });
  });

  it.each([
    [{ name: "" }, "The site has a name"],
    [{ name: "x".repeat(61) }, "The site has a name"],
    [{ name: "Rose\r\nBcc: all@example.org" }, "nobody can see"],
    [{ name: "Rose\u202eAsh" }, "nobody can see"],
    [{ tagline: "a\nb" }, "nobody can see"],
    [{ hasColours: "yes", accentLight: "red" }, "That is no colour"],
    [{ hasColours: "yes", accentLight: "#fff" }, "That is no colour"],
    [{ hasColours: "yes", accentLight: "#a62b50;} body{display:none" }, "That is no colour"],
    [{ hasColours: "yes", accentLight: "#ffd54a" }, "would do"],
    [{ hasColours: "yes", paperDark: "#777777" }, "the least that can be read"],
    [{ logoId: "4711" }, "Choose a picture of the library"],
    [{ logoId: "1 or 1=1" }, "Choose a picture of the library"],
    [{ logoId: "<svg onload=alert(1)>" }, "Choose a picture of the library"],
    [{ logoId: "https://evil.example/logo.svg" }, "Choose a picture of the library"],
  ])("refuses %j, and gives back what was typed", async (change, words) => {
    const { statusCode, body } = await saveLook(change);
    expect([statusCode, body.includes(words)]).toEqual([422, true]);
    expect(body).not.toContain("<svg onload");
    if (!("tagline" in change)) expect(body).toContain("Bread for all");
  });

  it("shows who saves second what the first one changed, and takes theirs when they insist", async () => {
    const state = stateIn((await account.get("/admin/site", { cookies })).body);
    expect((await saveLook({ name: "Hearth" }, state)).statusCode).toBe(303);
    const second = await saveLook({ name: "Rye" }, state);
    expect(second.statusCode).toBe(409);
    expect(second.body).toMatch(/Somebody else saved this.*Stands now.*Hearth.*Rye/s);
    expect((await saveLook({ name: "Rye" }, stateIn(second.body))).statusCode).toBe(303);
    expect((await account.db.select().from(siteSettings))[0]).toMatchObject({ name: "Rye" });
  });

  it("escapes a name wherever it stands", async () => {
    await saveLook({ name: `<b onclick="x">&'` });
    const { body } = await account.get("/join");
    expect(body).toContain("&lt;b onclick=&#34;x&#34;&gt;&amp;&#39;");
    expect(body).not.toContain("<b onclick");
    await saveLook({ name: "Hearth" });
  });

  it("has a logo of the library, and no file that is none", async () => {
    const pdf = await aFile(account.db, { name: "minutes.pdf" });
    const film = await aFile(account.db, { name: "oven.mp4", contentType: "video/mp4", width: 640, height: 360 });
    for (const id of [pdf, film]) expect((await saveLook({ logoId: String(id) })).statusCode).toBe(422);
    const picture = await aFile(account.db, { name: "rose.png", contentType: "image/png", width: 64, height: 64 });
    expect((await saveLook({ logoId: String(picture) })).statusCode).toBe(303);
    expect((await account.get("/join")).body).toMatch(/<img class="wordmark-logo" src="\/media\/[0-9a-f]{2}\/[0-9a-f]{64}\.png" alt=""/);
    await saveLook();
    expect((await account.get("/join")).body).not.toContain("wordmark-logo");
  });

  it("costs no page a query of its own", async () => {
    const { services } = account;
    let asked = 0;
    const { getNow } = services.site;
    services.site.getNow = () => {
      asked++;
      return getNow();
    };
    for (let page = 0; page < 5; page++) await account.get("/join");
    services.site.getNow = getNow;
    expect(asked).toBe(0);
  });

  it("is heard of by a process that changed nothing, also by SQL by hand", async () => {
    await account.db.update(siteSettings).set({ name: "By hand" });
    await expect.poll(async () => (await account.get("/join")).body.includes("By hand"), { timeout: 20_000 }).toBe(true);
  });
});

describe("the texts of the house", { timeout: 60_000 }, () => {
  const publish = (kind: string, text: string, after: number, changes = "More of it") =>
    account.post(`/admin/site/texts/${kind}`, { text, after: String(after), changes }, { cookies });

  it("are on a page and in every footer once they are published, without what a browser would run", async () => {
    expect((await account.get("/imprint")).statusCode).toBe(404);
    const hostile =
      "<script>alert(1)</script><p onclick='x'>The Old Dairy</p><iframe src=//evil.example></iframe> [x](javascript:alert(1))";
    expect((await publish("imprint", hostile, 0)).statusCode).toBe(303);
    const { statusCode, body } = await account.get("/imprint");
    expect(statusCode).toBe(200);
    expect(body).toContain("The Old Dairy");
    expect(body).not.toMatch(/<script>alert|onclick|<iframe|href="javascript/);
    expect((await account.get("/join")).body).toContain('/imprint">Imprint</a>');
    await saveLook({ name: "Another name" });
    expect((await account.get("/imprint")).body).toContain("<span>Another name</span>");
  });

  it("keep every version, and show the second of two authors what is different", async () => {
    await publish("terms", "We bake, you pay.", 0);
    expect((await publish("terms", "We bake, you pay in time.", 1)).statusCode).toBe(303);
    const late = await publish("terms", "We bake, you pay in cash.", 1);
    expect(late.statusCode).toBe(409);
    expect(late.body).toMatch(/<del>[^<]*time[^<]*<\/del>/);
    expect((await account.get("/terms/1")).body).toMatch(/This is an older version.*We bake, you pay\./s);
    expect((await account.get("/terms")).body).toContain("you pay in time");
    expect((await account.get("/terms/9")).statusCode).toBe(404);
    expect(await account.db.$count(siteTexts, eq(siteTexts.kind, "terms"))).toBe(2);
  });

  it("want a word on what is new, and a text", async () => {
    expect((await publish("terms", "We bake, you pay twice.", 2, "")).statusCode).toBe(422);
    expect((await publish("terms", "", 2)).statusCode).toBe(422);
    expect((await publish("nonsense", "We bake, you pay.", 0)).statusCode).toBe(404);
  });

  it("are agreed to by version, and asked for again with a new one", async () => {
    const own = { cookies };
    expect((await account.get("/agreements", own)).body).toContain('value="terms 2"');
    expect((await account.post("/agreements", { agreed: "terms 1" }, own)).statusCode).toBe(422);
    expect((await account.post("/agreements", { agreed: "terms 2" }, own)).statusCode).toBe(303);
    expect(await account.services.site.listToAgree(ada)).toEqual([]);
    await publish("terms", "We bake, you pay, all are glad.", 2);
    expect(await account.services.site.listToAgree(ada)).toEqual([{ kind: "terms", version: 3 }]);
    expect((await account.get("/membership", own)).body).toContain("Something to read");
  });
});

describe("how long things stay", { timeout: 60_000 }, () => {
  const form = { orders: "7", dues: "7", memberships: "365", requests: "180", invitations: "90", notifications: "365", activities: "365" };
  const save = async (change: Record<string, string>) =>
    account.post(
      "/admin/site/retention",
      { ...form, state: stateIn((await account.get("/admin/site/retention", { cookies })).body), ...change },
      { cookies },
    );

  it.each([
    { orders: "5" },
    { orders: "0" },
    { orders: "-7" },
    { orders: "seven" },
    { dues: "5" },
    { activities: "29" },
    { requests: "99999999" },
  ])("is not %j: the law, or the site, wants more", async (change) => {
    const { statusCode, body } = await save(change);
    expect([statusCode, body.includes("There is something to put right")]).toEqual([422, true]);
  });

  it("is kept", async () => {
    expect((await save({ requests: "31" })).statusCode).toBe(303);
    expect((await account.get("/admin/site/retention", { cookies })).body).toMatch(/name="requests"[^>]*value="31"/);
  });
});

it("is nobody's who does not run the members' desk", async () => {
  const grace = await signedIn(account, "account", await aMember(account.db, { handle: "grace" }));
  for (const path of ["/admin/site", "/admin/site/texts/terms", "/admin/members", "/admin/members/ada", "/admin/groups"])
    for (const asked of [{}, { cookies: grace }]) expect((await account.get(path, asked)).statusCode).toBe(404);
});
