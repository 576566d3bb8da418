import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { aProduct, aShelf } from "../../../tests/builders/shop.ts";

const market = await openTestApp("market");
const HOSTILE = "<script>alert(1)</script>";

beforeAll(async () => {
  const bread = await aShelf(market.db, { slug: "bread", name: `Bread ${HOSTILE}`, description: `Baked ${HOSTILE}` });
  await aShelf(market.db, { slug: "fish", name: "Fish" });
  await aProduct(market.db, { slug: "rye", name: `Rye ${HOSTILE}`, brand: `Oven ${HOSTILE}`, labels: [`vegan ${HOSTILE}`] }, [bread]);
  await aProduct(market.db, { slug: "bun", name: "Bun", stock: 0 }, [bread]);
});
afterAll(() => market.close());

describe("the shop front", () => {
  it("shows the shelves and what is new, each to be put into the cart from this very host", async () => {
    const page = await market.get("/");
    expect(page.statusCode).toBe(200);
    expect(page.body).toMatch(/<title>The shop · Market · Rose Ash<\/title>/);
    expect(page.body.match(/<h1/g)).toHaveLength(1);
    expect(page.body).toContain(`href="${market.origin}/categories/bread"`);
    expect(page.body).toContain(`href="${market.origin}/products/rye"`);
    expect(page.body).toMatch(/<form method="post" action="\/cart\/lines"[^>]*>\s*<input type="hidden" name="product" value="rye">/);
  });

  it("asks the database for what all see alike once, until the shop changes", async () => {
    const listPlaces = vi.spyOn(market.app.services.places, "listPlaces");
    const headers = { cookie: "rose_session=of-nobody" };
    for (let visit = 0; visit < 3; visit++) expect((await market.get("/", { headers })).statusCode).toBe(200);
    expect(listPlaces).not.toHaveBeenCalled();
    await aShelf(market.db, { slug: "tea", name: "Tea" });
    await market.app.runtime.cache.purgeTags(["shop"]);
    expect((await market.get("/", { headers })).body).toContain(`href="${market.origin}/categories/tea"`);
    expect(listPlaces).toHaveBeenCalledOnce();
  });

  it("offers nothing that is sold out", async () => {
    const { body } = await market.get("/");
    expect(body).toContain("Sold out");
    expect(body).not.toContain('name="product" value="bun"');
  });

  it.each(["/", "/categories/bread"])("shows script in names as text at %s", async (path) => {
    const { body } = await market.get(path);
    expect(body).not.toContain(HOSTILE);
    for (const field of ["Bread", "Baked", "Rye", "Oven", "Vegan"]) expect(body).toContain(`${field} &lt;script&gt;`);
  });
});

describe("a shelf", () => {
  it("lists its products, and marks itself among the shelves", async () => {
    const page = await market.get("/categories/bread");
    expect(page.statusCode).toBe(200);
    expect(page.body).toMatch(/<title>Bread .* · Market · Rose Ash<\/title>/);
    expect(page.body).toContain(`href="${market.origin}/categories/bread" aria-current="page"`);
    expect(page.body).toContain(`href="${market.origin}/products/bun"`);
    expect(page.body).toContain('name="next" value="/categories/bread"');
  });

  it("says so when it is empty", async () => {
    expect((await market.get("/categories/fish")).body).toContain("This shelf is empty");
  });

  it.each(["hats", "Bread", "%00"])("is not found at /categories/%s", async (slug) => {
    expect((await market.get(`/categories/${slug}`)).statusCode).toBe(404);
  });
});
