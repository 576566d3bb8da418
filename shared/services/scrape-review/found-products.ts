import { asc, desc, eq, sql } from "drizzle-orm";
import type { FoundProduct } from "../../contracts/scrape-review.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { ProductId } from "../../models/ids.ts";
import { products, suppliers } from "../../models/market.ts";
import { cleanWords } from "../search.ts";

const MOST_PRODUCTS = 20;

/** A product as findings name it; null: there is none. */
export async function findProduct(db: Db, id: ProductId | null): Promise<FoundProduct | null> {
  if (id === null) return null;
  const [product] = await selectProducts(db).where(eq(products.id, id));
  return product ?? null;
}

/** Products whose name has these words or is spelt alike, or that have this number on their packet. */
export async function findProducts(db: Db, words: string): Promise<readonly FoundProduct[]> {
  const asked = cleanWords(words);
  if (asked === "") return [];
  const isNamed = sql`${products.search} @@ websearch_to_tsquery('public.plain_english', ${asked})`;
  return selectProducts(db)
    .where(sql`(${isNamed} or ${products.name} % ${asked} or ${products.gtin} = ${asked})`)
    .orderBy(desc(isNamed), desc(sql`similarity(${products.name}, ${asked})`), asc(products.id))
    .limit(MOST_PRODUCTS);
}

function selectProducts(db: Db) {
  const { id, slug, name, priceMinor, currency, stock, supplierId } = products;
  return db
    .select({ ...{ id, slug, name, priceMinor, currency, stock }, supplier: suppliers.name })
    .from(products)
    .innerJoin(suppliers, eq(suppliers.id, supplierId))
    .$dynamic();
}
