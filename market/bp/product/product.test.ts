import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { aProduct, aShelf, aSupplier } from "../../../tests/builders/shop.ts";

const market = await openTestApp("market");
const HOSTILE = "<script>alert(1)</script>";

beforeAll(async () => {
  const bread = await aShelf(market.db, { slug: "bread", name: `Bread ${HOSTILE}` });
  const supplierId = await aSupplier(market.db, {
    slug: "oven",
    name: `Oven ${HOSTILE}`,
    place: `Otley ${HOSTILE}`,
    description: `Hot ${HOSTILE}`,
  });
  const stated = { areAllergensStated: true, contains: ["cereals-containing-gluten" as const], mayContain: ["nuts" as const] };
  const words = { name: `Rye ${HOSTILE}`, brand: `Brand ${HOSTILE}`, description: `Dense ${HOSTILE}`, labels: [`organic ${HOSTILE}`] };
  const more = { ingredients: `Flour ${HOSTILE}`, origin: `Yorkshire ${HOSTILE}`, packAmount: 800, priceMinor: 420, stock: 3 };
  await aProduct(market.db, { slug: "rye", supplierId, ...stated, ...words, ...more }, [bread]);
  await aProduct(market.db, { slug: "jam", name: "Jam" }, [bread]);
  await aProduct(market.db, { slug: "water", name: "Water", areAllergensStated: true, stock: 0 });
});
afterAll(() => market.close());

describe("a product", () => {
  it("shows price, unit price, pack, stock and the way to it", async () => {
    const page = await market.get("/products/rye");
    expect(page.statusCode).toBe(200);
    expect(page.body).toMatch(/<title>Rye .* · Market · Rose Ash<\/title>/);
    expect(page.body.match(/<h1/g)).toHaveLength(1);
    for (const words of ["£4.20", "£5.25/kg", "800 g", "Only 3 left"]) expect(page.body).toContain(words);
    expect(page.body).toMatch(/class="breadcrumb".*href="http:[^"]*\/categories\/bread"/s);
  });

  it("is put into the cart by a form to the host the page is on, which leads back", async () => {
    const { body } = await market.get("/products/rye");
    const form = /<form method="post" action="\/cart\/lines".*?<\/form>/s.exec(body)?.[0] ?? "";
    expect(form).toContain('name="product" value="rye"');
    expect(form).toContain('name="next" value="/products/rye"');
    expect(form).toMatch(/type="number" name="quantity" value="1"/);
  });

  it("says in words what it contains and may contain", async () => {
    const { body } = await market.get("/products/rye");
    expect(body).toMatch(/Contains<\/span> cereals containing gluten/);
    expect(body).toMatch(/May contain<\/span> nuts/);
  });

  it("never calls free from anything what nobody has stated", async () => {
    const { body } = await market.get("/products/jam");
    expect(body).toContain("Nobody has told us");
    expect(body).toContain("never means that it is free from them");
    expect(body).not.toContain("None of the fourteen");
    expect((await market.get("/products/water")).body).toContain("None of the fourteen");
  });

  it("that is sold out comes with what can take its place: of its shelf, in stock, and without an allergen more", async () => {
    const buns = await aShelf(market.db, { slug: "buns", name: "Buns" });
    const stated = { areAllergensStated: true, contains: ["milk" as const], labels: ["vegetarian"] };
    await aProduct(market.db, { slug: "saffron-bun", name: "Saffron bun", ...stated, stock: 0 }, [buns]);
    await aProduct(market.db, { slug: "plain-bun", name: "Plain bun", ...stated }, [buns]);
    await aProduct(market.db, { slug: "nut-bun", name: "Nut bun", ...stated, contains: ["milk", "nuts"] }, [buns]);
    await aProduct(market.db, { slug: "unknown-bun", name: "Unknown bun", labels: ["vegetarian"] }, [buns]);
    const [, section = ""] = /aria-labelledby="instead">(.*?)<\/section>/s.exec((await market.get("/products/saffron-bun")).body) ?? [];
    expect(section).toContain("Plain bun");
    expect(section).not.toContain("Nut bun");
    expect(section).not.toContain("Unknown bun");
    expect((await market.get("/products/plain-bun")).body).not.toContain('aria-labelledby="instead"');
  });

  it("can't be bought when it is sold out", async () => {
    const { body } = await market.get("/products/water");
    expect(body).toContain("Sold out for now");
    expect(body).not.toContain('name="product" value="water"');
  });

  it("shows script in every field as text", async () => {
    const { body } = await market.get("/products/rye");
    expect(body).not.toContain(HOSTILE);
    const fields = ["Rye", "Brand", "Dense", "Organic", "Flour", "Yorkshire", "Oven", "Otley", "Hot", "Bread"];
    for (const field of fields) expect(body).toContain(`${field} &lt;script&gt;`);
  });

  it.each(["hat", "Rye", "%00"])("is not found at /products/%s", async (slug) => {
    expect((await market.get(`/products/${slug}`)).statusCode).toBe(404);
  });
});
