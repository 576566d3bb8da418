import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestRelations, quickest, type TestRelations } from "../../tests/builders/relations.ts";
import { aProduct, aShelf } from "../../tests/builders/shop.ts";
import { relations } from "./index.ts";

describe("the relations of market", () => {
  let market: TestRelations;
  let pesto: string;
  let vegan: string;
  let houmous: string;

  beforeAll(async () => {
    market = await openTestRelations(relations);
    const sauces = await aShelf(market.db, { slug: "sauces" });
    const stated = { areAllergensStated: true };
    pesto = `product:${await aProduct(market.db, { slug: "pesto", ...stated }, [sauces])}`;
    vegan = `product:${await aProduct(market.db, { slug: "vegan-pesto", ...stated, contains: ["nuts"] }, [sauces])}`;
    houmous = `product:${await aProduct(market.db, { slug: "houmous", ...stated, contains: ["sesame"] })}`;
    await market.state(`ingredients_known("${pesto}"). ingredients_known("${vegan}"). ingredients_known("${houmous}"). of_animal(milk_solids).
      contains("${pesto}", parmesan). contains("${pesto}", basil). contains("${vegan}", basil). contains("${vegan}", cashew). contains("${houmous}", tahini).
      made_from(parmesan, milk_solids). made_from(tahini, sesame). allergen_of(milk_solids, milk). allergen_of(cashew, nuts).
      allergen("${houmous}", nuts). broader("category:${sauces}", ambient). category_label(ambient, long_life).`);
  });
  afterAll(() => market.close());

  it("move allergens, labels and substitutes by one line of a recipe", async () => {
    expect(await market.after("allergen", pesto)).toEqual(["milk"]);
    expect(await market.after("label", pesto)).toEqual(["long_life"]);
    expect(await market.after("substitute", vegan)).toEqual([]);
    await market.takeBack(`contains("${pesto}", parmesan).`);
    expect(await market.after("allergen", pesto)).toEqual([]);
    expect(await market.after("label", pesto)).toEqual(["long_life", "vegan", "vegetarian"]);
    expect(await market.after("substitute", vegan)).toEqual([pesto]);
    await market.state(`contains("${pesto}", parmesan).`);
  });

  it("keep what staff state whatever the ingredients are, until they take it back", async () => {
    await market.takeBack(`contains("${houmous}", tahini).`);
    expect(await market.after("allergen", houmous)).toEqual(["nuts", "sesame"]); // sesame stands on its label
    await market.takeBack(`allergen("${houmous}", nuts).`);
    expect(await market.after("allergen", houmous)).toEqual(["sesame"]);
  });

  it("never offer in place of something what adds an allergen, lacks a diet's label, is sold out or does not tell", async () => {
    const shelf = await aShelf(market.db, { slug: "spreads" });
    const of = async (slug: string, more: object) =>
      `product:${await aProduct(market.db, { slug, areAllergensStated: true, labels: ["vegan"], ...more }, [shelf])}`;
    const wanted = await of("wanted", { contains: ["soya"], stock: 0 });
    const good = await of("good", {});
    const same = await of("same", { contains: ["soya"] });
    await of("adds-an-allergen", { contains: ["milk"] });
    await of("may-add-one", { mayContain: ["nuts"] });
    await of("lacks-the-label", { labels: [] });
    await of("sold-out", { stock: 0 });
    await of("does-not-tell", { areAllergensStated: false });
    expect(await market.after("substitute", wanted)).toEqual([good, same]);
  });

  it("give shelves their wholes, and take them away with one link", async () => {
    await market.state("broader(ambient, food).");
    expect(await market.after("category", pesto)).toEqual(["ambient", "category:1", "food"]);
    await market.takeBack("broader(ambient, food).");
    expect(await market.after("category", pesto)).toEqual(["ambient", "category:1"]);
  });
});

describe("the relations of market at size: 50,000 products on 500 shelves", () => {
  let market: TestRelations;
  beforeAll(async () => {
    market = await openTestRelations(relations);
    // lists are not looked at here, and keeping them takes its time
    await market.db.execute(`
      alter table products disable trigger keep_shelf_entries_insert; alter table product_categories disable trigger keep_shelf_entries_insert;
      insert into suppliers (slug, name) values ('dairy', 'Dairy');
      insert into categories (slug, name, position) select 'c' || n, 'C', n from generate_series(1, 500) n;
      insert into products (slug, name, supplier_id, pack_amount, pack_unit, price_minor, vat_class, stock, are_allergens_stated, contains, labels)
        select 'p' || n, 'P', 1, 1, 'g', 1, 'zero', n % 7, true, case n % 4 when 0 then array['milk'] when 1 then array['milk', 'nuts'] else '{}' end,
          case n % 3 when 0 then array['vegan', 'vegetarian'] else '{}' end from generate_series(1, 50000) n;
      insert into product_categories (product_id, category_id) select n, 1 + n % 500 from generate_series(1, 50000) n;
      insert into relation_facts (relation, arguments, asserted_by)
        select 'market.broader', jsonb_build_array('category:' || n, 'category:' || (1 + n / 8)), 'user:1' from generate_series(8, 500) n;
      analyze`);
  }, 60_000); // a busy machine takes its time over 50,000 rows
  afterAll(() => market.close());

  it("keep only shelves and ingredients whole", async () => {
    await market.after("broader", "category:500");
    const tuples = Object.fromEntries(market.store.state.relations.map(({ relation, tuples }) => [relation.name, tuples]));
    expect(tuples).toMatchObject({ broader: 999, brings: 0, of_animal_within: 0, shelf_label: 0 });
  });

  it("find what can take the place of one product within half a second", { timeout: 30_000 }, async () => {
    const instead = () => market.after("substitute", "product:40000");
    expect((await instead()).length).toBeGreaterThan(3);
    expect(await quickest(instead)).toBeLessThan(500);
  });
});
