import { isDeepStrictEqual } from "node:util";
import { asc, inArray, type SQL, sql } from "drizzle-orm";
import { PRODUCT_FIELDS, type ProductField, type ProductFields } from "../../contracts/product-fields.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ActivityDetails } from "../../models/federation.ts";
import type { ProductGroupId, ProductId } from "../../models/ids.ts";
import { products } from "../../models/market.ts";
import type { ReckonedPrice } from "../price-rules/reckon.ts";
import { announceChanges, type Because, type FieldChange, noteChanges } from "./because.ts";
import { columnsOf, fieldsOf, type ProductRow } from "./fields-of.ts";
import { readSaid, whatHolds } from "./said.ts";

/** A product that is to be settled. fields, details: what else was changed of it just now, to be told with what settling changes. */
export interface Settling {
  id: ProductId;
  because: Because;
  fields?: readonly string[];
  details?: ActivityDetails;
}

/**
 * Makes a product what is said of it. Whoever changes a source, an override, its shelves or a price rule calls it in the same
 * transaction; the row is locked. Gives the fields that changed.
 */
export async function settleProduct(tx: Tx, id: ProductId, because: Because): Promise<readonly ProductField[]> {
  return (await settleProducts(tx, [{ id, because }])).get(id) ?? [];
}

/** The same of many, each named once, in a handful of statements however many they are. Gives the fields that changed, by product. */
export async function settleProducts(tx: Tx, settlings: readonly Settling[]): Promise<ReadonlyMap<ProductId, readonly ProductField[]>> {
  const ids = settlings.map(({ id }) => id);
  // by id, as everybody who changes several does
  const rows = await tx.select().from(products).where(inArray(products.id, ids)).orderBy(asc(products.id)).for("no key update");
  const said = await readSaid(tx, rows);
  const byId = new Map(rows.map((row) => [row.id, resultOf(row, said)]));
  const settled = settlings.flatMap((settling) => ({ ...settling, result: byId.get(settling.id) }));
  const changed = [...byId.values()].filter((result) => result.changed.length > 0);
  await write(tx, changed);
  await keepLeads(tx, changed);
  await noteChanges(
    tx,
    settled.flatMap(({ id, because, result }) =>
      result ? changesOf(result, because).map((change) => ({ productId: id, because, ...change })) : [],
    ),
  );
  await announceChanges(
    tx,
    settled.flatMap(({ id, because, fields = [], details = {}, result }) => {
      if (!result || result.changed.length + fields.length + Object.keys(details).length === 0) return [];
      const cameBack = result.changed.includes("isOnSale") && result.after.isOnSale ? { stockBefore: 0, stock: result.row.stock } : {};
      return [{ id, because, fields: [...fields, ...result.changed], details: { ...details, ...cameBack } }];
    }),
  );
  if (changed.length > 0) purgeOnCommit(tx, ["shop", ...changed.map(({ row }) => `product:${row.slug}` as const)]);
  return new Map([...byId].map(([id, result]) => [id, result.changed]));
}

/** What holds of a product, after and before. */
interface Result {
  row: ProductRow;
  before: ProductFields;
  after: ProductFields;
  reckoned: ReckonedPrice | null;
  changed: readonly ProductField[];
}

function resultOf(row: ProductRow, said: Awaited<ReturnType<typeof readSaid>>): Result {
  const before = fieldsOf(row);
  const { fields: after, reckoned } = whatHolds(before, said(row.id));
  const changed = PRODUCT_FIELDS.filter((field) => !isDeepStrictEqual(before[field], after[field]));
  return { row, before, after, reckoned, changed };
}

/** Lists and amounts of the row type are read from JSON as the columns are: one statement for whatever changed of whichever product. */
async function write(tx: Tx, changed: readonly Result[]): Promise<void> {
  if (changed.length === 0) return;
  const rows = changed.map(({ row, after }) => ({ id: row.id, ...inColumns(columnsOf(after)) }));
  const columns = Object.keys(rows[0] ?? {}).filter((name) => name !== "id");
  const set: SQL[] = columns.map((name) => sql`${sql.identifier(name)} = after.${sql.identifier(name)}`);
  await tx.execute(sql`
    update products set ${sql.join(set, sql`, `)}, revision = products.revision + 1, updated_at = now()
    from jsonb_populate_recordset(null::products, ${JSON.stringify(rows)}::jsonb) as after where products.id = after.id`);
}

/** By the names that the database has for them. */
function inColumns(columns: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(columns).map(([key, value]) => [key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value]),
  );
}

/** Of a group whose first one is off sale, the cheapest that is on sale stands in lists, if there is one. */
async function keepLeads(tx: Tx, changed: readonly Result[]): Promise<void> {
  const groups = changed.flatMap(({ row, changed: fields }) => (fields.includes("isOnSale") && row.groupId !== null ? [row.groupId] : []));
  for (const groupId of new Set(groups)) await keepLead(tx, groupId);
}

async function keepLead(tx: Tx, groupId: ProductGroupId): Promise<void> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select id from products where group_id = ${groupId} and is_on_sale
      and exists (select from products lead where lead.group_id = ${groupId} and lead.is_lead and not lead.is_on_sale)
    order by price_minor, id limit 1`);
  const [first] = rows;
  if (!first) return;
  await tx.execute(sql`update products set is_lead = false where group_id = ${groupId} and is_lead`);
  await tx.execute(sql`update products set is_lead = true where id = ${first.id}`);
}

function changesOf({ changed, before, after, reckoned }: Result, because: Because): readonly FieldChange[] {
  return changed.map((field) => {
    const change = { field, before: before[field], after: after[field] };
    if (field !== "priceMinor" || !reckoned) return change;
    const reason = "reason" in because && because.reason ? `${because.reason}: ${reckoned.words}` : reckoned.words;
    return { ...change, reason };
  });
}
