import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { ProductId, ScrapeFindingId } from "../../models/ids.ts";
import { products } from "../../models/market.ts";
import { productSources } from "../../models/product-history.ts";
import type { FindingDoubt, FindingField, FindingKind } from "../../models/scrape-findings.ts";
import { scrapeFindingFields, scrapeFindings } from "../../models/scrape-findings.ts";

/** A product that a supplier's number is known to be of. said: what they say of it until now; isOthers: it comes from another supplier. */
export interface KnownProduct {
  readonly isOthers: boolean;
  readonly productId: ProductId;
  readonly said: Readonly<Record<string, unknown>>;
  readonly row: Pick<
    typeof products.$inferSelect,
    "name" | "brand" | "priceMinor" | "costMinor" | "gtin" | "ingredients" | "stock" | "currency"
  >;
}

/** The last word about a field of a number. */
export interface Decided {
  readonly findingId: ScrapeFindingId;
  readonly field: FindingField;
  readonly decision: "accepted" | "declined";
  readonly before: unknown;
  readonly after: unknown;
}

/** A finding that waits, as far as another run may find the same. */
export interface Waiting {
  readonly id: ScrapeFindingId;
  readonly kind: FindingKind;
  readonly productId: ProductId | null;
  readonly matchId: ProductId | null;
  readonly doubts: readonly FindingDoubt[];
  readonly fields: readonly Pick<typeof scrapeFindingFields.$inferSelect, "field" | "before" | "after" | "doubt" | "rule">[];
}

/** The products of these numbers of a supplier. */
export async function readProducts(tx: Tx, supplierId: number, skus: readonly string[]): Promise<ReadonlyMap<string, KnownProduct>> {
  const { name, brand, priceMinor, costMinor, gtin, ingredients, stock, currency } = products;
  const rows = await tx
    .select({
      sku: productSources.sku,
      productId: productSources.productId,
      said: productSources.fields,
      isOthers: sql<boolean>`${products.supplierId} <> ${supplierId}`,
      row: { name, brand, priceMinor, costMinor, gtin, ingredients, stock, currency },
    })
    .from(productSources)
    .innerJoin(products, eq(products.id, productSources.productId))
    .where(and(eq(productSources.supplierId, supplierId), inArray(productSources.sku, [...skus])));
  return new Map(rows.map(({ sku, ...known }) => [sku, known]));
}

/** By number and field, what people and rules decided last, as long as the supplier says the same. */
export async function readDecided(tx: Tx, supplierId: number, skus: readonly string[]): Promise<ReadonlyMap<string, readonly Decided[]>> {
  const { field, decision, before, after, findingId } = scrapeFindingFields;
  const rows = await tx
    .selectDistinctOn([scrapeFindings.sku, field], { sku: scrapeFindings.sku, findingId, field, decision, before, after })
    .from(scrapeFindingFields)
    .innerJoin(scrapeFindings, eq(scrapeFindings.id, findingId))
    .where(
      and(
        eq(scrapeFindings.supplierId, supplierId),
        inArray(scrapeFindings.sku, [...skus]),
        inArray(decision, ["accepted", "declined"]),
        scrapeFindingFields.stands,
      ),
    )
    .orderBy(scrapeFindings.sku, field, sql`${scrapeFindingFields.decidedAt} desc, ${findingId} desc`);
  return grouped(
    rows.flatMap((row) =>
      row.decision === "accepted" || row.decision === "declined" ? [{ sku: row.sku, value: { ...row, decision: row.decision } }] : [],
    ),
  );
}

/** The findings of these numbers that wait, with the fields that do. */
export async function readWaiting(tx: Tx, supplierId: number, skus: readonly string[]): Promise<ReadonlyMap<string, Waiting>> {
  const { id, sku, kind, productId, matchId, doubts } = scrapeFindings;
  const { field, before, after, doubt, rule } = scrapeFindingFields;
  const rows = await tx
    .select({ id, sku, kind, productId, matchId, doubts, field: { field, before, after, doubt, rule } })
    .from(scrapeFindings)
    .leftJoin(scrapeFindingFields, and(eq(scrapeFindingFields.findingId, id), eq(scrapeFindingFields.decision, "waiting")))
    .where(and(eq(scrapeFindings.supplierId, supplierId), inArray(sku, [...skus]), eq(scrapeFindings.state, "waiting")));
  const fields = grouped(rows.flatMap((row) => (row.field ? [{ sku: row.sku, value: row.field }] : [])));
  return new Map(rows.map(({ sku: number, field: _, ...waiting }) => [number, { ...waiting, fields: fields.get(number) ?? [] }]));
}

/** For each packet's number a product that has it, for things that no number of the supplier is known to be. */
export async function readByGtin(tx: Tx, gtins: readonly string[]): Promise<ReadonlyMap<string, ProductId>> {
  if (gtins.length === 0) return new Map();
  const asLong = sql<string>`lpad(${products.gtin}, 14, '0')`;
  const rows = await tx
    .select({ gtin: asLong, id: sql<number>`min(${products.id})`.mapWith(Number) })
    .from(products)
    .where(inArray(asLong, gtins.map(longGtin)))
    .groupBy(asLong);
  return new Map(rows.map(({ gtin, id }) => [gtin, id as ProductId]));
}

/** GTIN-8, -12 and -13 are the same number as the GTIN-14 with zeros before (GS1 General Specifications §3.3.2). */
export function longGtin(gtin: string): string {
  return gtin.padStart(14, "0");
}

function grouped<T>(rows: readonly { sku: string; value: T }[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const { sku, value } of rows) groups.set(sku, [...(groups.get(sku) ?? []), value]);
  return groups;
}
