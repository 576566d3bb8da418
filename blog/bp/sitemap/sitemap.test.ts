import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { aDraft, aMember, aPage, aPost, aTag } from "../../../tests/builders/publication.ts";
import { allOf, readXml, textOf } from "../../../tests/builders/xml.ts";

const blog = await openTestApp("blog");

beforeAll(async () => {
  const ada = await aMember(blog.db, { handle: "ada", name: "Ada" });
  const tags = [await aTag(blog.db, { slug: "bread" }), await aTag(blog.db, { slug: "todo", isInternal: true })];
  await aPost(blog.db, { slug: "rye", title: "Rye [1]", excerpt: "Slow." }, { authors: [ada], tags });
  await aPost(blog.db, { slug: "guarded", audience: "coop" }, { authors: [ada] });
  await aPost(blog.db, { slug: "scheduled", status: "scheduled" }, { authors: [ada], tags });
  await aDraft(blog.db, { slug: "draft" }, { tags });
  await aDraft(blog.db, { slug: "binned", deletedAt: new Date() });
  await aPage(blog.db, { path: "about", title: "About" });
  await aPage(blog.db, { path: "plan", status: "draft" });
});
afterAll(() => blog.close());

describe("the sitemap", () => {
  it("is an index of files, which hold every public address once, with its last change", async () => {
    const index = readXml((await blog.get("/sitemap.xml")).body);
    const files = allOf(index, "sitemap").map((file) => textOf(file, "loc"));
    expect(files).toEqual(["posts", "pages", "tags", "authors"].map((part) => `${blog.origin}/sitemaps/${part}-1.xml`));
    const found: string[] = [];
    for (const file of files) {
      const part = readXml((await blog.get(file.slice(blog.origin.length))).body);
      expect(part.name).toBe("urlset");
      for (const url of allOf(part, "url")) {
        expect(Number.isNaN(Date.parse(textOf(url, "lastmod")))).toBe(false);
        found.push(textOf(url, "loc").slice(blog.origin.length));
      }
    }
    expect(found).toEqual(["/posts/rye", "/posts/guarded", "/about", "/tags/bread", "/authors/ada"]);
  });

  it.each(["posts-2.xml", "posts-0.xml", "hats-1.xml", "posts-1", "posts-99999.xml"])("has no file %s", async (file) => {
    expect((await blog.get(`/sitemaps/${file}`)).statusCode).toBe(404);
  });
});

it("tells robots where it is", async () => {
  const { body, headers } = await blog.get("/robots.txt");
  expect(headers["content-type"]).toContain("text/plain");
  expect(body).toContain(`Sitemap: ${blog.origin}/sitemap.xml`);
  expect(body).toContain("Disallow: /admin");
});

describe("the plain forms", () => {
  it("are listed in llms.txt, and answer; what is not for everybody has none", async () => {
    const { body } = await blog.get("/llms.txt");
    expect(body).toContain(`- [Rye \\[1\\]](${blog.origin}/posts/rye.md): Slow.`);
    expect(body).toContain(`- [About](${blog.origin}/about.md)`);
    for (const hidden of ["guarded", "scheduled", "draft", "binned", "plan"]) expect(body).not.toContain(hidden);
    for (const [, path = ""] of body.matchAll(new RegExp(`\\(${blog.origin}(/[^)]*\\.md)\\)`, "g"))) {
      const text = await blog.get(path);
      expect([path, text.statusCode, text.headers["content-type"]]).toEqual([path, 200, "text/markdown; charset=utf-8"]);
    }
  });

  it("are all in llms-full.txt, to which llms.txt leads: pages first, then posts, nothing that is not for everybody", async () => {
    expect((await blog.get("/llms.txt")).body).toContain(`${blog.origin}/llms-full.txt`);
    const asked = await Promise.all([blog.get("/llms-full.txt"), blog.get("/llms-full.txt")]);
    for (const { statusCode, headers, body } of asked) {
      expect([statusCode, headers["content-type"], body.includes("not everything")]).toEqual([200, "text/plain; charset=utf-8", false]);
      expect([...body.matchAll(/^# (.*)$/gm)].map(([, title]) => title)).toEqual(["Rose Ash", "About", "Rye [1]"]);
      expect(body).toContain(`2026-11-01 · ${blog.origin}/posts/rye\n\nSlow.\n\nFlour and water.`);
    }
  });

  it("are the newest as far as half a megabyte goes, and say where the others are", async () => {
    const { texts, isWhole } = await blog.services.blog.listPublicTexts(60);
    expect([texts.map(({ title }) => title), isWhole]).toEqual([["About", "Rye [1]"], true]);
    for (const [most, titles] of [
      [30, ["About"]],
      [3, []],
    ] as const) {
      const cut = await blog.services.blog.listPublicTexts(most);
      expect([cut.texts.map(({ title }) => title), cut.isWhole]).toEqual([titles, false]);
    }
  });

  it.each([
    "/posts/guarded.md",
    "/posts/scheduled.md",
    "/posts/draft.md",
    "/posts/binned.md",
    "/plan.md",
    "/About.md",
    "/nothing.md",
    "/.md",
  ])("are not there: %s", async (path) => {
    expect((await blog.get(path)).statusCode).toBe(404);
  });
});
