import { type SQL, sql } from "drizzle-orm";
import { type ListingQuery, PRICE_STEPS } from "../../../contracts/listing.ts";

/** Whether an entry of shelf_entries is in the list, in two parts; the second can be wrong for a count that leaves it out. */
export interface Conditions {
  /** Must hold for each entry that is shown or counted. */
  hard: SQL;
  /** Brand, supplier and price, each true when nothing of it is chosen. */
  soft: { brand: SQL; supplier: SQL; price: SQL };
}

/** The step of an entry's price, from 0. */
export const priceStep: SQL = sql.raw(`width_bucket(price_minor, array[${PRICE_STEPS.slice(1).join(", ")}])`);

/** Sets of words were given numbers, so that the great table is compared by numbers: each part asks a small table first. */
export function conditionsOf(query: ListingQuery): Conditions {
  const hard = [sql`true`];
  if (query.shelf !== null) hard.push(onShelf(query.shelf));
  if (query.words !== "") hard.push(sql`product_id = any(array(select id from products where ${matches(query.words)}))`);
  if (query.labels.length + query.freeFrom.length > 0) hard.push(isFood(query));
  if (query.isInStock) hard.push(sql`is_available`);
  return {
    hard: sql.join(hard, sql` and `),
    soft: {
      brand: isOneOf(
        query.brands,
        sql`maker_id = any(array(select id from shelf_makers where brand = any(${list(query.brands)}::text[])))`,
      ),
      supplier: isOneOf(
        query.suppliers,
        sql`maker_id = any(array(select m.id from shelf_makers m join suppliers s on s.id = m.supplier_id
          where s.slug = any(${list(query.suppliers)}::text[])))`,
      ),
      price: isOneOf(query.priceSteps, sql`${priceStep} = any(${list(query.priceSteps)}::int[])`),
    },
  };
}

/** What is looked for in the words of a product. */
function matches(words: string): SQL {
  return sql`products.search @@ websearch_to_tsquery('public.plain_english', ${words})`;
}

function onShelf(slug: string): SQL {
  return sql`section_id = any(array(
    select id from shelf_sections where category_ids @> array(select id from categories where slug = ${slug})
      and exists (select from categories where slug = ${slug})))`;
}

/** What is unknown is free of nothing, and what waits to be looked at anew is unknown. */
function isFood({ labels, freeFrom }: ListingQuery): SQL {
  return sql`food_id = any(array(
    select id from shelf_foods where labels @> ${list(labels)}::text[]
      and (${freeFrom.length === 0} or (is_stated and not allergens && ${list(freeFrom)}::text[]))))
    and product_id <> all(array(select product_id from shelf_stale))`;
}

function isOneOf(chosen: readonly unknown[], condition: SQL): SQL {
  return chosen.length === 0 ? sql`true` : condition;
}

/** One parameter, an array: spread into the text it would be many. */
function list(values: readonly (string | number)[]): SQL {
  return sql`${sql.param([...values])}`;
}
