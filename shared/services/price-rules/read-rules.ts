import { sql } from "drizzle-orm";
import type { Db } from "../../infrastructure/db.ts";
import type { PriceRuleId, ProductId } from "../../models/ids.ts";
import type { Rounding } from "../../models/price-rules.ts";
import type { Reckoning } from "./reckon.ts";

/** A rule as it is asked: null fits any shelf, any supplier. */
export interface Rule extends Reckoning {
  id: PriceRuleId;
  categoryId: number | null;
  supplierId: number | null;
}

/** All rules in their order. */
export async function readRules(db: Pick<Db, "execute">): Promise<readonly Rule[]> {
  const { rows } = await db.execute<{
    [column: string]: unknown;
    id: string;
    category_id: string | null;
    supplier_id: string | null;
    add_permille: number;
    minimum_add_minor: number;
    rounding: Rounding;
    category: string | null;
    supplier: string | null;
  }>(sql`
    select rule.id, category_id, supplier_id, add_permille, minimum_add_minor, rounding, categories.name as category, suppliers.name as supplier
    from price_rules rule left join categories on categories.id = category_id left join suppliers on suppliers.id = supplier_id
    order by rule.position, rule.id`);
  return rows.map((row) => ({
    id: Number(row.id) as PriceRuleId,
    categoryId: row.category_id === null ? null : Number(row.category_id),
    supplierId: row.supplier_id === null ? null : Number(row.supplier_id),
    addPermille: row.add_permille,
    minimumAddMinor: row.minimum_add_minor,
    rounding: row.rounding,
    of: nameOf(row.category, row.supplier),
  }));
}

/** What a rule is called by. */
function nameOf(category: string | null, supplier: string | null): string {
  if (supplier === null) return category ?? "everything";
  return category === null ? supplier : `${category} from ${supplier}`;
}

/** The first rule that fits. shelves: ids of those on which a product stands and of all above them. */
export function firstThatFits(rules: readonly Rule[], product: { supplierId: number; shelves: ReadonlySet<number> }): Rule | null {
  const fits = ({ categoryId, supplierId }: Rule) =>
    (categoryId === null || product.shelves.has(categoryId)) && (supplierId === null || supplierId === product.supplierId);
  return rules.find(fits) ?? null;
}

/** The shelves above each shelf, as the rules export the tree. */
export async function readBroader(db: Pick<Db, "execute">): Promise<ReadonlyMap<number, readonly number[]>> {
  const { rows } = await db.execute<{ id: string; above: (string | number)[] }>(sql`
    select substr(arguments ->> 0, 10)::bigint as id, array_agg(substr(arguments ->> 1, 10)::bigint) as above from relation_tuples
    where relation = 'market.broader' and arguments ->> 0 ~ '^category:[0-9]{1,15}$' and arguments ->> 1 ~ '^category:[0-9]{1,15}$'
    group by 1`);
  return new Map(rows.map(({ id, above }) => [Number(id), above.map(Number)]));
}

/** The shelves of each product, with all above them. */
export async function readShelves(
  db: Pick<Db, "execute">,
  ids: readonly ProductId[],
): Promise<ReadonlyMap<ProductId, ReadonlySet<number>>> {
  const broader = await readBroader(db);
  const { rows } = await db.execute<{ product_id: string; shelves: (string | number)[] }>(sql`
    select product_id, array_agg(category_id) as shelves from product_categories
    where product_id = any(${sql.param([...ids])}::bigint[]) group by product_id`);
  return new Map(
    rows.map(({ product_id: id, shelves }) => {
      const direct = shelves.map(Number);
      return [Number(id) as ProductId, new Set(direct.flatMap((one) => [one, ...(broader.get(one) ?? [])]))];
    }),
  );
}
