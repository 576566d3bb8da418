import { asc, count, eq, inArray, type SQL, sql } from "drizzle-orm";
import { type Lack, type ShelfService, type StockFilter, stockList, stockSheet } from "../../contracts/shelf.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { CategoryId } from "../../models/ids.ts";
import { categories, productGroups, products, suppliers } from "../../models/market.ts";
import { productOverrides } from "../../models/product-history.ts";
import { packSizeOf } from "../market/unit-price.ts";
import { cleanWords } from "../search.ts";
import { fieldsOf } from "./fields-of.ts";

/** Spelt out: drizzle leaves the table away where a query has but one, and within a subquery that is another one. */
const ID = sql.raw("products.id");

const LINES_ON_A_PAGE = 50;
const LINES_ON_A_SHEET = 100;
const MOST_CHOICES = 1_000;

/** Lists of what is on the shelf and behind it. */
export function makeStockLists({
  db,
}: ServiceDeps): Pick<ShelfService, "listStock" | "listIds" | "listForBulk" | "listForExport" | "listSheet" | "listChoices"> {
  return {
    async listStock(filter, page) {
      const where = conditionsOf(filter);
      const [total = { n: 0 }] = await db.select({ n: count() }).from(products).where(where);
      const pageCount = Math.max(1, Math.ceil(total.n / LINES_ON_A_PAGE));
      const here = Math.min(page, pageCount);
      const lines = await db
        .select({
          id: products.id,
          revision: products.revision,
          slug: products.slug,
          name: products.name,
          variantName: products.variantName,
          brand: products.brand,
          supplier: suppliers.name,
          priceMinor: products.priceMinor,
          currency: products.currency,
          stock: products.stock,
          isOnSale: products.isOnSale,
          overrides: sql<number>`(select count(*)::int from ${productOverrides} where ${productOverrides.productId} = ${ID})`,
        })
        .from(products)
        .innerJoin(suppliers, eq(suppliers.id, products.supplierId))
        .where(where)
        .orderBy(...BY_NAME)
        .limit(LINES_ON_A_PAGE)
        .offset((here - 1) * LINES_ON_A_PAGE);
      return stockList.parse({ lines, total: total.n, paging: { page: here, pageCount } });
    },
    async listIds(filter, limit) {
      const rows = await db
        .select({ id: products.id })
        .from(products)
        .where(conditionsOf(filter))
        .orderBy(...BY_NAME)
        .limit(limit);
      return rows.map(({ id }) => id);
    },
    listForBulk: (ids) =>
      db
        .select({
          ...{ id: products.id, name: sql<string>`concat_ws(', ', ${products.name}, nullif(${products.variantName}, ''))` },
          ...{ priceMinor: products.priceMinor, labels: products.labels, vatClass: products.vatClass, isOnSale: products.isOnSale },
          said: sql<string[]>`array(select field from product_overrides where product_id = ${ID} order by field)`,
        })
        .from(products)
        .where(inArray(products.id, [...ids]))
        .orderBy(...BY_NAME),
    async listForExport(ids) {
      const rows = await db
        .select({
          row: products,
          sku: sql<string>`coalesce((select sku from product_sources source where source.product_id = ${ID}
            and source.supplier_id = products.supplier_id order by seen_at desc, id desc limit 1), '')`,
          shelves: sql<string[]>`array(select slug from categories join product_categories on category_id = categories.id
            where product_id = ${ID} order by slug)`,
        })
        .from(products)
        .where(inArray(products.id, [...ids]))
        .orderBy(sql`array_position(${sql.param([...ids])}::bigint[], ${ID})`);
      return rows.map(({ row, sku, shelves }) => ({ slug: row.slug, sku, fields: fieldsOf(row), stock: row.stock, shelves }));
    },
    async listSheet(filter, page) {
      const where = conditionsOf(filter);
      const [total = { n: 0 }] = await db.select({ n: count() }).from(products).where(where);
      const pageCount = Math.max(1, Math.ceil(total.n / LINES_ON_A_SHEET));
      const here = Math.min(page, pageCount);
      const first = sql`(select category_id from product_categories join categories place on place.id = category_id
        where product_id = ${ID} order by place.position, category_id limit 1)`;
      const rows = await db
        .select({
          ...{ id: products.id, name: products.name, variantName: products.variantName, brand: products.brand, stock: products.stock },
          ...{ packAmount: products.packAmount, packUnit: products.packUnit, shelf: sql<string>`coalesce(${categories.name}, '')` },
        })
        .from(products)
        .leftJoin(categories, sql`${categories.id} = ${first}`)
        .where(where)
        .orderBy(sql`${categories.position} nulls last`, asc(categories.id), ...BY_NAME)
        .limit(LINES_ON_A_SHEET)
        .offset((here - 1) * LINES_ON_A_SHEET);
      const lines = rows.map((row) => ({ ...row, packSize: packSizeOf(row) }));
      return stockSheet.parse({ lines, total: total.n, paging: { page: here, pageCount } });
    },
    async listChoices() {
      const [known, labels, groups] = await Promise.all([
        db
          .select({ id: suppliers.id, name: suppliers.name, slug: suppliers.slug })
          .from(suppliers)
          .orderBy(asc(suppliers.name), asc(suppliers.id)),
        db.execute<{ label: string }>(sql`select distinct unnest(labels) as label from ${products} order by label limit ${MOST_CHOICES}`),
        db
          .select({ id: productGroups.id, name: productGroups.name })
          .from(productGroups)
          .orderBy(asc(productGroups.name), asc(productGroups.id))
          .limit(MOST_CHOICES),
      ]);
      return { suppliers: known, labels: labels.rows.map(({ label }) => label), groups };
    },
  };
}

const BY_NAME = [asc(sql`lower(${products.name})`), asc(products.id)];

const LACKING: Record<Lack, SQL> = {
  price: sql`${products.priceMinor} = 0`,
  cost: sql`${products.costMinor} is null`,
  allergens: sql`not ${products.areAllergensStated}`,
  picture: sql`${products.pictureId} is null`,
  shelf: sql`not exists (select from product_categories where product_id = ${ID})`,
  gtin: sql`${products.gtin} is null`,
};

function conditionsOf({ words, shelf, supplierId, label, stock, sale, lacks }: StockFilter): SQL {
  const asked = cleanWords(words);
  const parts = [
    ...(asked === "" ? [] : [named(asked)]),
    ...(shelf === null ? [] : [standsOn(shelf)]),
    ...(supplierId === null ? [] : [sql`${products.supplierId} = ${supplierId}`]),
    ...(label === "" ? [] : [sql`${label} = any(${products.labels})`]),
    ...(stock === "" ? [] : [stock === "in" ? sql`${products.stock} > 0` : sql`${products.stock} = 0`]),
    ...(sale === "" ? [] : [sale === "on" ? sql`${products.isOnSale}` : sql`not ${products.isOnSale}`]),
    ...(lacks === "" ? [] : [LACKING[lacks]]),
  ];
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `);
}

function named(words: string): SQL {
  const part = `%${words.replace(/[\\%_]/g, "\\$&")}%`;
  return sql`(${products.search} @@ websearch_to_tsquery('public.plain_english', ${words}) or ${products.name} ilike ${part} or ${products.gtin} = ${words}
    or ${products.slug} = ${words} or exists (select from product_sources where product_id = ${ID} and sku = ${words}))`;
}

/** On the shelf or below it, as the exported tuples of the tree say. */
function standsOn(shelf: CategoryId): SQL {
  return sql`exists (select from product_categories place where place.product_id = ${ID} and (place.category_id = ${shelf}
    or exists (select from relation_tuples where relation = 'market.broader' and arguments ->> 0 = 'category:' || place.category_id
      and arguments ->> 1 = ${`category:${shelf}`})))`;
}
