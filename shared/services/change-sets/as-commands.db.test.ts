import { and, asc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aMember } from "../../../tests/builders/publication.ts";
import { aProduct, aShelf, aSupplier } from "../../../tests/builders/shop.ts";
import { newDatabase } from "../../../tests/database.ts";
import type { ProductChangePlan } from "../../contracts/change-sets.ts";
import type { SomeProductFields } from "../../contracts/product-fields.ts";
import { openDb } from "../../infrastructure/db.ts";
import { applyChanges } from "../../infrastructure/jobs/index.ts";
import { apActivities, apActivityHandlings } from "../../models/federation.ts";
import type { CategoryId, ProductId, UserId } from "../../models/ids.ts";
import { productCategories, products } from "../../models/market.ts";
import { priceRules } from "../../models/price-rules.ts";
import { productChanges, productOverrides, productSources } from "../../models/product-history.ts";
import { commands } from "../shelf/commands.ts";
import { settleProduct } from "../shelf/settle.ts";
import { makeChangeSetsService } from "./index.ts";

// Changes of many products are made by a statement for all of them. What the commands of the shelf make of one after another is the
// oracle: the same plans, of two products that are alike, come to the same.
const db = openDb(await newDatabase());
const sets = makeChangeSetsService({
  ...{ db, clock: { now: () => new Date() }, timeZone: "Europe/London", locale: "en-GB" },
  publicUrl: (app, path) => `https://${app}.example${path}`,
});
const NUTRITION = {
  ...{
    energyKj: 1500,
    fatMg: 30_000,
    saturatesMg: 20_000,
    carbohydrateMg: 100,
    sugarsMg: 100,
    fibreMg: 0,
    proteinMg: 20_000,
    saltMg: 1800,
  },
};
const REASON = "Spring prices";
let ada: UserId;
let supplierId: number;
let [cheese, blue] = [0 as CategoryId, 0 as CategoryId];
let made = 0;
beforeAll(async () => {
  ada = await aMember(db, { handle: "ada" });
  supplierId = await aSupplier(db);
  cheese = await aShelf(db, { slug: "cheese", name: "Cheese" });
  blue = await aShelf(db, { slug: "blue", name: "Blue" });
  await db.insert(priceRules).values({ position: 1, categoryId: blue, addPermille: 300, rounding: "five" });
});
afterAll(() => db.close());

type EditPlan = Extract<ProductChangePlan, { kind: "edit" }>;
type HeardPlan = Extract<ProductChangePlan, { kind: "heard" }>;

/** Two of a kind, of which staff say a price and the supplier an origin. */
async function twins(): Promise<[ProductId, ProductId]> {
  made += 1;
  const one = async (which: string) => {
    const fields = {
      ...{ slug: `twin-${made}-${which}`, name: `Twin ${made}`, brand: "Old Dairy", supplierId, priceMinor: 400, costMinor: 250, stock: 3 },
      ...{ areAllergensStated: true, contains: ["milk" as const], nutrition: NUTRITION },
    };
    const id = await aProduct(db, fields, [cheese]);
    await db.transaction(async (tx) => {
      const seenAt = new Date("2026-01-01T00:00:00Z");
      await commands.recordSource(tx, { productId: id, supplierId, sku: `T-${made}-${which}`, fields: { origin: "Kent" }, seenAt });
      const [row] = await tx.select({ revision: products.revision }).from(products).where(eq(products.id, id));
      const edit = { id, revision: row?.revision ?? 0, set: { priceMinor: 380 }, follow: [], place: {}, reason: "an offer", by: ada };
      await commands.editProduct(tx, edit);
    });
    return id;
  };
  return [await one("a"), await one("b")];
}

async function byCommands(id: ProductId, what: Partial<EditPlan> | { said: SomeProductFields; stock?: number } | null): Promise<void> {
  await db.transaction(async (tx) => {
    const by = ada;
    if (what === null) return void (await settleProduct(tx, id, { userId: by, reason: REASON }));
    const stock = what.stock ?? null;
    if ("said" in what) {
      const record = { productId: id, supplierId, sku: skuOf(id), fields: { origin: "Kent", ...what.said }, seenAt: new Date() };
      await commands.recordSource(tx, { ...record, takenOver: { by, reason: REASON } });
    } else {
      const { set = {}, follow = [], addTo = [], takeFrom = [] } = what as Partial<EditPlan>;
      const [row] = await tx.select({ revision: products.revision }).from(products).where(eq(products.id, id));
      const place = { categoryIds: [cheese, ...addTo].filter((shelf) => !takeFrom.includes(shelf)) };
      await commands.editProduct(tx, { id, revision: row?.revision ?? 0, set, follow, place, reason: REASON, by });
    }
    if (stock !== null) await commands.takeStock(tx, { id, counted: stock, reason: REASON, by });
  });
}

const skus = new Map<ProductId, string>();
function skuOf(id: ProductId): string {
  return skus.get(id) ?? expect.fail("no number");
}

async function bySet(plans: readonly ProductChangePlan[]): Promise<readonly string[]> {
  const head = { kind: "bulk" as const, title: "A change", by: ada, details: {} };
  const proposals = plans.map((plan, at) => ({ line: at + 1, name: "One of them", plan }));
  const id = await db.transaction((tx) => sets.draft(tx, head, proposals));
  await db.transaction((tx) => sets.start(tx, id, { reason: REASON, withHeld: false, by: ada }));
  await applyChanges({ changeSets: sets, transaction: (work) => db.transaction(work) }, id);
  return (await sets.getSet(id, null, 1)).lines.map(({ state }) => state);
}

/** All that is kept about a product, but for what two of a kind differ in. */
async function traces(id: ProductId) {
  const [row] = await db.select().from(products).where(eq(products.id, id));
  if (!row) throw new Error("no product");
  const { id: _id, slug: _slug, revision: _revision, createdAt: _createdAt, updatedAt: _updatedAt, ...fields } = row;
  const changes = await db.select().from(productChanges).where(eq(productChanges.productId, id)).orderBy(asc(productChanges.id));
  const overrides = await db.select().from(productOverrides).where(eq(productOverrides.productId, id)).orderBy(productOverrides.field);
  const sources = await db.select({ fields: productSources.fields }).from(productSources).where(eq(productSources.productId, id));
  const shelves = await db.select({ id: productCategories.categoryId }).from(productCategories).where(eq(productCategories.productId, id));
  const { rows: entries } = await db.execute(sql`select price_minor, is_available from shelf_entries where product_id = ${id}`);
  return {
    ...{ fields, sources, entries, shelves: shelves.map((shelf) => shelf.id).sort((a, b) => a - b) },
    changes: changes.map(({ field, before, after, reason, userId, sourceId }) => ({
      field,
      before,
      after,
      reason,
      userId,
      isTheirs: sourceId !== null,
    })),
    overrides: overrides.map(({ field, value, userId, reason }) => ({ field, value, userId, reason })),
  };
}

const edits: readonly [string, Partial<EditPlan>][] = [
  ["a field", { set: { name: "Blue cheese" } }],
  [
    "several fields, one to nothing and one to what is not known",
    { set: { brand: "", allergens: null, labels: ["vegan"], nutrition: null } },
  ],
  ["a price and shelves", { set: { priceMinor: 420 }, addTo: [0 as CategoryId], takeFrom: [0 as CategoryId] }],
  ["what the supplier says is believed again, so that a rule makes the price", { follow: ["priceMinor"], addTo: [0 as CategoryId] }],
  ["stock", { stock: 12 }],
  ["stock and a field", { set: { origin: "Sussex" }, stock: 0 }],
  ["it goes off sale", { set: { isOnSale: false } }],
];

describe("a change of many", () => {
  it("comes to what the commands of the shelf make of it one by one", async () => {
    const pairs: [ProductId, ProductId][] = [];
    const plans: ProductChangePlan[] = [];
    for (const [, wish] of edits) {
      const pair = await twins();
      const what = { ...wish, ...(wish.addTo ? { addTo: [blue] } : {}), ...(wish.takeFrom ? { takeFrom: [cheese] } : {}) };
      pairs.push(pair);
      await byCommands(pair[0], what);
      plans.push({ kind: "edit", productId: pair[1], set: {}, follow: [], addTo: [], takeFrom: [], stock: null, ...what });
    }
    for (const heard of [{ said: { costMinor: 300, ingredients: "Milk" } }, { said: { priceMinor: 500 }, stock: 9 }]) {
      const pair = await twins();
      pairs.push(pair);
      for (const [at, id] of pair.entries()) skus.set(id, `T-${made}-${at === 0 ? "a" : "b"}`);
      await byCommands(pair[0], heard);
      plans.push({ kind: "heard", productId: pair[1], supplierId, sku: skuOf(pair[1]), addTo: [], stock: null, ...heard } as HeardPlan);
    }
    expect(new Set(await bySet(plans))).toEqual(new Set(["applied"]));
    for (const [at, [one, other]] of pairs.entries()) expect(await traces(other), edits[at]?.[0] ?? "heard").toEqual(await traces(one));
  });

  it("is told of once for each product, with all that changed, to whoever is subscribed", async () => {
    const [one, other] = await twins();
    await db.delete(apActivities);
    const plan = { kind: "edit" as const, follow: [], addTo: [blue], takeFrom: [] };
    await bySet([
      { ...plan, productId: one, set: { brand: "Mill" }, stock: 5 },
      { ...plan, productId: other, set: { brand: "Mill" }, stock: null },
    ]);
    const told = await db.select().from(apActivities).orderBy(asc(apActivities.id));
    expect(told.map(({ type, objectId, details, visibility, actorId }) => ({ type, objectId, details, visibility, actorId }))).toEqual([
      {
        ...{ type: "Update", objectId: String(one), visibility: "internal", actorId: ada },
        details: { fields: "shelves brand", stockBefore: 3, stock: 5 },
      },
      { ...{ type: "Update", objectId: String(other), visibility: "internal", actorId: ada }, details: { fields: "shelves brand" } },
    ]);
    const ofOne = and(eq(apActivityHandlings.objectType, "Product"), eq(apActivityHandlings.objectId, String(one)));
    expect(
      (await db.select({ handler: apActivityHandlings.handler }).from(apActivityHandlings).where(ofOne))
        .map(({ handler }) => handler)
        .sort(),
    ).toEqual(["market.tell-of-price", "market.tell-of-stock"]);
  });

  it("leaves a product on the shelf that a list names, whatever others it is to leave", async () => {
    const [one] = await twins();
    const plan = { kind: "edit" as const, productId: one, set: {}, follow: [], stock: null };
    expect(await bySet([{ ...plan, addTo: [cheese], takeFrom: [cheese, blue] }])).toEqual(["same"]);
    expect(await bySet([{ ...plan, addTo: [blue], takeFrom: [cheese, blue] }])).toEqual(["applied"]);
    expect((await traces(one)).shelves).toEqual([blue]);
  });

  it("gives new things with one name an address each, and of two that ask for one address the first has it", async () => {
    const said = { name: "Oat biscuits", packAmount: 200, packUnit: "g" as const, priceMinor: 250, vatClass: "standard" as const };
    const fresh = (sku: string | null, slug: string | null): ProductChangePlan => ({
      kind: "new",
      supplierId,
      sku,
      slug,
      said,
      addTo: [cheese],
      stock: 4,
    });
    const states = await bySet([
      fresh("N-1", null),
      fresh("N-2", null),
      fresh(null, "oat-biscuits-2"),
      fresh(null, "oats"),
      fresh(null, "oats"),
    ]);
    expect(states).toEqual(["applied", "applied", "applied", "applied", "conflict"]);
    const rows = await db.select().from(products).where(eq(products.name, "Oat biscuits")).orderBy(asc(products.id));
    expect(rows.map(({ slug }) => slug).sort()).toEqual(["oat-biscuits", "oat-biscuits-2", "oat-biscuits-3", "oats"]);
    const [first] = rows;
    expect(await traces(first?.id ?? expect.fail())).toMatchObject({
      fields: { stock: 4, priceMinor: 250 },
      ...{ shelves: [cheese], sources: [{ fields: said }], overrides: [], entries: [{ price_minor: 250 }] },
      changes: [{ field: "priceMinor", before: null, after: 250, userId: ada }],
    });
  });
});
