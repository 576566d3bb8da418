import { openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { sql } from "drizzle-orm";

/** Products in the shop once it is filled. */
export const PRODUCTS = 50_000;

/**
 * Fills the seeded shop up to PRODUCTS: its own products again and again, each under a number of its own, from 40 suppliers with
 * five brands each, on 400 more shelves below the seeded ones; two products in three have stated allergens of their own.
 */
export async function fillMarket(databaseUrl: string): Promise<void> {
  const db = openDb(databaseUrl, 1);
  try {
    await db.execute(sql`insert into suppliers (slug, name) select 'grower-' || n, 'Grower ' || n from generate_series(1, 40) n`);
    await db.execute(sql`
      insert into categories (slug, name, position) select 'aisle-' || n, 'Aisle ' || n, 100 + n from generate_series(1, 400) n`);
    await db.execute(sql`
      insert into category_parents (category_id, parent_id)
      select aisle.id, seeded.id from categories aisle join (
        select id, row_number() over (order by id) - 1 as place, count(*) over () as number from categories where slug not like 'aisle-%'
      ) seeded on seeded.place = aisle.id % seeded.number where aisle.slug like 'aisle-%'`);
    await db.execute(sql`
      insert into products (slug, name, brand, supplier_id, description, pack_amount, pack_unit, price_minor, vat_class, ingredients,
        are_allergens_stated, contains, may_contain, labels, origin, stock, picture_id)
      select 'copy-' || n, name || ', number ' || n, 'Brand ' || n * 7 % 200, grower.id, description, pack_amount, pack_unit,
        50 + n * 37 % 3000, vat_class, ingredients, n % 3 > 0,
        case when n % 3 > 0 then (array['milk', 'nuts', 'eggs', 'soya', 'sesame', 'fish', 'mustard'])[1 + n % 5:n % 7] else '{}' end,
        case when n % 9 = 1 then array['celery'] else '{}' end,
        (array['fair-trade', 'gluten-free', 'organic', 'vegan', 'vegetarian'])[1 + n % 3:n % 6], origin, n % 9, picture_id
      from generate_series(1, ${sql.raw(String(PRODUCTS))} - (select count(*)::int from products)) n
      join (select *, row_number() over (order by id) - 1 as place, count(*) over () as number from products) seeded
        on seeded.place = n % seeded.number
      join (select id, row_number() over (order by id) - 1 as place from suppliers where slug like 'grower-%') grower on grower.place = n * 7 % 40`);
    await db.execute(sql`
      insert into product_categories (product_id, category_id)
      select p.id, aisle.id from products p
      join (select id, row_number() over (order by id) - 1 as place from categories where slug like 'aisle-%') aisle on aisle.place = p.id * 31 % 400
      where p.slug like 'copy-%'`);
    await db.execute(sql`vacuum analyze`);
  } finally {
    await db.close();
  }
}
