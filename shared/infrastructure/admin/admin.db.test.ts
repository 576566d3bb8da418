import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openTestApp, type TestApp } from "../../../tests/app.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";

let blog: TestApp;
let cookiesOf: Record<string, Record<string, string>>;

beforeAll(async () => {
  blog = await openTestApp("blog", { seeded: true });
  const people = (await blog.services.identity.listPeople()).filter(({ handle }) => ["ada", "bilal", "grace"].includes(handle));
  cookiesOf = {};
  for (const { handle, userId } of people) cookiesOf[handle] = await signedIn(blog, "blog", userId);
});
afterAll(() => blog.close());

const get = (handle: string, path: string) => blog.get(path, { cookies: cookiesOf[handle] ?? {} });
const post = (handle: string, path: string, form: Record<string, string>) => blog.post(path, form, { cookies: cookiesOf[handle] ?? {} });

describe("/admin", () => {
  it("shows who one is, what one may do, the sections and how the parts are", async () => {
    const { body, statusCode } = await get("ada", "/admin");
    expect(statusCode).toBe(200);
    for (const words of [
      "Ada Marlowe",
      "admin of the whole site",
      "give and take roles",
      "Relations",
      "Log",
      "Database",
      "answers in",
      "does not answer",
    ])
      expect(body).toContain(words);
  });

  it("shows an editor and an author what is theirs, and nothing of how the service is run; a guest finds nothing", async () => {
    const sections = async (handle: string) =>
      [...(await get(handle, "/admin")).body.matchAll(/class="row-title"><a href="(\/admin\/[a-z]+)"/g)].map(([, path]) => path);
    expect(await sections("bilal")).toEqual(expect.arrayContaining(["/admin/posts", "/admin/pages", "/admin/tags"]));
    expect(await sections("grace")).toEqual(["/admin/media", "/admin/posts"]);
    for (const handle of ["bilal", "grace"]) {
      const { body } = await get(handle, "/admin");
      for (const words of ["/admin/relations", "/admin/audit", "/admin/activities", "Database"]) expect(body).not.toContain(words);
    }
    expect((await get("nobody", "/admin")).statusCode).toBe(404);
  });

  it("asks once what an author writes, for all sections together, and anew with each request", async () => {
    const getReach = vi.spyOn(blog.app.services.writing, "getReach");
    await get("grace", "/admin");
    expect(getReach).toHaveBeenCalledTimes(1);
    await get("grace", "/admin/posts");
    expect(getReach).toHaveBeenCalledTimes(2);
    getReach.mockRestore();
  });
});

describe("/admin/relations", () => {
  it("lists the relations of the service and the shared ones", async () => {
    const { body } = await get("ada", "/admin/relations");
    for (const words of ["under", "part lies under whole", "in_nav", "role", "on demand"]) expect(body).toContain(words);
  });

  it("shows tuples with where they come from, and finds those with a value", async () => {
    const { body } = await get("ada", "/admin/relations/blog.under");
    expect(body).toContain("read from pages and their parents");
    const found = await get("ada", "/admin/relations/blog.under?f0=page:about/history");
    expect(found.body).toContain("tuple?v0=page%3A");
    const nothing = await get("ada", "/admin/relations/blog.under?f0=page:nowhere");
    expect(nothing.body).toContain("Nothing of that is known");
    const roles = await get("ada", "/admin/relations/shared.role");
    expect(roles.body).toContain("Efua Mensah is steward in market");
  });

  it("takes a fact in one's name, shows why it holds, and takes it back", async () => {
    const form = { v0: "user:grace", v1: "editor", v2: "blog", reason: "Writes about the choir", days: "30" };
    const stated = await post("ada", "/admin/relations/shared.role/assertions", form);
    expect(stated.statusCode).toBe(303);
    const page = await get("ada", String(stated.headers.location));
    for (const words of [
      "Grace Liang is editor in blog",
      "Holds",
      "stated by Ada Marlowe",
      "Writes about the choir",
      "until",
      "It is stated, in your name.",
    ])
      expect(page.body).toContain(words);
    const may = await get("ada", "/admin/relations/shared.can/tuple?v0=user:grace&v1=edit&v2=blog");
    expect(may.body).toContain("Grace Liang may edit in blog");
    expect(may.body).toContain("can(U, A, S) :-");

    const [, assertedBy = ""] = /name="assertedBy" value="([^"]+)"/.exec(page.body) ?? [];
    const [, v0 = ""] = /name="v0" value="([^"]+)"/.exec(page.body) ?? [];
    const back = { v0, v1: "editor", v2: "blog", assertedBy, at: "0", "reason-0": "She moved away" };
    const taken = await post("ada", "/admin/relations/shared.role/retractions", back);
    expect(taken.statusCode).toBe(303);
    const gone = await get("ada", String(taken.headers.location));
    expect(gone.body).toContain("Does not hold");
    expect(gone.body).toContain("Nobody states it, and each rule that could give it lacks something");
    const log = await get("ada", "/admin/audit?action=retract");
    expect(log.body).toContain("She moved away");
  });

  it("gives a form back with what was typed and what is wrong with it", async () => {
    const nobody = await post("ada", "/admin/relations/shared.role/assertions", {
      v0: "user:nobody",
      v1: "editor",
      v2: "",
      reason: "Because",
    });
    expect(nobody.statusCode).toBe(422);
    for (const words of ["Nothing is called user:nobody.", "Something has to stand here.", 'value="editor"', "Because"])
      expect(nobody.body).toContain(words);
    const oneself = await post("ada", "/admin/relations/shared.role/assertions", {
      v0: "user:ada",
      v1: "editor",
      v2: "blog",
      reason: "Because I can",
    });
    expect(oneself.statusCode).toBe(422);
    expect(oneself.body).toContain("Nobody states things about themselves");
    const mute = await post("ada", "/admin/relations/shared.role/assertions", { v0: "user:grace", v1: "editor", v2: "blog", reason: " " });
    expect(mute.statusCode).toBe(422);
    expect(mute.body).toContain('id="error-reason"');
  });

  it("writes hostile values as text", async () => {
    const hostile = `<img src=x onerror=alert(1)>"'); --`;
    const stated = await post("ada", "/admin/relations/blog.distinctive/assertions", { v0: hostile, reason: hostile });
    expect(stated.statusCode).toBe(303);
    const { body } = await get("ada", String(stated.headers.location));
    expect(body).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(body).not.toContain("<img src=x");
  });

  it("reads forms that hold what no text of the database can", async () => {
    const nul = String.fromCharCode(0);
    const form = { v0: `user:gr${nul}ace`, v1: `edi${nul}tor`, v2: "blog", reason: `Because${nul} of the choir` };
    expect((await post("ada", "/admin/relations/shared.role/assertions", form)).statusCode).toBe(303);
    const long = { v0: "x".repeat(5_000), reason: "Because" };
    expect((await post("ada", "/admin/relations/blog.distinctive/assertions", long)).statusCode).toBe(422);
    const control = { v0: `a${String.fromCharCode(7)}b`, reason: "Because" };
    expect((await post("ada", "/admin/relations/blog.distinctive/assertions", control)).statusCode).toBe(422);
  });

  it.each([
    ["GET", "/admin/relations"],
    ["GET", "/admin/relations/blog.under"],
    ["GET", "/admin/relations/blog.under/tuple?v0=a&v1=b"],
    ["POST", "/admin/relations/blog.under/assertions"],
    ["POST", "/admin/relations/blog.under/retractions"],
    ["GET", "/admin/audit"],
  ])("%s %s is nothing to an editor, a member and a guest", async (method, path) => {
    for (const handle of ["bilal", "grace", "nobody"]) {
      const { statusCode } = method === "GET" ? await get(handle, path) : await post(handle, path, { v0: "a", v1: "b", reason: "Because" });
      expect(statusCode).toBe(404);
    }
  });
});
