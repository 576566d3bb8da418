import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { aDraft, aMember, aPage, aPost } from "../../../tests/builders/publication.ts";
import { HOSTILE_WORDS } from "../../../tests/builders/search.ts";
import { aProduct } from "../../../tests/builders/shop.ts";

const blog = await openTestApp("blog");
const HOSTILE = "<script>alert(1)</script>";
const search = (words: string, more = "") => blog.get(`/search?q=${encodeURIComponent(words)}${more}`);

beforeAll(async () => {
  const ada = await aMember(blog.db, { handle: "ada", name: `Ada Sourdough ${HOSTILE}` });
  for (let n = 1; n <= 12; n++) {
    await aPost(blog.db, { slug: `post-${n}`, title: `Sourdough ${n} ${HOSTILE}`, plaintext: `Bread ${HOSTILE}` }, { authors: [ada] });
  }
  await aPost(blog.db, { slug: "guarded", title: "Koji", plaintext: "Sourdough secretword.", audience: "coop" });
  await aDraft(blog.db, { slug: "draft", title: "Sourdough draft" });
  await aPage(blog.db, { path: "visit", title: "Sourdough walks", summary: HOSTILE });
  await aProduct(blog.db, { slug: "loaf", name: `Sourdough loaf ${HOSTILE}`, description: HOSTILE });
});
afterAll(() => blog.close());

describe("the search", () => {
  it("answers from posts, pages, products and people, with what was looked for marked", async () => {
    const { statusCode, body } = await search("sourdough");
    expect(statusCode).toBe(200);
    expect(body.match(/<h1/g)).toHaveLength(1);
    expect(body).toContain("12 posts");
    expect(body).toContain("<mark>Sourdough</mark>");
    for (const path of ["/posts/post-12", "/visit", "/authors/ada"]) expect(body).toContain(`href="${blog.origin}${path}"`);
    expect(body).toMatch(/href="http:\/\/market[^"]*\/products\/loaf"/);
    expect(body).not.toContain("draft");
  });

  it("goes on page after page", async () => {
    expect((await search("sourdough")).body).toContain('href="/search?q=sourdough&amp;page=2"');
    const second = await search("sourdough", "&page=2");
    expect(second.body.match(/class="found"/g)).toHaveLength(2);
    expect((await search("sourdough", "&page=3")).statusCode).toBe(404);
  });

  it("shows script in whatever it finds as text", async () => {
    const { body } = await search("sourdough");
    expect(body).not.toContain(HOSTILE);
    expect(body).toContain("&lt;script&gt;");
  });

  it("finds no text that is for a group", async () => {
    const { body } = await search("secretword");
    expect(body).toContain("Nothing is written about this");
    expect(body).not.toContain("guarded");
    expect((await search("koji")).body).not.toContain("secretword");
  });

  it("asks whether another word was meant", async () => {
    const { body } = await search("sourdogh");
    expect(body).toMatch(/Did you mean <a href="\/search\?q=sourdough"><b>sourdough<\/b><\/a>/);
    expect((await search("xylophone")).body).not.toContain("Did you mean");
  });

  it("says what it is for while nothing is asked", async () => {
    for (const path of ["/search", "/search?q=", "/search?q=%20", "/search?q=a&q=b"]) {
      const { statusCode, body } = await blog.get(path);
      expect([path, statusCode]).toEqual([path, 200]);
      expect(body).toContain("Looks through posts");
    }
  });

  it("is a form in the header of every page", async () => {
    const header = /<header class="site-header">.*?<\/header>/s.exec((await blog.get("/")).body)?.[0];
    expect(header).toMatch(new RegExp(`<form[^>]* role="search" method="get" action="${blog.origin}/search">`));
    expect(header).toContain('name="q"');
  });

  it("leaves out a service that can't answer", async () => {
    const failing = vi.spyOn(blog.services.market, "search").mockRejectedValue(new Error("away"));
    const { statusCode, body } = await search("sourdough");
    failing.mockRestore();
    expect(statusCode).toBe(200);
    expect(body).not.toContain("In the shop");
    expect(body).toContain("12 posts");
  });
});

const TYPED = HOSTILE_WORDS.filter((words) => words !== "\0"); // an address with NUL in it is nothing anywhere

it.each(TYPED.map((words) => [words.slice(0, 30), words]))("answers %j with a page", async (_, words) => {
  const answer = await blog.get(`/search?q=${encodeURIComponent(words.toWellFormed())}`);
  expect(answer.statusCode).toBe(200);
  expect(answer.body).not.toMatch(/<script>alert|54439/);
});

it.each(["/search?q=%ff%fe", "/search?q=%", "/search?q=%ED%A0%80", "/search?q=%00", "/search?q[]=x", "/search?q=a&page=x"])(
  "does not break at %s",
  async (path) => {
    expect((await blog.get(path)).statusCode).toBeLessThan(500);
  },
);
