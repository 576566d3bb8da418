import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { series } from "../../../shared/models/blog.ts";
import type { PostId, SeriesId, UserId } from "../../../shared/models/ids.ts";
import { relationFacts } from "../../../shared/models/relation-facts.ts";
import { redirects } from "../../../shared/models/revisions.ts";
import { openTestApp } from "../../../tests/app.ts";
import { aDraft, aMember, aPage, aPost, aTag } from "../../../tests/builders/publication.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";

const blog = await openTestApp("blog");
const HOSTILE = `</script><script>alert(1)</script>`;
const SECRET = "only-for-bakers-to-read";
let [ada, bilal]: UserId[] = [];
let rye: PostId;

beforeAll(async () => {
  ada = await aMember(blog.db, { handle: "ada", name: "Ada", bio: `Writes ${HOSTILE}` });
  bilal = await aMember(blog.db, { handle: "bilal", name: "Bilal" });
  const bread = await aTag(blog.db, { slug: "bread", name: "Bread", heading: "Food" });
  const todo = await aTag(blog.db, { slug: "todo", name: "Hushed", isInternal: true });
  const [row] = await blog.db.insert(series).values({ slug: "loaves", title: "Loaves" }).returning({ id: series.id });
  const part = (seriesPosition: number) => ({ seriesId: row?.id as SeriesId, seriesPosition });
  const around = { authors: [ada], tags: [bread, todo] };
  rye = await aPost(blog.db, { slug: "rye", title: `Rye ${HOSTILE}`, excerpt: `Slow ${HOSTILE}`, ...part(1) }, around);
  await aPost(blog.db, { slug: "rhyg", title: "Rhyg", language: "cy", translationOf: rye, canonicalUrl: "https://elsewhere.example/rhyg" });
  const long = `${"<h2>Part</h2><p>Words.</p>".repeat(5)}<table><tr><td>1</td></tr></table>`;
  await aPost(blog.db, { slug: "long", html: long, plaintext: "word ".repeat(2000), pictureCaption: "Ours", ...part(2) });
  const guarded = { title: "For bakers", excerpt: "In short.", html: `<p>${SECRET}</p>`, plaintext: SECRET, audience: "bakers" };
  await aPost(blog.db, { slug: "guarded", ...guarded }, around);
  const draft = await aDraft(blog.db, { slug: "draft" });
  await aPage(blog.db, { path: "cellar", html: SECRET, audience: "coop" });
  const about = await aPage(blog.db, { path: "about", title: "About" });
  await blog.db.insert(redirects).values([
    { fromPath: "/posts/old-rye", postId: rye },
    { fromPath: "/posts/old-draft", postId: draft },
    { fromPath: "/2019/rye", postId: rye },
    { fromPath: "/us", pageId: about },
    { fromPath: "/tags/loaf", tagId: bread },
    { fromPath: "/tags/old-todo", tagId: todo },
  ]);
  await blog.db.insert(relationFacts).values({ relation: "shared.member", arguments: [`user:${bilal}`, "bakers"], assertedBy: "app:test" });
});
afterAll(() => blog.close());

describe("a text for a group", () => {
  it("shows a guest title, excerpt and a way in, and nothing of the text in any form", async () => {
    const { statusCode, body } = await blog.get("/posts/guarded");
    expect(statusCode).toBe(200);
    expect(body).toContain("For bakers");
    expect(body).toContain("In short.");
    expect(body).toMatch(/for the group bakers/i);
    expect(body).toContain('href="/auth/login?next=/posts/guarded"');
    expect(body).not.toContain("text/markdown");
    expect(body).toContain('"isAccessibleForFree": false');
    for (const path of [
      "/posts/guarded",
      "/",
      "/tags/bread",
      "/authors/ada",
      "/feed.xml",
      "/feed.json",
      "/llms.txt",
      "/search?q=bakers",
      "/cellar",
    ]) {
      expect([path, (await blog.get(path)).body.includes(SECRET)]).toEqual([path, false]);
    }
  });

  it("is read by a member of the group, and not by another", async () => {
    const baker = await blog.get("/posts/guarded", { cookies: await signedIn(blog, "blog", bilal ?? expect.fail()) });
    expect(baker.body).toContain(SECRET);
    expect(baker.headers["cache-control"]).toBe("private, no-store");
    const carys = await aMember(blog.db, { handle: "carys", name: "Carys" });
    const other = await blog.get("/posts/guarded", { cookies: await signedIn(blog, "blog", carys) });
    expect(other.statusCode).toBe(200);
    expect(other.body).not.toContain(SECRET);
    expect(other.body).toContain("You are signed in as Carys");
  });

  it("is every member's when it is for members", async () => {
    const member = await blog.get("/cellar", { cookies: await signedIn(blog, "blog", ada ?? expect.fail()) });
    expect(member.body).toContain(SECRET);
    expect((await blog.get("/cellar")).body).toMatch(/for members/i);
  });
});

describe("what stands around a post", () => {
  it("is its series, with the way on", async () => {
    const { body } = await blog.get("/posts/rye");
    expect(body).toContain("part 1 of 2");
    expect(/<nav[^>]*aria-label="Parts of Loaves".*?<\/nav>/s.exec(body)?.[0]).toContain(`${blog.origin}/posts/long`);
  });

  it("is its other languages, for people and for machines", async () => {
    const { body } = await blog.get("/posts/rhyg");
    expect(body).toContain('<article lang="cy">');
    expect(body).toContain(`<link rel="alternate" hreflang="en" href="${blog.origin}/posts/rye">`);
    expect(body).toContain(`<link rel="alternate" hreflang="cy" href="${blog.origin}/posts/rhyg">`);
    expect(body).toMatch(/<span aria-current="true" lang="cy">Cymraeg<\/span>/);
    expect(body).toContain('<link rel="canonical" href="https://elsewhere.example/rhyg">');
  });

  it("is a table of contents when it is long, its caption and nothing of an internal tag", async () => {
    const { body } = await blog.get("/posts/long");
    expect(body).toContain('<a href="#part-5">Part</a>');
    expect(body).toContain('<h2 id="part-5">Part</h2>');
    expect((await blog.get("/posts/rye")).body).not.toContain('class="toc"');
    expect((await blog.get("/posts/rye")).body).not.toContain("Hushed");
    expect((await blog.get("/tags/todo")).statusCode).toBe(404);
  });

  it("is its author, with a page", async () => {
    expect((await blog.get("/posts/rye")).body).toContain(`<a href="${blog.origin}/authors/ada">`);
    const page = await blog.get("/authors/ada");
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain("Writes &lt;/script&gt;");
    expect(page.body).toContain(`href="${blog.origin}/posts/rye"`);
    expect((await blog.get("/authors/bilal")).statusCode).toBe(404);
    expect((await blog.get("/authors/ada?page=2")).statusCode).toBe(404);
  });

  it("is said to machines in JSON-LD that no text can end", async () => {
    const { body } = await blog.get("/posts/rye");
    expect(body).not.toContain(HOSTILE);
    const [, json = ""] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(body) ?? [];
    const [article, breadcrumb] = JSON.parse(json)["@graph"];
    expect(article).toMatchObject({ "@type": "Article", headline: `Rye ${HOSTILE}`, isAccessibleForFree: true, author: [{ name: "Ada" }] });
    expect(breadcrumb.itemListElement.map(({ name }: { name: string }) => name)).toEqual(["Blog", "Bread", `Rye ${HOSTILE}`]);
    expect(body).toContain('<meta property="og:type" content="article">');
    expect(body).toContain('<meta name="twitter:card" content="summary">');
    expect(body).toContain('<link rel="alternate" type="text/markdown" href="/posts/rye.md">');
  });
});

describe("lists", () => {
  it("are by heading and by month", async () => {
    const tags = await blog.get("/tags");
    expect(tags.body).toMatch(/<h2[^>]*>Food<\/h2>/);
    expect(tags.body).not.toContain("Hushed");
    expect((await blog.get("/archive")).body).toContain('href="/archive/2026-11"');
    expect((await blog.get("/archive/2026-11")).body).toContain(`href="${blog.origin}/posts/rye"`);
    for (const path of ["/archive/2026-10", "/archive/2026-13", "/archive/2026-11?page=2"])
      expect((await blog.get(path)).statusCode).toBe(404);
  });
});

describe("words that look like HTML", () => {
  it("are words in the plain form too: in titles, excerpts, names and texts", async () => {
    await aPost(blog.db, { slug: "words", title: "<script>a()", excerpt: "<img src=x>", html: "<p>&lt;script&gt;b()</p>" });
    await aPage(blog.db, { path: "words", title: "<script>c()", summary: "<img src=y>" });
    for (const path of ["/posts/words.md", "/words.md", "/llms.txt", "/llms-full.txt"]) {
      const { statusCode, body } = await blog.get(path);
      expect([path, statusCode]).toEqual([path, 200]);
      expect(body).toContain("\\<script>");
      expect(body).not.toMatch(/(?<!\\)<(script|img)/);
    }
  });
});

describe("an address that was changed", () => {
  it.each([
    ["/posts/old-rye", "/posts/rye"],
    ["/2019/rye", "/posts/rye"],
    ["/2019/rye/", "/posts/rye"],
    ["/us", "/about"],
    ["/tags/loaf", "/tags/bread"],
    ["/posts/old-rye.md", "/posts/rye.md"],
    ["/2019/rye.md", "/posts/rye.md"],
    ["/us.md", "/about.md"],
  ])("leads on: %s", async (from, to) => {
    const answer = await blog.get(from);
    expect([answer.statusCode, answer.headers["location"]]).toEqual([301, to]);
  });

  it("leads to nothing that is not public", async () => {
    for (const path of ["/posts/old-draft", "/posts/old-draft.md", "/tags/old-todo", "/tags/loaf.md"])
      expect((await blog.get(path)).statusCode).toBe(404);
  });
});

describe("a like", () => {
  it("of a guest counts by the browser, shows, and is taken back", async () => {
    const first = await blog.post("/posts/rye/like", { isLiked: "yes" });
    expect([first.statusCode, first.headers["location"]]).toEqual([303, "/posts/rye#like"]);
    const device = blog.app.sessionCookies.device.name;
    const cookies = { [device]: first.cookies.find(({ name }) => name === device)?.value ?? expect.fail("no device") };
    await blog.post("/posts/rye/like", { isLiked: "yes" }, { cookies });
    const liked = await blog.get("/posts/rye", { cookies });
    expect(liked.body).toMatch(/aria-pressed="true"[^>]*>.*?Like/s);
    expect(liked.body).toContain("1 like");
    expect((await blog.get("/posts/rye")).body).toMatch(/class="like-button" aria-pressed="false"/);
    await blog.post("/posts/rye/like", { isLiked: "no" }, { cookies });
    expect((await blog.get("/posts/rye", { cookies })).body).toMatch(/data-announce="0 likes"/);
  });

  it("is refused for what is not there, for words that are none, and from elsewhere", async () => {
    expect((await blog.post("/posts/draft/like", { isLiked: "yes" })).statusCode).toBe(404);
    expect((await blog.post("/posts/rye/like", { isLiked: "perhaps" })).statusCode).toBe(400);
    const elsewhere = await blog.post("/posts/rye/like", { isLiked: "yes" }, { headers: { origin: "https://evil.example" } });
    expect(elsewhere.statusCode).toBe(403);
  });
});
