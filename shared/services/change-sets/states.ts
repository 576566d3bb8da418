import { inArray, sql } from "drizzle-orm";
import type { ProductFields, SomeProductFields } from "../../contracts/product-fields.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { ProductId } from "../../models/ids.ts";
import { products } from "../../models/market.ts";
import { firstThatFits, type Rule, readBroader, readRules } from "../price-rules/read-rules.ts";
import { fieldsOf } from "../shelf/fields-of.ts";
import { readFields, readSaid } from "../shelf/said.ts";

/** A product as it stands before a change. supplier: what its own says; others: what other suppliers of it say, by their id; shelves: those on which it stands itself. */
export interface ProductState {
  id: ProductId;
  slug: string;
  name: string;
  revision: number;
  supplierId: number;
  stock: number;
  fields: ProductFields;
  supplier: SomeProductFields;
  others: ReadonlyMap<number, SomeProductFields>;
  staff: SomeProductFields;
  shelves: readonly number[];
}

/** What many previews need to know once. */
export interface ShopKnowledge {
  shelfName(id: number): string;
  ruleFor(product: { supplierId: number; shelves: readonly number[] }): Rule | null;
}

/** The states of these products, in a handful of statements however many they are. */
export async function readStates(
  db: Pick<Db, "execute" | "select">,
  ids: readonly ProductId[],
): Promise<ReadonlyMap<ProductId, ProductState>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select()
    .from(products)
    .where(inArray(products.id, [...ids]));
  const said = await readSaid(db, rows);
  const { rows: places } = await db.execute<{ product_id: string; shelves: (string | number)[] }>(sql`
    select product_id, array_agg(category_id order by category_id) as shelves from product_categories
    where product_id = any(${sql.param([...ids])}::bigint[]) group by product_id`);
  const shelves = new Map(places.map((row) => [Number(row.product_id), row.shelves.map(Number)]));
  const others = await readOthers(db, ids);
  return new Map(
    rows.map((row) => {
      const { supplier, staff } = said(row.id);
      const { id, slug, name, revision, supplierId, stock } = row;
      const words = { supplier, staff, others: others.get(id) ?? new Map() };
      return [id, { id, slug, name, revision, supplierId, stock, fields: fieldsOf(row), ...words, shelves: shelves.get(id) ?? [] }];
    }),
  );
}

/** What suppliers say of products that are another's, as seen last. */
async function readOthers(
  db: Pick<Db, "execute">,
  ids: readonly ProductId[],
): Promise<ReadonlyMap<number, ReadonlyMap<number, SomeProductFields>>> {
  const { rows } = await db.execute<{ product_id: string; supplier_id: string; fields: Readonly<Record<string, unknown>> }>(sql`
    select distinct on (product_id, source.supplier_id) product_id, source.supplier_id, fields
    from product_sources source join products on products.id = product_id
    where product_id = any(${sql.param([...ids])}::bigint[]) and source.supplier_id <> products.supplier_id
    order by product_id, source.supplier_id, seen_at desc, source.id desc`);
  const byProduct = Map.groupBy(rows, (row) => Number(row.product_id));
  const saidBy = (some: typeof rows) => new Map(some.map((row) => [Number(row.supplier_id), readFields(row.fields)]));
  return new Map([...byProduct].map(([id, some]) => [id, saidBy(some)]));
}

/** Rules, the tree of shelves and their names. */
export async function readKnowledge(db: Pick<Db, "execute">): Promise<ShopKnowledge> {
  const rules = await readRules(db);
  const broader = await readBroader(db);
  const { rows } = await db.execute<{ id: string; name: string }>(sql`select id, name from categories`);
  const names = new Map(rows.map(({ id, name }) => [Number(id), name]));
  return {
    shelfName: (id) => names.get(id) ?? `shelf ${id}`,
    ruleFor: ({ supplierId, shelves }) =>
      firstThatFits(rules, { supplierId, shelves: new Set(shelves.flatMap((id) => [id, ...(broader.get(id) ?? [])])) }),
  };
}
