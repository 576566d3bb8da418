import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { aDraft, aMember, aPost, aTag } from "../../../tests/builders/publication.ts";

const blog = await openTestApp("blog");
const HOSTILE = "<script>alert(1)</script>";

beforeAll(async () => {
  const ada = await aMember(blog.db, { handle: "ada", name: `Ada ${HOSTILE}` });
  const bread = await aTag(blog.db, { slug: "bread", name: `Bread ${HOSTILE}`, description: HOSTILE });
  await aTag(blog.db, { slug: "unused", name: "Unused" });
  for (let day = 1; day <= 10; day++) {
    const words = { title: `Day ${day} ${HOSTILE}`, excerpt: HOSTILE };
    await aPost(
      blog.db,
      { slug: `day-${day}`, ...words, publishedAt: new Date(Date.UTC(2026, 9, day)) },
      { authors: [ada], tags: [bread] },
    );
  }
  await aDraft(blog.db, { slug: "draft", title: "Unfinished" });
});
afterAll(() => blog.close());

describe("the home of the blog", () => {
  it("shows the newest posts, one heading of the first level, and a way to older ones", async () => {
    const page = await blog.get("/");
    expect(page.statusCode).toBe(200);
    expect(page.body).toMatch(/<title>From the house · Blog · Rose Ash<\/title>/);
    expect(page.body.match(/<h1/g)).toHaveLength(1);
    expect(page.body).toContain(`href="${blog.origin}/posts/day-10"`);
    expect(page.body).not.toContain(`href="${blog.origin}/posts/day-1"`);
    expect(page.body).toContain('href="/?page=2"');
    expect(page.body).not.toContain("Unfinished");
  });

  it("goes on at ?page=2 and ends there", async () => {
    const second = await blog.get("/?page=2");
    expect(second.body).toContain(`href="${blog.origin}/posts/day-1"`);
    expect(second.body).toMatch(/rel="prev" href="\/"/);
    expect((await blog.get("/?page=3")).statusCode).toBe(404);
    expect((await blog.get("/?page=0")).statusCode).toBe(400);
    expect((await blog.get("/?page=1e99")).statusCode).toBe(400);
  });

  it("says where the calendar is while it does not answer", async () => {
    expect((await blog.get("/")).body).toContain("The calendar is not answering");
  });

  it.each(["/", "/?page=2", "/tags/bread"])("shows script in names as text at %s", async (path) => {
    const { body } = await blog.get(path);
    expect(body).not.toContain(HOSTILE);
    expect(body).toContain("&lt;script&gt;");
  });
});

describe("a tag", () => {
  it("lists its posts in pages", async () => {
    const page = await blog.get("/tags/bread");
    expect(page.statusCode).toBe(200);
    expect(page.body).toMatch(/<title>Bread .* · Blog · Rose Ash<\/title>/);
    expect(page.body).toContain('href="/tags/bread?page=2"');
    expect((await blog.get("/tags/bread?page=2")).body).toContain(`href="${blog.origin}/posts/day-1"`);
    expect((await blog.get("/tags/bread?page=3")).statusCode).toBe(404);
  });

  it("says so when nothing is written about it, and is not found when it does not exist", async () => {
    expect((await blog.get("/tags/unused")).body).toContain("Nothing is written about this yet");
    expect((await blog.get("/tags/hats")).statusCode).toBe(404);
    expect((await blog.get("/tags/%00")).statusCode).toBe(404);
  });
});
