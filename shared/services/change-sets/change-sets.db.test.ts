import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aMember } from "../../../tests/builders/publication.ts";
import { aProduct, aShelf, aSupplier } from "../../../tests/builders/shop.ts";
import { newDatabase } from "../../../tests/database.ts";
import type { ProductChangePlan, Proposal } from "../../contracts/change-sets.ts";
import { openDb } from "../../infrastructure/db.ts";
import { applyChanges } from "../../infrastructure/jobs/index.ts";
import type { CategoryId, ChangeSetId, ProductId, UserId } from "../../models/ids.ts";
import { productCategories, products } from "../../models/market.ts";
import { priceRules } from "../../models/price-rules.ts";
import { productChanges, productOverrides, productSources } from "../../models/product-history.ts";
import { commands } from "../shelf/commands.ts";
import { makeChangeSetsService } from "./index.ts";

const db = openDb(await newDatabase());
const deps = {
  db,
  clock: { now: () => new Date() },
  publicUrl: (app: string, path: string) => `https://${app}.example${path}`,
  timeZone: "Europe/London",
  locale: "en-GB",
};
const sets = makeChangeSetsService(deps);
let ada: UserId;
let supplierId: number;
let shelf: CategoryId;
let made = 0;
beforeAll(async () => {
  ada = await aMember(db, { handle: "ada" });
  supplierId = await aSupplier(db);
  shelf = await aShelf(db, { slug: "cheese", name: "Cheese" });
});
afterAll(() => db.close());

const product = (fields: object = {}) => aProduct(db, { slug: `p-${++made}`, supplierId, priceMinor: 400, ...fields });
const edit = (productId: ProductId, what: Partial<Extract<ProductChangePlan, { kind: "edit" }>>): ProductChangePlan => ({
  ...{ kind: "edit", productId, set: {}, follow: [], addTo: [], takeFrom: [], stock: null, ...what },
});
const heard = (productId: ProductId, sku: string, said: object, stock: number | null = null): ProductChangePlan => ({
  ...{ kind: "heard", productId, supplierId, sku, said, addTo: [], stock },
});
const draft = (plans: readonly Proposal["plan"][], kind: "bulk" | "list" = "bulk") =>
  db.transaction((tx) =>
    sets.draft(
      tx,
      { kind, title: "A change", by: ada, details: {} },
      plans.map((plan, at) => ({ line: at + 1, name: "From a list", plan })),
    ),
  );
async function apply(id: ChangeSetId, withHeld = false) {
  await db.transaction((tx) => sets.start(tx, id, { reason: "Spring prices", withHeld, by: ada }));
  await applyChanges({ changeSets: sets, transaction: (work) => db.transaction(work) }, id);
  return linesOf(id);
}
const linesOf = async (id: ChangeSetId) => (await sets.getSet(id, null, 1)).lines;
async function rowOf(id: ProductId) {
  const [row] = await db.select().from(products).where(eq(products.id, id));
  if (!row) throw new Error("no product");
  return row;
}

describe("changes of many products", () => {
  it("are shown before they are made, and then made as they were shown, in the history with the reason", async () => {
    const [one, other] = [await product(), await product()];
    const id = await draft([edit(one, { set: { priceMinor: 420 }, addTo: [shelf] }), edit(other, { set: { priceMinor: 400 } })]);
    expect(await linesOf(id)).toMatchObject([
      {
        ...{ line: 1, state: "changed" },
        changes: [
          { field: "priceMinor", before: 400, after: 420 },
          { field: "shelves", before: [], after: ["Cheese"] },
        ],
      },
      { line: 2, state: "same", changes: [] },
    ]);
    expect(await rowOf(one)).toMatchObject({ priceMinor: 400 });
    expect((await apply(id)).map(({ state }) => state)).toEqual(["applied", "same"]);
    expect(await rowOf(one)).toMatchObject({ priceMinor: 420 });
    expect(await db.$count(productCategories, eq(productCategories.productId, one))).toBe(1);
    const changes = await db.select().from(productChanges).where(eq(productChanges.productId, one));
    expect(changes.map(({ field, reason, userId }) => [field, reason, userId])).toEqual([
      ["shelves", "Spring prices", ada],
      ["priceMinor", "Spring prices", ada],
    ]);
    expect((await sets.getSet(id, null, 1)).set).toMatchObject({ state: "done", counts: { applied: 1, same: 1 } });
  });

  it("overrule nobody who changed a product meanwhile: the line says so, and can be looked at anew", async () => {
    const [late, fine] = [await product(), await product()];
    const id = await draft([edit(late, { set: { priceMinor: 500 } }), edit(fine, { set: { priceMinor: 500 } })]);
    await db.transaction((tx) =>
      commands.editProduct(tx, { id: late, revision: 1, set: { priceMinor: 390 }, follow: [], place: {}, reason: "x", by: ada }),
    );
    expect((await apply(id)).map(({ state, note }) => [state, note])).toEqual([
      ["conflict", "Somebody changed it meanwhile."],
      ["applied", ""],
    ]);
    expect(await rowOf(late)).toMatchObject({ priceMinor: 390 });
    const rest = await db.transaction((tx) => sets.draftRest(tx, id, ada));
    if (rest === null) throw new Error("nothing was left");
    expect(await linesOf(rest)).toMatchObject([{ state: "changed", changes: [{ field: "priceMinor", before: 390, after: 500 }] }]);
    await apply(rest);
    expect(await rowOf(late)).toMatchObject({ priceMinor: 500 });
  });

  it("stop where the stock is another one than was shown, and where a rule would now make another price", async () => {
    const [sold, priced] = [await product({ stock: 9 }), await product({ costMinor: 200 })];
    const id = await draft([edit(sold, { stock: 12 }), edit(priced, { set: { vatClass: "standard" } })]);
    await db.transaction((tx) => commands.takeStock(tx, { id: sold, counted: 7, reason: "sold", by: ada }));
    await db.insert(priceRules).values({ position: 1, supplierId, addPermille: 500, rounding: "five" });
    expect((await apply(id)).map(({ state }) => state)).toEqual(["conflict", "conflict"]);
    expect([await rowOf(sold), await rowOf(priced)]).toMatchObject([{ stock: 7 }, { priceMinor: 400, vatClass: "zero" }]);
    await db.delete(priceRules);
  });

  it("are begun once, and by nobody after they were thrown away", async () => {
    const id = await draft([edit(await product(), { set: { priceMinor: 1 } })]);
    const go = { reason: "x", withHeld: false, by: ada };
    expect(await db.transaction((tx) => sets.discard(tx, id))).toBe("discarded");
    expect(await db.transaction((tx) => sets.start(tx, id, go))).toBe("late");
    const twice = await draft([edit(await product(), { set: { priceMinor: 1 } })]);
    expect(await db.transaction((tx) => sets.start(tx, twice, go))).toBe("started");
    expect(await db.transaction((tx) => sets.start(tx, twice, go))).toBe("late");
    expect(await db.transaction((tx) => sets.discard(tx, twice))).toBe("late");
  });

  it("are made once, however many are at it, and go on where somebody was cut off", async () => {
    const ids = await Promise.all(Array.from({ length: 70 }, () => product()));
    const id = await draft(ids.map((one) => edit(one, { set: { priceMinor: 401 } })));
    await db.transaction((tx) => sets.start(tx, id, { reason: "x", withHeld: false, by: ada }));
    expect(await db.transaction((tx) => sets.applySome(tx, id, 50))).toBe("more");
    const parts = {
      changeSets: sets,
      transaction: <T>(work: (tx: Parameters<Parameters<typeof db.transaction>[0]>[0]) => Promise<T>) => db.transaction(work),
    };
    await Promise.all([applyChanges(parts, id), applyChanges(parts, id)]);
    await applyChanges(parts, id);
    expect((await sets.getSet(id, null, 1)).set.counts).toMatchObject({ applied: 70, changed: 0 });
    for (const one of ids.slice(0, 3)) expect(await db.$count(productChanges, eq(productChanges.productId, one))).toBe(1);
  });

  it("leave out what can't be written, and make the rest", async () => {
    const [bad, good] = [await product(), await product()];
    const id = await draft([
      edit(bad, { set: { priceMinor: 410 } }),
      edit(bad, { set: { priceMinor: 420 } }),
      edit(good, { set: { priceMinor: 430 } }),
    ]);
    await db.transaction((tx) => sets.start(tx, id, { reason: "x", withHeld: false, by: ada }));
    await expect(applyChanges({ changeSets: sets, transaction: (work) => db.transaction(work) }, id)).resolves.toBeUndefined();
    expect((await linesOf(id)).map(({ state }) => state)).toEqual(["applied", "conflict", "applied"]);
    expect(await rowOf(good)).toMatchObject({ priceMinor: 430 });
  });
});

describe("a supplier's list", () => {
  it("is what the supplier says, beside what they said before of other fields and what staff say instead", async () => {
    const id = await product();
    await db.transaction((tx) =>
      commands.recordSource(tx, {
        productId: id,
        supplierId,
        sku: "L-1",
        fields: { priceMinor: 400, origin: "Kent" },
        seenAt: new Date(0),
      }),
    );
    const { revision } = await rowOf(id);
    await db.transaction((tx) =>
      commands.editProduct(tx, { id, revision, set: { priceMinor: 350 }, follow: [], place: {}, reason: "an offer", by: ada }),
    );
    const set = await draft([heard(id, "L-1", { priceMinor: 450, costMinor: 300 })], "list");
    expect(await linesOf(set)).toMatchObject([
      { state: "changed", note: "overruled priceMinor", changes: [{ field: "costMinor", before: null, after: 300 }] },
    ]);
    await apply(set);
    expect(await rowOf(id)).toMatchObject({ priceMinor: 350, costMinor: 300, origin: "Kent" });
    const [source] = await db.select().from(productSources).where(eq(productSources.productId, id));
    expect(source?.fields).toEqual({ priceMinor: 450, costMinor: 300, origin: "Kent" });
    expect(await db.$count(productOverrides, eq(productOverrides.productId, id))).toBe(1);
    expect(await linesOf(await draft([heard(id, "L-1", { priceMinor: 450, costMinor: 300 })], "list"))).toMatchObject([{ state: "same" }]);
  });

  it("of another supplier is kept as theirs, changes nothing that holds, and promises nothing", async () => {
    const other = await aSupplier(db, { slug: "other-dairy", name: "Other Dairy" });
    const id = await product();
    const own = { productId: id, supplierId, sku: "O-1", fields: { priceMinor: 400, origin: "Kent" }, seenAt: new Date(0) };
    await db.transaction((tx) => commands.recordSource(tx, own));
    const theirs = { ...heard(id, "B-9", { priceMinor: 450 }, 77), supplierId: other, addTo: [shelf] } as ProductChangePlan;
    const set = await draft([theirs], "list");
    expect(await linesOf(set)).toMatchObject([{ state: "changed", note: "others", changes: [] }]);
    expect((await apply(set)).map(({ state }) => state)).toEqual(["applied"]);
    expect(await rowOf(id)).toMatchObject({ priceMinor: 400, origin: "Kent", supplierId });
    expect((await rowOf(id)).stock).not.toBe(77);
    expect(await db.$count(productCategories, eq(productCategories.productId, id))).toBe(0);
    const [source] = await db.select().from(productSources).where(eq(productSources.sku, "B-9"));
    expect(source).toMatchObject({ supplierId: other, fields: { priceMinor: 450 } });
    expect(source?.fields).not.toHaveProperty("origin");
    expect(await linesOf(await draft([theirs], "list"))).toMatchObject([{ state: "same" }]);
  });

  it("has prices of nought, prices far from what they were and new things without stock held, until somebody means it", async () => {
    const [nought, dear, cheap] = [await product(), await product(), await product()];
    const said = { name: "Leek", packAmount: 1, packUnit: "piece" as const, priceMinor: 90, vatClass: "zero" as const };
    const fresh = (sku: string, stock: number | null): ProductChangePlan => ({
      kind: "new",
      supplierId,
      sku,
      slug: null,
      said,
      addTo: [],
      stock,
    });
    const set = await draft(
      [
        heard(nought, "H-1", { priceMinor: 0 }),
        heard(dear, "H-2", { priceMinor: 4000 }),
        heard(cheap, "H-3", { priceMinor: 40 }),
        ...[fresh("H-4", null), fresh("H-5", 0), fresh("H-6", 4)],
        ...[{ ...fresh("H-7", 3), said: { name: "Nameless" } } as ProductChangePlan],
      ],
      "list",
    );
    const lines = await linesOf(set);
    expect(lines.map(({ state }) => state)).toEqual(["held", "held", "held", "held", "held", "new", "refused"]);
    expect(lines[1]?.note).toBe("Its price would be 10 times what it was.");
    expect(lines[6]?.note).toBe("missing packAmount packUnit priceMinor vatClass");
    const after = await apply(set);
    expect(after.map(({ state }) => state)).toEqual(["held", "held", "held", "held", "held", "applied", "refused"]);
    expect(await rowOf(nought)).toMatchObject({ priceMinor: 400 });
    const leek = after[5]?.productId;
    if (!leek) throw new Error("no leek");
    expect(await rowOf(leek)).toMatchObject({ slug: "leek", stock: 4 });
    const rest = await db.transaction((tx) => sets.draftRest(tx, set, ada));
    if (rest === null) throw new Error("nothing was left");
    expect((await apply(rest, true)).map(({ state }) => state)).toEqual(Array(5).fill("applied"));
    expect(await rowOf(nought)).toMatchObject({ priceMinor: 0 });
    expect(await db.$count(products, eq(products.name, "Leek"))).toBe(3);
  });

  it("gives a new thing the price that a rule makes of its cost, and follows the cost at once", async () => {
    await db.insert(priceRules).values({ position: 1, categoryId: shelf, addPermille: 300, rounding: "five" });
    const said = { name: "Blue", packAmount: 200, packUnit: "g" as const, costMinor: 210, vatClass: "zero" as const };
    const set = await draft([{ kind: "new", supplierId, sku: "R-1", slug: "blue", said, addTo: [shelf], stock: 5 }], "list");
    const [line] = await linesOf(set);
    expect(line?.changes).toContainEqual({ field: "priceMinor", before: null, after: 275 });
    const [done] = await apply(set);
    if (!done?.productId) throw new Error("no blue");
    expect(await rowOf(done.productId)).toMatchObject({ priceMinor: 275, costMinor: 210 });
    const [source] = await db.select().from(productSources).where(eq(productSources.productId, done.productId));
    expect(source?.fields).not.toHaveProperty("priceMinor");
    await apply(await draft([heard(done.productId, "R-1", { costMinor: 230 })], "list"));
    expect(await rowOf(done.productId)).toMatchObject({ priceMinor: 300 });
    const changes = await db.select().from(productChanges).where(eq(productChanges.productId, done.productId));
    expect(changes.at(-1)).toMatchObject({ reason: "Spring prices: cost 2.30 + 30 % of Cheese, rounded up to .05" });
    await db.delete(priceRules);
  });
});
