import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { aDraft, aMember, aPost, aTag } from "../../../tests/builders/publication.ts";
import { aProduct } from "../../../tests/builders/shop.ts";

const blog = await openTestApp("blog");
const HOSTILE = "<script>alert(1)</script>";

beforeAll(async () => {
  const ada = await aMember(blog.db, { handle: "ada", name: `Ada ${HOSTILE}` });
  const oven = await aTag(blog.db, { slug: "oven", name: `Oven ${HOSTILE}` });
  const rye = await aProduct(blog.db, { slug: "rye" });
  const day = (n: number) => ({ publishedAt: new Date(Date.UTC(2026, 9, n)) });
  await aPost(blog.db, { slug: "first", title: `First ${HOSTILE}`, ...day(1) });
  await aPost(
    blog.db,
    { slug: "middle", title: `Middle ${HOSTILE}`, excerpt: `In short ${HOSTILE}`, html: "<p>Two <em>hands</em>.</p>", ...day(2) },
    { authors: [ada], tags: [oven], products: [rye] },
  );
  await aPost(blog.db, { slug: "last", ...day(3) });
  await aDraft(blog.db, { slug: "draft", title: "Unfinished" });
});
afterAll(() => blog.close());

describe("a post", () => {
  it("is an article with its text, its author, its tags and its neighbours", async () => {
    const page = await blog.get("/posts/middle");
    expect(page.statusCode).toBe(200);
    expect(page.body).toMatch(/<title>Middle .* · Blog · Rose Ash<\/title>/);
    expect(page.body.match(/<h1/g)).toHaveLength(1);
    expect(page.body).toContain("<p>Two <em>hands</em>.</p>");
    expect(page.body).toContain(`<link rel="canonical" href="${blog.origin}/posts/middle">`);
    expect(page.body).toContain(`href="${blog.origin}/tags/oven"`);
    expect(page.body).toContain(`href="${blog.origin}/posts/first" rel="next"`);
    expect(page.body).toContain(`href="${blog.origin}/posts/last" rel="prev"`);
  });

  it("says where the shop is while its product cards can't be had", async () => {
    expect((await blog.get("/posts/middle")).body).toContain("The shop is not answering");
    expect((await blog.get("/posts/last")).body).not.toContain("On the shelf");
  });

  it("shows script in title, excerpt, author and tag as text", async () => {
    const { body } = await blog.get("/posts/middle");
    expect(body).not.toContain(HOSTILE);
    for (const field of ["Middle", "In short", "Ada", "Oven", "First"]) expect(body).toContain(`${field} &lt;script&gt;`);
  });

  it.each(["draft", "nothing", "Middle", "%00", "a%2Fb", `${"a".repeat(300)}`])("is not found at /posts/%s", async (slug) => {
    const page = await blog.get(`/posts/${slug}`);
    expect(page.statusCode).toBe(404);
    expect(page.body).toContain("<h1");
  });

  it("answers programs with a problem", async () => {
    const answer = await blog.get("/posts/nothing", { headers: { accept: "application/json" } });
    expect(answer.statusCode).toBe(404);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
  });
});
