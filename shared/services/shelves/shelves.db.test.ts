import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aPlace } from "../../../tests/builders/places.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { aProduct, aShelf } from "../../../tests/builders/shop.ts";
import { newDatabase } from "../../../tests/database.ts";
import { openDb } from "../../infrastructure/db.ts";
import { auditEntries } from "../../models/audit.ts";
import type { CategoryId, UserId } from "../../models/ids.ts";
import { categories, productCategories } from "../../models/market.ts";
import { marketPlaceRules } from "../../models/places.ts";
import { priceRules } from "../../models/price-rules.ts";
import { productChanges } from "../../models/product-history.ts";
import { makeAuditService } from "../audit/index.ts";
import { makeShelvesService } from "./index.ts";

const db = openDb(await newDatabase());
const deps = {
  db,
  clock: { now: () => new Date() },
  publicUrl: (app: string, path: string) => `https://${app}.example${path}`,
  timeZone: "Europe/London",
  locale: "en-GB",
};
const shelves = makeShelvesService(deps, { audit: makeAuditService(deps) });
let ada: UserId;
beforeAll(async () => {
  ada = await aMember(db, { handle: "ada" });
});
afterAll(() => db.close());

const save = (id: CategoryId | null, fields: { name: string; slug?: string; wholes?: readonly CategoryId[] }) =>
  db.transaction((tx) => shelves.save(tx, id, { slug: "", description: "", wholes: [], ...fields }, ada));
async function made(name: string, wholes: readonly CategoryId[] = []): Promise<CategoryId> {
  const saved = await save(null, { name, wholes });
  if (saved.kind !== "saved") throw new Error(saved.kind);
  return saved.id;
}
const order = async (names: readonly string[]) => (await shelves.listAll()).map(({ name }) => name).filter((name) => names.includes(name));

describe("the shelves of the shop", () => {
  it("are named, get an address of their name, and stand behind all others, in several wholes", async () => {
    const [larder, dairy] = [await made("Larder"), await made("Dairy")];
    const butter = await made("Crème & butter", [dairy, larder]);
    expect((await shelves.listAll()).find(({ id }) => id === butter)).toMatchObject({ slug: "creme-butter", wholes: [larder, dairy] });
    expect(await made("Larder")).not.toBe(larder);
    expect(await save(butter, { name: "Butter", slug: "larder" })).toEqual({ kind: "slug-taken", slug: "larder" });
  });

  it("lead from an old address to the new one, until another shelf has it", async () => {
    const oils = await made("Oils");
    await save(oils, { name: "Oils", slug: "oils-and-vinegars" });
    expect(await shelves.findMoved("oils")).toBe("https://market.example/categories/oils-and-vinegars");
    await save(oils, { name: "Oils", slug: "oils" });
    expect(await shelves.findMoved("oils")).toBeNull();
    await save(oils, { name: "Oils", slug: "oil" });
    await made("Oils");
    expect(await shelves.findMoved("oils")).toBeNull();
  });

  it("are never a part of themselves, and say what stands in the way", async () => {
    const cheese = await made("Cheese");
    const hard = await made("Hard cheese", [cheese]);
    const old = await made("Old cheese", [hard]);
    expect(await save(cheese, { name: "Cheese", wholes: [old] })).toEqual({ kind: "circle", names: ["Old cheese"] });
    expect(await save(cheese, { name: "Cheese", wholes: [cheese] })).toEqual({ kind: "circle", names: ["Cheese"] });
    expect((await shelves.listAll()).find(({ id }) => id === cheese)?.wholes).toEqual([]);
  });

  it("move by one step among those beside them, also where two had the same place", async () => {
    const whole = await made("Whole");
    const [a, b] = [await aShelf(db, { slug: "a", name: "A", position: 900 }), await aShelf(db, { slug: "b", name: "B", position: 900 })];
    for (const [id, name] of [
      [a, "A"],
      [b, "B"],
    ] as const)
      await save(id, { name, wholes: [whole] });
    const move = (id: CategoryId, isUp: boolean) => db.transaction((tx) => shelves.move(tx, id, { within: whole, isUp }, ada));
    await move(b, true);
    expect(await order(["A", "B"])).toEqual(["B", "A"]);
    await move(b, true); // first already
    await move(b, false);
    expect(await order(["A", "B"])).toEqual(["A", "B"]);
  });

  it("are put together with all that stands there, what hangs there and what leads there", async () => {
    const [jams, spreads] = [await made("Jams"), await made("Spreads")];
    const below = await made("Marmalade", [jams]);
    const [plum, both] = [await aProduct(db, { slug: "plum" }, [jams]), await aProduct(db, { slug: "both" }, [jams, spreads])];
    await db.insert(priceRules).values({ position: 1, categoryId: jams, addPermille: 300, rounding: "five" });
    expect(await db.transaction((tx) => shelves.merge(tx, jams, below, ada))).toBe("circle");
    expect(await db.transaction((tx) => shelves.merge(tx, jams, spreads, ada))).toBe("merged");
    const places = await db.select().from(productCategories).where(eq(productCategories.categoryId, spreads));
    expect(places.map(({ productId }) => productId).sort()).toEqual([plum, both].sort());
    expect((await shelves.listAll()).find(({ id }) => id === below)?.wholes).toEqual([spreads]);
    expect(await shelves.findMoved("jams")).toContain("/categories/spreads");
    expect(await db.select().from(priceRules)).toMatchObject([{ categoryId: spreads }]);
    const [change] = await db.select().from(productChanges).where(eq(productChanges.productId, plum));
    expect(change).toMatchObject({ field: "shelves", before: ["Jams"], after: ["Spreads"], userId: ada });
    expect(await db.transaction((tx) => shelves.remove(tx, spreads, { places: [], by: ada }))).toBe("priced");
    await db.delete(priceRules);
  });

  it("go on being sold by market places when they are put together, and are taken away only by who knows which places lose them", async () => {
    const [pears, fruit] = [await made("Pears"), await made("Fruit")];
    const [stall, hall] = [await aPlace(db, { slug: "stall" }), await aPlace(db, { slug: "hall" })];
    const rule = (placeId: typeof stall, categoryId: CategoryId, label: string | null = null) => ({ placeId, categoryId, label });
    await db.insert(marketPlaceRules).values([rule(stall, pears), rule(stall, fruit), rule(hall, pears, "organic")]);
    expect((await shelves.findRemoval(pears)).places).toMatchObject([
      { id: stall, isAll: false },
      { id: hall, isAll: true },
    ]);
    expect(await db.transaction((tx) => shelves.merge(tx, pears, fruit, ada))).toBe("merged");
    const kept = await db.select().from(marketPlaceRules).orderBy(marketPlaceRules.placeId);
    expect(kept.map(({ placeId, categoryId, label }) => [placeId, categoryId, label])).toEqual([
      [stall, fruit, null],
      [hall, fruit, "organic"],
    ]);
    const remove = (places: readonly (typeof stall)[]) => db.transaction((tx) => shelves.remove(tx, fruit, { places, by: ada }));
    expect([await remove([]), await remove([stall])]).toEqual(["sold", "sold"]);
    expect(await db.$count(marketPlaceRules)).toBe(2);
    expect(await remove([hall, stall])).toBe("removed");
    expect(await db.$count(marketPlaceRules)).toBe(0);
  });

  it("say what would come of taking one away, and keep its products and parts", async () => {
    const [tea, drinks] = [await made("Tea"), await made("Drinks")];
    const green = await made("Green tea", [tea]);
    const [sencha] = [await aProduct(db, { slug: "sencha" }, [tea]), await aProduct(db, { slug: "assam" }, [tea, drinks])];
    expect(await shelves.findRemoval(tea)).toEqual({ products: 2, onlyHere: 1, parts: ["Green tea"], priceRules: 0, places: [] });
    expect(await db.transaction((tx) => shelves.remove(tx, tea, { places: [], by: ada }))).toBe("removed");
    expect(await db.transaction((tx) => shelves.remove(tx, tea, { places: [], by: ada }))).toBe("gone");
    expect((await shelves.listAll()).find(({ id }) => id === green)?.wholes).toEqual([]);
    const [change] = await db.select().from(productChanges).where(eq(productChanges.productId, sencha));
    expect(change).toMatchObject({ field: "shelves", before: ["Tea"], after: [], reason: "“Tea” was taken away" });
    expect(await db.$count(categories, eq(categories.id, tea))).toBe(0);
    expect((await db.select().from(auditEntries)).map(({ action }) => action)).toContain("remove shelf");
  });
});
