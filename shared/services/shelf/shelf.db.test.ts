import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aMember } from "../../../tests/builders/publication.ts";
import { aProduct, aShelf, aSupplier } from "../../../tests/builders/shop.ts";
import { newDatabase } from "../../../tests/database.ts";
import { productFields } from "../../contracts/product-fields.ts";
import type { NewProduct, ProductEdit } from "../../contracts/shelf.ts";
import { openDb } from "../../infrastructure/db.ts";
import { apActivities } from "../../models/federation.ts";
import type { ProductId, UserId } from "../../models/ids.ts";
import { productGroups, products } from "../../models/market.ts";
import { shelfEntries, shelfFoods } from "../../models/shelf-entries.ts";
import { makeShelfService } from "./index.ts";

const db = openDb(await newDatabase());
const shelf = makeShelfService({
  db,
  clock: { now: () => new Date() },
  publicUrl: (app, path) => `https://${app}.example${path}`,
  timeZone: "Europe/London",
  locale: "en-GB",
});
const FIELDS: NewProduct["fields"] = {
  ...{ name: "Rye", brand: "Oven", description: "", packAmount: 800, packUnit: "g", priceMinor: 420, vatClass: "zero" },
  ...{ ingredients: "RYE.", allergens: { contains: ["cereals-containing-gluten"], mayContain: [] }, labels: ["vegan"], origin: "" },
};
let ada: UserId;
let supplierId: number;
beforeAll(async () => {
  ada = await aMember(db, { handle: "ada" });
  supplierId = await aSupplier(db);
});
afterAll(() => db.close());

async function create(slug: string, fields: Partial<NewProduct["fields"]> = {}): Promise<ProductId> {
  const product = { slug, supplierId, fields: { ...FIELDS, ...fields }, stock: 3, categoryIds: [], by: ada };
  const id = await db.transaction((tx) => shelf.createProduct(tx, product));
  if (id === null) throw new Error("the slug is taken");
  return id;
}
const edit = (id: ProductId, change: Partial<ProductEdit>) =>
  db.transaction((tx) => shelf.editProduct(tx, { id, revision: 1, set: {}, follow: [], place: {}, reason: "", by: ada, ...change }));
const heard = (id: ProductId, sku: string, fields: object, seenAt = new Date()) =>
  db.transaction((tx) => shelf.recordSource(tx, { productId: id, supplierId, sku, fields, seenAt }));
async function rowOf(id: ProductId) {
  const [row] = await db.select().from(products).where(eq(products.id, id));
  if (!row) throw new Error("no such product");
  return row;
}

describe("what is said of a product", () => {
  it("is what the supplier says, until staff say otherwise, field by field, and again when they no longer do", async () => {
    const id = await create("said");
    expect(await heard(id, "S-1", { priceMinor: 450, origin: "Yorkshire" })).toEqual(["priceMinor", "origin"]);
    const { revision } = await rowOf(id);
    expect(await edit(id, { revision, set: { priceMinor: 399 }, reason: "a week's offer" })).toEqual({
      kind: "saved",
      changed: ["priceMinor"],
    });
    expect(await heard(id, "S-1", { priceMinor: 470, origin: "Kent" })).toEqual(["origin"]);
    const { fields } = await shelf.getForEditing(id);
    expect(fields.find(({ field }) => field === "priceMinor")).toMatchObject({
      value: 399,
      supplier: { value: 470, name: "The Old Dairy" },
      override: { value: 399, reason: "a week's offer" },
    });
    const now = await rowOf(id);
    expect(await edit(id, { revision: now.revision, follow: ["priceMinor"] })).toEqual({ kind: "saved", changed: ["priceMinor"] });
    expect(await rowOf(id)).toMatchObject({ priceMinor: 470, origin: "Kent", name: "Rye" });
    const prices = (await shelf.listChanges(id)).filter(({ field }) => field === "priceMinor");
    expect(prices.map(({ before, after }) => [before, after])).toEqual([
      [399, 470],
      [450, 399],
      [420, 450],
      [null, 420],
    ]);
    expect(prices.map(({ by }) => by === "The Old Dairy")).toEqual([false, false, true, false]);
  });

  it("is told once, to whoever cares, and not at all when nothing changes", async () => {
    const id = await create("told");
    await heard(id, "T-1", { priceMinor: 430 });
    expect(await heard(id, "T-1", { priceMinor: 430 })).toEqual([]);
    const told = await db
      .select({ type: apActivities.type, details: apActivities.details })
      .from(apActivities)
      .where(eq(apActivities.objectId, String(id)));
    expect(told).toEqual([
      { type: "Create", details: { slug: "told" } },
      { type: "Update", details: { fields: "priceMinor" } },
    ]);
  });

  it("is refused to whoever edits what somebody else changed meanwhile; of two at once one wins", async () => {
    const id = await create("edited");
    const both = await Promise.all([edit(id, { set: { name: "Rye One" } }), edit(id, { set: { name: "Rye Two" } })]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(["conflict", "saved"]);
    expect(await edit(0 as ProductId, {})).toEqual({ kind: "gone" });
  });

  it("can be that allergens are not known, whatever the supplier says", async () => {
    const id = await create("unknown");
    await heard(id, "U-1", { allergens: { contains: [], mayContain: [] } });
    const { revision } = await rowOf(id);
    await edit(id, { revision, set: { allergens: null }, reason: "their list is of another year" });
    expect(await rowOf(id)).toMatchObject({ areAllergensStated: false, contains: [], mayContain: [] });
    const entries = await db
      .select({ isStated: shelfFoods.isStated })
      .from(shelfEntries)
      .innerJoin(shelfFoods, eq(shelfFoods.id, shelfEntries.foodId))
      .where(eq(shelfEntries.productId, id));
    expect(entries.map(({ isStated }) => isStated)).toEqual([false]);
  });

  it("is a text also where it looks like a number", async () => {
    const id = await create("digits");
    await edit(id, { set: { name: "1984", brand: "365", gtin: "96385074" }, reason: "as printed" });
    expect(await rowOf(id)).toMatchObject({ name: "1984", brand: "365", gtin: "96385074" });
    await heard(id, "D-1", { name: "Nineteen", gtin: "5010019640161" });
    expect(await rowOf(id)).toMatchObject({ name: "1984", gtin: "96385074" });
    expect((await shelf.listChanges(id)).find(({ field }) => field === "brand")).toMatchObject({ before: "Oven", after: "365" });
  });

  it("never has a members' price that is not below the price", async () => {
    const id = await create("members", { membersPriceMinor: 400 });
    await heard(id, "M-1", { priceMinor: 390 });
    expect(await rowOf(id)).toMatchObject({ priceMinor: 390, membersPriceMinor: null });
  });

  it("is not taken back by an older record that comes late", async () => {
    const id = await create("late");
    await heard(id, "L-1", { priceMinor: 500 }, new Date("2026-05-02T10:00:00Z"));
    expect(await heard(id, "L-1", { priceMinor: 100 }, new Date("2026-05-01T10:00:00Z"))).toEqual([]);
  });

  it.each([
    { priceMinor: -1 },
    { priceMinor: 1.5 },
    { priceMinor: 10_000_000 },
    { gtin: "5010019640160" },
    { labels: ["<b>"] },
    { name: "" },
    { colour: "red" },
  ])("is refused when it is nonsense: %o", async (fields) => {
    const id = await rowId("told");
    await expect(heard(id, "N-1", fields)).rejects.toThrow();
  });

  it("takes a number of a packet only with its check digit", () => {
    expect(productFields.shape.gtin.safeParse("5010019640161").success).toBe(true);
    expect(productFields.shape.gtin.safeParse("96385074").success).toBe(true);
  });
});

describe("a stock", () => {
  it("is what was counted, with who counted it in the history", async () => {
    const id = await create("counted");
    await db.transaction((tx) => shelf.takeStock(tx, { id, counted: 9, reason: "Friday's count", by: ada }));
    expect(await rowOf(id)).toMatchObject({ stock: 9, revision: 1 });
    expect((await shelf.listChanges(id))[0]).toMatchObject({ field: "stock", before: 3, after: 9, reason: "Friday's count" });
  });
});

describe("shelves", () => {
  it("are parts of several, and never of themselves, also not by two hands at once", async () => {
    const [food, dairy, cheese] = await Promise.all(["food", "dairy", "cheese"].map((slug) => aShelf(db, { slug })));
    if (!food || !dairy || !cheese) throw new Error("no shelves");
    const put = (id: typeof food, parentIds: (typeof food)[]) => db.transaction((tx) => shelf.setParents(tx, { id, parentIds }));
    expect(await put(cheese, [dairy, food])).toBe(true);
    expect(await put(food, [food])).toBe(false);
    expect(await put(food, [cheese])).toBe(false);
    const both = await Promise.all([put(dairy, [food]), put(food, [dairy])]);
    expect(both.sort()).toEqual([false, true]);
  });
});

describe("entries of lists", () => {
  it("are one for a group, with the cheapest price and what any of it has in stock", async () => {
    const [group] = await db.insert(productGroups).values({ slug: "oats", name: "Oats" }).returning();
    if (!group) throw new Error("no group");
    const lead = await aProduct(db, { slug: "oats-1", groupId: group.id, variantName: "1 kg", priceMinor: 300, stock: 0 });
    const large = await aProduct(db, { slug: "oats-5", groupId: group.id, variantName: "5 kg", isLead: false, priceMinor: 1200, stock: 2 });
    const entries = () => db.select().from(shelfEntries).where(eq(shelfEntries.name, "oats-1"));
    expect(await entries()).toMatchObject([{ productId: lead, priceMinor: 300, isAvailable: true }]);
    await db.update(products).set({ stock: 0 }).where(eq(products.id, large));
    expect(await entries()).toMatchObject([{ isAvailable: false }]);
    await db.delete(products).where(eq(products.id, lead));
    expect(await entries()).toEqual([]);
  });
});

async function rowId(slug: string): Promise<ProductId> {
  const [row] = await db.select({ id: products.id }).from(products).where(eq(products.slug, slug));
  if (!row) throw new Error("no such product");
  return row.id;
}

describe("where a product stands and what it is a pack of", () => {
  const place = async (id: ProductId, where: ProductEdit["place"]) => edit(id, { revision: (await rowOf(id)).revision, place: where });

  it("goes onto shelves and off them, in the history by their names, and counts as a change", async () => {
    const [id, one, two] = [await create("placed"), await aShelf(db, { slug: "one" }), await aShelf(db, { slug: "two" })];
    expect(await place(id, { categoryIds: [two, one] })).toEqual({ kind: "saved", changed: ["shelves"] });
    expect(await place(id, { categoryIds: [one, two] })).toEqual({ kind: "saved", changed: [] });
    expect(await edit(id, { revision: 1, place: { categoryIds: [] } })).toEqual({ kind: "conflict" });
    await place(id, { categoryIds: [one] });
    expect((await shelf.getForEditing(id)).categoryIds).toEqual([one]);
    expect((await shelf.listChanges(id))[0]).toMatchObject({
      ...{ field: "shelves", before: ["Shelf of one", "Shelf of two"], after: ["Shelf of one"] },
    });
  });

  it("becomes a pack of something, of which one leads at any time, and stands alone again", async () => {
    const [small, large] = [await create("small", { priceMinor: 200 }), await create("large", { priceMinor: 700 })];
    await place(small, { variant: { group: { name: "Plum jam" }, name: "small", isLead: true } });
    const { groupId } = await rowOf(small);
    if (groupId === null) throw new Error("no group");
    await place(large, { variant: { group: groupId, name: "large", isLead: true } });
    expect([(await rowOf(small)).isLead, (await rowOf(large)).isLead]).toEqual([false, true]);
    expect((await shelf.getForEditing(small)).packs).toEqual([{ id: large, name: "large" }]);
    await place(large, { variant: null });
    expect(await rowOf(small)).toMatchObject({ isLead: true, variantName: "small" });
    expect(await rowOf(large)).toMatchObject({ isLead: true, variantName: "", groupId: null });
    await place(small, { variant: null });
    expect(await db.$count(productGroups, eq(productGroups.id, groupId))).toBe(0);
  });

  it("is in no list while it is off sale, and another pack leads in its place", async () => {
    const [one, other] = [await create("lead-pack"), await create("other-pack")];
    await place(one, { variant: { group: { name: "Honey" }, name: "one", isLead: true } });
    const { groupId } = await rowOf(one);
    await place(other, { variant: groupId === null ? null : { group: groupId, name: "other", isLead: false } });
    const listed = async (id: ProductId) => (await db.$count(shelfEntries, eq(shelfEntries.productId, id))) > 0;
    expect([await listed(one), await listed(other)]).toEqual([true, false]);
    const sell = async (id: ProductId, isOnSale: boolean) =>
      edit(id, { revision: (await rowOf(id)).revision, set: { isOnSale }, reason: "A bad batch" });
    await sell(one, false);
    expect([await listed(one), await listed(other)]).toEqual([false, true]);
    expect(await rowOf(one)).toMatchObject({ isOnSale: false, forSale: 0, stock: 3 });
    await sell(other, false);
    expect([await listed(one), await listed(other)]).toEqual([false, false]);
    await sell(one, true);
    expect([await listed(one), await listed(other)]).toEqual([true, false]);
  });
});
