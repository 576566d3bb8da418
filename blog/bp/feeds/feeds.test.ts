import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { aDraft, aMember, aPost, aTag } from "../../../tests/builders/publication.ts";
import { allOf, readXml, textOf } from "../../../tests/builders/xml.ts";

const blog = await openTestApp("blog");
const HOSTILE = `]]> & <script>alert("1")</script> \u0008'`;
const SECRET = "for-bakers-alone";
const URL = `${blog.origin}/posts/rye`;

beforeAll(async () => {
  const ada = await aMember(blog.db, { handle: "ada", name: `Ada ${HOSTILE}` });
  const bread = await aTag(blog.db, { slug: "bread", name: "Bread & cakes", description: HOSTILE });
  const todo = await aTag(blog.db, { slug: "todo", name: "#todo", isInternal: true });
  const html = `<p><a href="/posts/other">Other</a><a href="#fn-1">1</a><a href="//evil.example">x</a> &amp; <img src="/media/a.svg" alt="" srcset="/media/a.avif 600w, /media/b.avif 1200w"></p>`;
  const words = { title: `Rye ${HOSTILE}`, excerpt: HOSTILE, html, publishedAt: new Date("2026-10-02T09:00:00Z") };
  const updatedAt = new Date("2026-10-05T09:00:00Z");
  await aPost(blog.db, { slug: "rye", ...words, updatedAt, language: "cy" }, { authors: [ada], tags: [bread, todo] });
  const guarded = { audience: "bakers", html: SECRET, plaintext: SECRET, publishedAt: new Date("2026-10-01T09:00:00Z"), updatedAt };
  await aPost(blog.db, { slug: "guarded", title: "For bakers", excerpt: "In short.", ...guarded }, { authors: [ada], tags: [bread] });
  await aDraft(blog.db, { slug: "draft", title: SECRET }, { authors: [ada], tags: [bread] });
});
afterAll(() => blog.close());

const PLACES = ["", "/tags/bread", "/authors/ada"];

describe.each(PLACES)("the feeds of %j", (place) => {
  it("are well-formed RSS 2.0 with whole texts and whole addresses", async () => {
    const answer = await blog.get(`${place}/feed.xml`);
    expect(answer.headers["content-type"]).toBe("application/rss+xml; charset=utf-8");
    const root = readXml(answer.body);
    expect([root.name, root.attributes["version"]]).toEqual(["rss", "2.0"]);
    const [channel = expect.fail("no channel")] = root.children;
    for (const name of ["title", "link", "description", "lastBuildDate"]) expect(textOf(channel, name)).not.toBe("");
    expect(allOf(channel, "atom:link")[0]?.attributes).toMatchObject({ rel: "self", href: `${blog.origin}${place}/feed.xml` });
    const [rye = expect.fail("no item"), guarded = expect.fail("no second")] = allOf(channel, "item");
    expect(textOf(rye, "title")).toBe(`Rye ${HOSTILE.replace("\u0008", "")}`);
    expect([textOf(rye, "link"), textOf(rye, "guid")]).toEqual([URL, URL]);
    expect(new Date(textOf(rye, "pubDate"))).toEqual(new Date("2026-10-02T09:00:00Z"));
    const html = textOf(rye, "content:encoded");
    expect(html).toContain(`href="${blog.origin}/posts/other"`);
    expect(html).toContain(`href="${URL}#fn-1"`);
    expect(html).toContain(`src="${blog.origin}/media/a.svg"`);
    expect(html).toContain(`srcset="${blog.origin}/media/a.avif 600w, ${blog.origin}/media/b.avif 1200w"`);
    expect(html).toContain('href="//evil.example"');
    expect(allOf(rye, "category").map(({ text }) => text)).toEqual(["Bread & cakes"]);
    expect(guarded.children.map(({ name }) => name)).not.toContain("content:encoded");
    expect(answer.body).not.toContain(SECRET);
  });

  it("are well-formed Atom with what RFC 4287 asks of feeds and entries", async () => {
    const answer = await blog.get(`${place}/feed.atom`);
    expect(answer.headers["content-type"]).toBe("application/atom+xml; charset=utf-8");
    const feed = readXml(answer.body);
    expect([feed.name, feed.attributes["xmlns"]]).toEqual(["feed", "http://www.w3.org/2005/Atom"]);
    for (const name of ["id", "title", "updated"]) expect(textOf(feed, name)).not.toBe("");
    expect(textOf(feed, "updated")).toBe("2026-10-05T09:00:00.000Z");
    const entries = allOf(feed, "entry");
    for (const entry of entries) {
      for (const name of ["id", "title", "updated", "published", "summary"]) expect(textOf(entry, name)).toEqual(expect.anything());
      expect(allOf(entry, "author").length).toBeGreaterThan(0);
    }
    expect(entries[0]?.attributes).toEqual({ "xml:lang": "cy" });
    expect(answer.body).not.toContain(SECRET);
  });

  it("are JSON Feed 1.1", async () => {
    const answer = await blog.get(`${place}/feed.json`);
    expect(answer.headers["content-type"]).toBe("application/feed+json; charset=utf-8");
    const feed = answer.json();
    expect(feed).toMatchObject({ version: "https://jsonfeed.org/version/1.1", feed_url: `${blog.origin}${place}/feed.json` });
    const [rye, guarded] = feed.items;
    expect(rye).toMatchObject({ id: URL, url: URL, language: "cy", date_published: "2026-10-02T09:00:00.000Z", tags: ["Bread & cakes"] });
    expect(rye.content_html).toContain(`${blog.origin}/posts/other`);
    expect(guarded).toMatchObject({ content_text: "In short." });
    expect(guarded).not.toHaveProperty("content_html");
    expect(answer.body).not.toContain(SECRET);
  });

  it.each(["feed.xml", "feed.atom", "feed.json"])("are not sent again to whoever has them: %s", async (file) => {
    const first = await blog.get(`${place}/${file}`);
    const etag = String(first.headers["etag"]);
    const again = await blog.get(`${place}/${file}`, { headers: { "if-none-match": `"old", W/${etag}` } });
    expect([again.statusCode, again.body, again.headers["etag"]]).toEqual([304, "", etag]);
    expect((await blog.get(`${place}/${file}`, { headers: { "if-none-match": '"old"' } })).statusCode).toBe(200);
  });

  it("are named in the head of their page", async () => {
    const { body } = await blog.get(place === "" ? "/" : place);
    expect(body).toMatch(new RegExp(`<link rel="alternate" type="application/rss\\+xml" title="[^"]*" href="${place}/feed.xml">`));
  });
});

it.each(["/feed.csv", "/tags/todo/feed.xml", "/tags/hats/feed.xml", "/authors/nobody/feed.json", "/feed.xml/more"])(
  "is no feed: %s",
  async (path) => {
    expect((await blog.get(path)).statusCode).toBe(404);
  },
);
