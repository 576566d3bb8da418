import { sql } from "drizzle-orm";
import { type ProductFields, type SomeProductFields, someProductFields } from "../../contracts/product-fields.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { ProductId } from "../../models/ids.ts";
import { firstThatFits, type Rule, readRules, readShelves } from "../price-rules/read-rules.ts";
import { type ReckonedPrice, reckonPrice } from "../price-rules/reckon.ts";

/** What is said of a product: by its own supplier, as seen last, and by staff; and the rule that prices it, if one fits. */
export interface Said {
  supplier: SomeProductFields;
  staff: SomeProductFields;
  rule: Rule | null;
}

/** What is said of these products, in two statements however many they are, and two more where one of them has a cost. */
export async function readSaid(
  db: Pick<Db, "execute">,
  rows: readonly { id: ProductId; supplierId: number; costMinor: number | null }[],
): Promise<(id: ProductId) => Said> {
  const ids = sql.param(rows.map(({ id }) => id));
  const sources = await db.execute<{ product_id: string; fields: Readonly<Record<string, unknown>> }>(sql`
    select distinct on (product_id) product_id, fields from product_sources source join products on products.id = product_id
    where product_id = any(${ids}::bigint[]) and source.supplier_id = products.supplier_id
    order by product_id, seen_at desc, source.id desc`);
  const overrides = await db.execute<{ product_id: string; said: Readonly<Record<string, unknown>> }>(sql`
    select product_id, jsonb_object_agg(field, value) as said from product_overrides where product_id = any(${ids}::bigint[]) group by product_id`);
  const bySupplier = new Map(sources.rows.map((row) => [Number(row.product_id), readFields(row.fields)]));
  const byStaff = new Map(overrides.rows.map((row) => [Number(row.product_id), readFields(row.said)]));
  const costly = rows.filter(({ id, costMinor }) => (byStaff.get(id)?.costMinor ?? bySupplier.get(id)?.costMinor ?? costMinor) !== null);
  const ruleOf = await findRules(db, costly);
  return (id) => ({ supplier: bySupplier.get(id) ?? {}, staff: byStaff.get(id) ?? {}, rule: ruleOf(id) });
}

async function findRules(
  db: Pick<Db, "execute">,
  rows: readonly { id: ProductId; supplierId: number }[],
): Promise<(id: ProductId) => Rule | null> {
  const rules = rows.length > 0 ? await readRules(db) : [];
  if (rules.length === 0) return () => null;
  const shelves = await readShelves(
    db,
    rows.map(({ id }) => id),
  );
  const fitting = new Map(
    rows.map(({ id, supplierId }) => [id, firstThatFits(rules, { supplierId, shelves: shelves.get(id) ?? new Set() })]),
  );
  return (id) => fitting.get(id) ?? null;
}

/**
 * A product as it holds, of each field what staff say, else what its supplier says, else what stands; its price what staff say, else
 * what the rule makes of the cost, else what its supplier says. reckoned: the price that a rule made, where it holds.
 */
export function whatHolds(
  before: ProductFields,
  { supplier, staff, rule }: Said,
): { fields: ProductFields; reckoned: ReckonedPrice | null } {
  const said = { ...before, ...supplier, ...staff };
  const reckoned = rule && staff.priceMinor === undefined ? reckonPrice(said.costMinor, said.vatClass, rule) : null;
  return { fields: sellable(reckoned ? { ...said, priceMinor: reckoned.priceMinor } : said), reckoned };
}

/** What an older release wrote and this one can't read is left out. */
export function readFields(stored: Readonly<Record<string, unknown>>): SomeProductFields {
  const each = Object.entries(stored).map(([field, value]) => someProductFields.safeParse({ [field]: value }));
  return Object.assign({}, ...each.flatMap((parsed) => (parsed.success ? [parsed.data] : [])));
}

/** A price for members that is no longer below the price is none. */
function sellable(fields: ProductFields): ProductFields {
  const { membersPriceMinor, priceMinor } = fields;
  return membersPriceMinor !== null && membersPriceMinor >= priceMinor ? { ...fields, membersPriceMinor: null } : fields;
}
