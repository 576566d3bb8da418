import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { relations } from "../market/relations/index.ts";
import type { ProductId } from "../shared/models/ids.ts";
import { categoryParents, products } from "../shared/models/market.ts";
import { shelfStale } from "../shared/models/shelf-entries.ts";
import { commands } from "../shared/services/shelf/commands.ts";
import { openTestRelations, type TestRelations } from "./builders/relations.ts";
import { aProduct, aShelf } from "./builders/shop.ts";

interface Entry {
  labels: string[];
  allergens: string[];
  shelves: string[];
}

describe("what lists choose by", () => {
  let market: TestRelations;
  let ids: ProductId[];
  let pesto: ProductId;

  beforeAll(async () => {
    market = await openTestRelations(relations);
    const [food, sauces, garden] = await Promise.all(["food", "sauces", "garden"].map((slug) => aShelf(market.db, { slug })));
    if (!food || !sauces || !garden) throw new Error("no shelves");
    await market.db.insert(categoryParents).values({ categoryId: sauces, parentId: food });
    const of = (slug: string, more: object, shelf = sauces) => aProduct(market.db, { slug, areAllergensStated: true, ...more }, [shelf]);
    pesto = await of("pesto", { recipe: ["basil", "parmesan"], isRecipeWhole: true });
    ids = [
      pesto,
      await of("cashew-pesto", { recipe: ["basil", "cashew"], isRecipeWhole: true, labels: ["organic"], mayContain: ["sesame"] }),
      await of("chilli-sauce", { recipe: ["chilli"] }),
      await of("denied", { recipe: ["basil"], isRecipeWhole: true }, food),
      await of("herbs", { labels: ["vegan"], contains: ["celery"] }, garden),
      await of("nameless", { areAllergensStated: false }),
    ];
    await market.state(`made_from(parmesan, milk_solids). made_from(milk_solids, milk). allergen_of(milk_solids, milk). of_animal(milk).
      allergen_of(cashew, nuts). category_label("category:${garden}", organic). category_label("category:${food}", fair_trade).
      denied_label("product:${ids[3]}", vegan). denied_label("product:${ids[4]}", vegetarian). contains("product:${ids[2]}", cashew).
      allergen("product:${ids[4]}", nuts). label("product:${ids[5]}", "gluten-free"). broader("category:${garden}", "category:${food}").`);
    market.store.start();
  });
  afterAll(() => market.close());

  async function entryOf(id: ProductId): Promise<Entry | undefined> {
    const { rows } = await market.db.execute<Entry & Record<string, unknown>>(sql`
      select labels, allergens, array(select 'category:' || n from unnest(category_ids) n order by 1) as shelves from shelf_entries
      join shelf_foods on shelf_foods.id = food_id join shelf_sections on shelf_sections.id = section_id where product_id = ${id}`);
    return rows[0];
  }

  async function rulesOf(id: ProductId): Promise<Entry> {
    const ask = async (relation: string) => (await market.after(relation, `product:${id}`)).sort();
    return { labels: await ask("label"), allergens: await ask("allergen"), shelves: await ask("category") };
  }

  /** The exporter writes a moment after the change. */
  const agree = () =>
    vi.waitFor(async () => {
      for (const id of ids) expect(await entryOf(id)).toEqual(await rulesOf(id));
    }, 8_000);

  it("is what the rules say of every product", { timeout: 20_000 }, async () => {
    await agree();
    expect(await entryOf(pesto)).toMatchObject({ labels: ["fair_trade"], allergens: ["milk"] });
  });

  it("follows one line of a recipe at once", async () => {
    await market.db
      .update(products)
      .set({ recipe: ["basil"] })
      .where(eq(products.id, pesto));
    expect(await entryOf(pesto)).toEqual({ ...(await rulesOf(pesto)), labels: ["fair_trade", "vegan", "vegetarian"], allergens: [] });
  });

  it("follows what is learnt of an ingredient and of a shelf, and what is taken back", { timeout: 20_000 }, async () => {
    await market.state("allergen_of(chilli, sulphites). of_animal(cashew).");
    await market.takeBack("allergen_of(cashew, nuts).");
    await market.db.delete(categoryParents);
    await agree();
    expect(await entryOf(ids[1] ?? pesto)).toMatchObject({ labels: ["organic"], allergens: ["sesame"] });
  });

  it("waits in a queue when it touches too many products, and is made anew by the timetable", { timeout: 20_000 }, async () => {
    await market.db.execute(sql`insert into products (slug, name, supplier_id, pack_amount, pack_unit, price_minor, vat_class, recipe)
      select 'many-' || n, 'Many', supplier_id, 1, 'g', 1, 'zero', array['rue'] from products, generate_series(1, 600) n where id = ${pesto}`);
    await market.state("allergen_of(rue, celery).");
    await vi.waitFor(async () => expect(await market.db.$count(shelfStale)).toBe(600), 8_000);
    while ((await market.db.transaction((tx) => commands.refreshStale(tx))) > 0);
    expect(await market.db.$count(shelfStale)).toBe(0);
    const [one] = await market.db.select({ id: products.id }).from(products).where(eq(products.slug, "many-7"));
    expect(await entryOf(one?.id ?? pesto)).toMatchObject({ allergens: ["celery"] });
  });
});
