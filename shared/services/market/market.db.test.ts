import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aProduct, aShelf, aSupplier } from "../../../tests/builders/shop.ts";
import { newDatabase } from "../../../tests/database.ts";
import { openDb } from "../../infrastructure/db.ts";
import { media } from "../../models/media.ts";
import { makeMarketService } from "./index.ts";

const db = openDb(await newDatabase());
const market = makeMarketService({
  db,
  clock: { now: () => new Date("2026-11-18T12:00:00Z") },
  publicUrl: (app, path) => `https://${app}.example${path}`,
  timeZone: "Europe/London",
  locale: "en-GB",
});
const slugsOf = (cards: readonly { slug: string }[]) => cards.map(({ slug }) => slug);
const on = (day: number) => new Date(Date.UTC(2026, 9, day));

beforeAll(async () => {
  const bread = await aShelf(db, { slug: "bread", name: "Bread", position: 2, description: "From the wood oven." });
  const breakfast = await aShelf(db, { slug: "breakfast", name: "Breakfast", position: 2 });
  const dairy = await aShelf(db, { slug: "dairy", name: "Dairy", position: 1 });
  await aShelf(db, { slug: "fish", name: "Fish", position: 3 });
  const oven = await aSupplier(db, { slug: "wood-oven", name: "The Wood Oven", place: "Otley", description: "Ours." });
  const [picture] = await db
    .insert(media)
    .values({ sha256: "ab".repeat(32), contentType: "image/svg+xml", width: 600, height: 400, byteLength: 900, alt: "A dark loaf" })
    .returning({ id: media.id });
  await aProduct(
    db,
    {
      ...{ slug: "rye-loaf", name: "Rye loaf", supplierId: oven, packAmount: 800, priceMinor: 420, createdAt: on(1), origin: "Otley" },
      ...{ areAllergensStated: true, contains: ["cereals-containing-gluten"], mayContain: ["sesame"], labels: ["vegan"] },
      ...{ description: "Dense.", ingredients: "rye, water, salt", stock: 3, pictureId: picture?.id },
    },
    [bread, breakfast],
  );
  await aProduct(db, { slug: "bun", name: "bun", packUnit: "piece", packAmount: 1, stock: 0, createdAt: on(2) }, [bread]);
  await aProduct(db, { slug: "apple-roll", name: "Apple roll", packUnit: "piece", packAmount: 4, createdAt: on(2) }, [bread]);
  await aProduct(db, { slug: "porridge", name: "Porridge oats", areAllergensStated: true, createdAt: on(3) }, [breakfast]);
  await aProduct(db, { slug: "milk", name: "Milk", packUnit: "ml", packAmount: 568, priceMinor: 110, createdAt: on(4) }, [dairy]);
});
afterAll(() => db.close());

describe("the shop front", () => {
  it("lists shelves by position, then in the order they were made, with how much stands on each", async () => {
    const { categories } = await market.getShopFront();
    expect(categories.map(({ slug, productCount }) => [slug, productCount])).toEqual([
      ["dairy", 1],
      ["bread", 3],
      ["breakfast", 2],
      ["fish", 0],
    ]);
    expect(categories[1]).toMatchObject({
      name: "Bread",
      url: "https://market.example/categories/bread",
      description: "From the wood oven.",
    });
    expect((await market.listShelves()).map(({ name }) => name)).toEqual(categories.map(({ name }) => name));
  });

  it("shows the newest products first; of one instant, the last made", async () => {
    const { newest } = await market.getShopFront();
    expect(slugsOf(newest)).toEqual(["milk", "porridge", "apple-roll", "bun", "rye-loaf"]);
  });
});

describe("a shelf", () => {
  it("says what it is", async () => {
    expect(await market.getShelf("bread")).toMatchObject({ name: "Bread", description: "From the wood oven.", wholes: [] });
  });

  it("is not found under an unknown slug", async () => {
    await expect(market.getShelf("hats")).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("a product", () => {
  it("is shown whole", async () => {
    const page = await market.getProduct("rye-loaf");
    expect(page).toMatchObject({
      description: "Dense.",
      ingredients: "rye, water, salt",
      allergens: { contains: ["cereals-containing-gluten"], mayContain: ["sesame"] },
      origin: "Otley",
      supplier: { name: "The Wood Oven", place: "Otley", description: "Ours." },
      vatClass: "zero",
      stock: 3,
      packUnit: "g",
      categories: [
        { name: "Bread", url: "https://market.example/categories/bread" },
        { name: "Breakfast", url: "https://market.example/categories/breakfast" },
      ],
    });
    expect(page.product).toEqual({
      url: "https://market.example/products/rye-loaf",
      slug: "rye-loaf",
      name: "Rye loaf",
      brand: "",
      priceMinor: 420,
      currency: "GBP",
      unitPrice: { minor: 525, per: "kg" },
      packSize: "800 g",
      membersPriceMinor: null,
      packs: null,
      labels: ["vegan"],
      picture: {
        url: `/media/ab/${"ab".repeat(32)}.svg`,
        alt: "A dark loaf",
        width: 600,
        height: 400,
        sources: [],
        focalX: 50,
        focalY: 50,
      },
      isAvailable: true,
      order: null,
      soldTo: null,
    });
  });

  it("has null allergens when nobody has stated them, and empty lists when somebody stated none", async () => {
    expect((await market.getProduct("milk")).allergens).toBeNull();
    expect((await market.getProduct("porridge")).allergens).toEqual({ contains: [], mayContain: [] });
  });

  it("is not available without stock", async () => {
    const page = await market.getProduct("bun");
    expect(page).toMatchObject({ stock: 0, product: { isAvailable: false, unitPrice: null, packSize: "each", picture: null } });
  });

  it("brings others of its shelves, each once, those in stock first, never itself", async () => {
    expect(slugsOf((await market.getProduct("rye-loaf")).alsoOnShelf)).toEqual(["apple-roll", "porridge", "bun"]);
    expect((await market.getProduct("milk")).alsoOnShelf).toEqual([]);
  });

  it("is not found under an unknown slug", async () => {
    await expect(market.getProduct("hat")).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("product cards", () => {
  it("come in the order asked for, without the unknown", async () => {
    expect(slugsOf(await market.listProductCards(["milk", "hat", "bun", "rye-loaf"]))).toEqual(["milk", "bun", "rye-loaf"]);
    expect(await market.listProductCards([])).toEqual([]);
  });
});
