import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { aMenuItem, aPage } from "../../../tests/builders/publication.ts";

const blog = await openTestApp("blog");
const HOSTILE = "<script>alert(1)</script>";

beforeAll(async () => {
  const about = await aPage(blog.db, { path: "about", title: `About ${HOSTILE}`, summary: `Who ${HOSTILE}` });
  await aPage(blog.db, { path: "about/oven", parentId: about, title: `Oven ${HOSTILE}`, summary: `Hot ${HOSTILE}` });
  await aMenuItem(blog.db, { menu: "primary", label: `Us ${HOSTILE}`, pageId: about, position: 1 });
  await aMenuItem(blog.db, { menu: "footer", label: `Imprint ${HOSTILE}`, url: "/imprint", position: 1 });
});
afterAll(() => blog.close());

describe("a standing page", () => {
  it("shows its text and the pages below", async () => {
    const page = await blog.get("/about");
    expect(page.statusCode).toBe(200);
    expect(page.body).toMatch(/<title>About .* · Blog · Rose Ash<\/title>/);
    expect(page.body.match(/<h1/g)).toHaveLength(1);
    expect(page.body).toContain("<p>We bake.</p>");
    expect(page.body).toContain(`href="${blog.origin}/about/oven"`);
  });

  it("shows the way to it", async () => {
    const { body } = await blog.get("/about/oven");
    const trail = /<nav class="breadcrumb".*?<\/nav>/s.exec(body)?.[0] ?? "";
    expect(trail).toContain(`href="${blog.origin}/about"`);
    expect(trail).toMatch(/aria-current="page">Oven/);
  });

  it.each(["/about/", "/About", "/ABOUT//"])("redirects %s to the one address", async (path) => {
    const page = await blog.get(path);
    expect(page.statusCode).toBe(301);
    expect(page.headers.location).toBe("/about");
  });

  it.each(["/nowhere", "/nowhere/", "/about//oven", "//evil.example/", "/about/%00", "/about/..%2f", "/posts", `/${"a/".repeat(2000)}`])(
    "is not found at %s",
    async (path) => {
      expect((await blog.get(path)).statusCode).toBe(404);
    },
  );

  it("shows script in title, summary and the titles below as text, and in the frame's menus", async () => {
    const { body } = await blog.get("/about");
    expect(body).not.toContain(HOSTILE);
    for (const field of ["About", "Who", "Oven", "Hot", "Us", "Imprint"]) expect(body).toContain(`${field} &lt;script&gt;`);
  });
});

describe("the frame's navigation", () => {
  it("holds the editors' menu with the pages below each", async () => {
    const { body } = await blog.get("/");
    const menu = /<details class="pages".*?<\/details>/s.exec(body)?.[0] ?? "";
    expect(menu).toContain(`href="${blog.origin}/about"`);
    expect(menu).toContain(`href="${blog.origin}/about/oven"`);
    expect(/<footer.*<\/footer>/s.exec(body)?.[0]).toContain(`href="${blog.origin}/imprint"`);
  });

  it("is for other services only", async () => {
    expect((await blog.get("/internal/fragments/nav-tree")).statusCode).toBe(404);
  });
});
