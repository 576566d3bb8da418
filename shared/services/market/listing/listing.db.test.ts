import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aProduct, aShelf, aSupplier } from "../../../../tests/builders/shop.ts";
import { newDatabase } from "../../../../tests/database.ts";
import type { ListingQuery } from "../../../contracts/listing.ts";
import { openDb } from "../../../infrastructure/db.ts";
import { productGroups } from "../../../models/market.ts";
import { makeMarketService } from "../index.ts";

const db = openDb(await newDatabase());
const market = makeMarketService({
  db,
  clock: { now: () => new Date("2026-11-18T12:00:00Z") },
  publicUrl: (app, path) => `https://${app}.example${path}`,
  timeZone: "Europe/London",
  locale: "en-GB",
});
const EVERYTHING: ListingQuery = {
  ...{
    shelf: null,
    words: "",
    brands: [],
    suppliers: [],
    labels: [],
    freeFrom: [],
    priceSteps: [],
    isInStock: false,
    sort: "name",
    page: 1,
  },
};
const ask = (query: Partial<ListingQuery> = {}) => market.getListing({ ...EVERYTHING, ...query });
const slugs = async (query: Partial<ListingQuery>) => (await ask(query)).products.map(({ slug }) => slug);
const counts = (facet: readonly { value: unknown; count: number }[]) => Object.fromEntries(facet.map(({ value, count }) => [value, count]));

beforeAll(async () => {
  const sauces = await aShelf(db, { slug: "sauces", name: "Sauces", position: 1 });
  const oven = await aShelf(db, { slug: "bread", name: "Bread", position: 2 });
  const dairy = await aSupplier(db, { slug: "dairy", name: "The Dairy" });
  const mill = await aSupplier(db, { slug: "mill", name: "The Mill" });
  const stated = { areAllergensStated: true };
  await aProduct(db, { slug: "pesto", name: "Pesto", brand: "Green", supplierId: dairy, priceMinor: 450, ...stated, contains: ["milk"] }, [
    sauces,
  ]);
  await aProduct(
    db,
    {
      slug: "vegan-pesto",
      name: "Vegan pesto",
      brand: "Green",
      supplierId: mill,
      priceMinor: 550,
      ...stated,
      mayContain: ["nuts"],
      labels: ["vegan"],
    },
    [sauces],
  );
  await aProduct(
    db,
    { slug: "ketchup", name: "ketchup", brand: "Red", supplierId: mill, priceMinor: 150, ...stated, labels: ["vegan"], stock: 0 },
    [sauces],
  );
  await aProduct(db, { slug: "mystery", name: "Mystery sauce", brand: "Red", supplierId: dairy, priceMinor: 2500 }, [sauces]);
  const [group] = await db.insert(productGroups).values({ slug: "oats", name: "Oats" }).returning();
  if (!group) throw new Error("no group");
  const oats = { groupId: group.id, supplierId: mill, brand: "Mill" };
  await aProduct(db, { slug: "oats-1", name: "Oats", ...oats, variantName: "1 kg", priceMinor: 300, stock: 0 }, [oven]);
  await aProduct(db, { slug: "oats-5", name: "Oats", ...oats, variantName: "5 kg", priceMinor: 1200, isLead: false }, [oven]);
});
afterAll(() => db.close());

describe("a list", () => {
  it("shows one card for a group, with the cheapest pack", async () => {
    const list = await ask();
    expect(list.products.map(({ slug }) => slug)).toEqual(["ketchup", "mystery", "oats-1", "pesto", "vegan-pesto"]);
    expect(list.total).toBe(5);
    expect(list.products[2]).toMatchObject({ packs: { count: 2, fromMinor: 300, isAvailable: true } });
    expect(list.products[3]).toMatchObject({ packs: null });
    expect(list.shelves.map(({ slug, count }) => [slug, count])).toEqual([
      ["sauces", 4],
      ["bread", 1],
    ]);
  });

  it.each([
    [{ shelf: "sauces", labels: ["vegan"] }, ["ketchup", "vegan-pesto"]],
    [{ isInStock: true }, ["mystery", "oats-1", "pesto", "vegan-pesto"]],
    [{ brands: ["Green", "Mill"] }, ["oats-1", "pesto", "vegan-pesto"]],
    [{ suppliers: ["dairy"], priceSteps: [1] }, ["pesto"]],
    [{ priceSteps: [0, 4] }, ["ketchup", "mystery"]],
    [{ sort: "price" }, ["ketchup", "oats-1", "pesto", "vegan-pesto", "mystery"]],
    [{ words: "pesto" }, ["pesto", "vegan-pesto"]],
    [{ shelf: "hats" }, []],
    [{ page: 2 }, []],
  ] satisfies [Partial<ListingQuery>, string[]][])("of %o is %o", async (query, expected) => {
    expect(await slugs(query)).toEqual(expected);
  });

  it("offers as free from something only what somebody stated whole, traces counted", async () => {
    expect(await slugs({ freeFrom: ["milk"] })).toEqual(["ketchup", "vegan-pesto"]);
    expect(await slugs({ freeFrom: ["milk", "nuts"] })).toEqual(["ketchup"]);
    expect(counts((await ask()).freeFrom)).toMatchObject({ milk: 2, nuts: 2, fish: 3 });
  });

  it("has nothing to say of what waits to be looked at anew", async () => {
    await db.execute(sql`insert into shelf_stale select id from products where slug = 'ketchup'`);
    expect(await slugs({ freeFrom: ["milk"] })).toEqual(["vegan-pesto"]);
    expect(await slugs({ labels: ["vegan"] })).toEqual(["vegan-pesto"]);
    await db.execute(sql`delete from shelf_stale`);
  });

  it("says what other names there are for words that nothing fits", async () => {
    expect(await ask({ words: "ketchp" })).toMatchObject({ total: 0, likeNames: ["ketchup"] });
  });

  it.each(["' or 1=1 --", "\0", "%", "((", "a".repeat(5_000), "\u{d800}"])("takes %j for words", async (words) => {
    expect((await ask({ words })).paging.page).toBe(1);
  });
});

describe("counts", () => {
  it("of brands, suppliers and prices leave out what is chosen there, and heed everything else", async () => {
    const list = await ask({ shelf: "sauces", brands: ["Green"], priceSteps: [1] });
    expect(list.total).toBe(1);
    expect(counts(list.brands)).toEqual({ Green: 1 });
    expect(counts((await ask({ shelf: "sauces", brands: ["Green"] })).brands)).toEqual({ Green: 2, Red: 2 });
    expect(counts(list.priceSteps)).toEqual({ 0: 0, 1: 1, 2: 1, 3: 0, 4: 0 });
    expect(counts(list.suppliers)).toEqual({ dairy: 1 });
  });

  it("of labels are of what is left", async () => {
    expect(counts((await ask({ brands: ["Green"] })).labels)).toEqual({ vegan: 1, vegetarian: 1 });
  });

  it("keep what is chosen in sight when nothing of it is left", async () => {
    const { brands } = await ask({ words: "oats", brands: ["Green"] });
    expect(brands.find(({ value }) => value === "Green")).toEqual({ value: "Green", name: "Green", count: 0, isChosen: true });
  });
});
