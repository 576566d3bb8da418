import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { aProduct, aShelf } from "../../../tests/builders/shop.ts";

const market = await openTestApp("market");
const HOSTILE = "<script>alert(1)</script>";

beforeAll(async () => {
  const bread = await aShelf(market.db, { slug: "bread", name: "Bread" });
  const stated = { areAllergensStated: true };
  for (let n = 0; n < 30; n++)
    await aProduct(market.db, { slug: `roll-${n}`, name: `Roll ${100 + n}`, brand: n % 2 ? "Odd" : "Even", ...stated }, [bread]);
  await aProduct(
    market.db,
    { slug: "bun", name: `Bun ${HOSTILE}`, brand: `B ${HOSTILE}`, labels: ["vegan"], ...stated, contains: ["milk"] },
    [bread],
  );
});
afterAll(() => market.close());

describe("a list without scripts", () => {
  it("is narrowed by a form, and its pages follow by links that keep what is chosen", async () => {
    const { body } = await market.get("/categories/bread?brand=Even&brand=Odd");
    expect(body).toContain('<form class="facets" method="get" action="/categories/bread"');
    expect(body).toMatch(/name="brand" value="Even" checked/);
    expect(body).toContain('rel="next" href="/categories/bread?brand=Even&amp;brand=Odd&amp;page=2"');
    expect(body.match(/class="product-card/g)).toHaveLength(24);
    const second = await market.get("/categories/bread?brand=Even&brand=Odd&page=2");
    expect(second.body.match(/class="product-card/g)).toHaveLength(6);
    expect(second.body).toContain('rel="prev" href="/categories/bread?brand=Even&amp;brand=Odd"');
  });

  it("says what is chosen, each with a link that takes it away", async () => {
    const { body } = await market.get("/categories/bread?label=vegan&free=eggs");
    expect(body).toContain('href="/categories/bread?free=eggs"');
    expect(body).toContain('href="/categories/bread?label=vegan"');
    expect(body).toContain("Clear all");
  });

  it("has one address, in whatever order it was asked", async () => {
    const asked = await market.get("/categories/bread?sort=name&q=&brand=Odd&brand=Even&brand=Odd&stock=&page=1&colour=red");
    expect(asked.statusCode).toBe(302);
    expect(asked.headers.location).toBe("/categories/bread?brand=Even&brand=Odd");
    expect((await market.get("/categories/bread?brand=Even&brand=Odd")).body).toContain(
      `<link rel="canonical" href="${market.origin}/categories/bread?brand=Even&amp;brand=Odd">`,
    );
  });

  it("says what to do when nothing fits", async () => {
    expect((await market.get("/products?q=rool")).body).toContain("spelt alike");
    expect((await market.get("/categories/bread?label=vegan&free=milk")).body).toContain("Nothing fits all of that");
  });

  it("shows script in names as text", async () => {
    const { body } = await market.get("/products?q=bun");
    expect(body).not.toContain(HOSTILE);
    expect(body).toContain("Bun &lt;script&gt;");
  });

  it.each([
    "/products?page=-1",
    "/products?page=x",
    "/products?price=9",
    "/products?free=gluten",
    "/products?q=%00",
    "/products?brand[]=x",
    "/products?q=%ED%A0%80",
  ])("passes over nonsense: %s", async (path) => {
    expect([200, 302, 404]).toContain((await market.get(path)).statusCode);
  });

  it.each(["?q=a+b", "?q=a%20b", "?brand=M%26S", "?q=caf%C3%A9", "?brand=%22x%22"])("leads nobody in circles: %s", async (query) => {
    const first = await market.get(`/products${query}`);
    if (first.statusCode === 302) expect((await market.get(String(first.headers.location))).statusCode).toBe(200);
  });
});
