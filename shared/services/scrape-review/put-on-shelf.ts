import { and, eq, sql } from "drizzle-orm";
import { type SomeProductFields, someProductFields } from "../../contracts/product-fields.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ProductId } from "../../models/ids.ts";
import { products } from "../../models/market.ts";
import { productSources } from "../../models/product-history.ts";
import { scrapeFindingFields } from "../../models/scrape-findings.ts";
import { type ScrapedFields, scrapeRecords } from "../../models/scraping.ts";
import { availabilityIn, type StockBefore, stockIn } from "./finding-of.ts";
import type { Decider, HeldFinding, Means, WaitingField } from "./held-finding.ts";

/** Has the shelf follow accepted fields of a known product. False: what the supplier says here was learnt later than this. */
export async function putOnShelf(
  tx: Tx,
  finding: HeldFinding,
  taken: readonly WaitingField[],
  decider: Decider,
  { shelf }: Pick<Means, "shelf">,
): Promise<boolean> {
  const { productId, supplierId, sku } = finding;
  if (productId === null) throw new Error(`finding ${finding.id} is about no product`);
  if (await isLate(tx, finding)) return false;
  const said = saidIn(taken);
  if (Object.keys(said).length > 0) {
    const [source] = await tx.select({ fields: productSources.fields }).from(productSources).where(isSourceOf(finding));
    const fields = someProductFields.parse({ ...source?.fields, ...said });
    const { seenAt } = await seenOf(tx, finding);
    await shelf.recordSource(tx, { productId, supplierId, sku, fields, seenAt, takenOver: decider });
  }
  const availability = taken.find(({ field }) => field === "availability");
  if (availability) await moveStock(tx, { productId, supplierId }, availability, decider, shelf);
  return true;
}

/** Whether what the supplier says of this number came another way after the run saw it. */
export async function isLate(tx: Tx, finding: HeldFinding): Promise<boolean> {
  if (finding.kind === "gone") return false;
  const [source] = await tx.select({ seenAt: productSources.seenAt }).from(productSources).where(isSourceOf(finding));
  return source !== undefined && source.seenAt > (await seenOf(tx, finding)).seenAt;
}

/** What of these fields a product can hold. */
export function saidIn(fields: readonly Pick<WaitingField, "field" | "after" | "canTake">[]): SomeProductFields {
  const said = fields.filter(({ field, canTake }) => canTake && field !== "availability");
  return someProductFields.parse(Object.fromEntries(said.map(({ field, after }) => [field, after])));
}

/** The page that says so: when it was seen, and its pictures in their order. */
export async function seenOf(tx: Tx, { supplierId, sku }: HeldFinding): Promise<{ seenAt: Date; pictures: readonly string[] }> {
  const [record] = await tx
    .select({ seenAt: scrapeRecords.seenAt, fields: scrapeRecords.fields })
    .from(scrapeRecords)
    .where(and(eq(scrapeRecords.supplierId, supplierId), eq(scrapeRecords.sku, sku)));
  if (!record) throw new Error(`no page of supplier ${supplierId} says ${sku}`);
  return { seenAt: record.seenAt, pictures: imagesIn(record.fields) };
}

/** Addresses of pictures that a page shows. */
export function imagesIn({ images }: ScrapedFields): readonly string[] {
  if (!images) return [];
  return typeof images.value === "string" ? [images.value] : images.value;
}

/** What is not to be had there is not here; when it is again, what stood here then stands again, unless somebody counted since. */
async function moveStock(
  tx: Tx,
  { productId: id, supplierId }: { productId: ProductId; supplierId: number },
  field: WaitingField,
  { by, reason }: Decider,
  shelf: Means["shelf"],
): Promise<void> {
  const isTheirs = and(eq(products.id, id), eq(products.supplierId, supplierId)); // what another supplier lacks, ours may have
  const [row] = await tx.select({ stock: products.stock }).from(products).where(isTheirs).for("no key update");
  if (!row) return;
  const isBack = availabilityIn(field.after)?.is === "available";
  const setAside = field.before !== null && typeof field.before === "object" && "setAside" in field.before ? field.before.setAside : 0;
  const counted = isBack ? (row.stock === 0 && typeof setAside === "number" ? setAside : row.stock) : 0;
  const before: StockBefore = { ...(isBack ? { stock: stockIn(field.before) ?? 0, setAside: Number(setAside) } : { stock: row.stock }) };
  await shelf.takeStock(tx, { id, counted, reason: reason || (isBack ? "to be had again" : "not to be had from the supplier"), by });
  await tx
    .update(scrapeFindingFields)
    .set({ before })
    .where(and(eq(scrapeFindingFields.findingId, field.findingId), eq(scrapeFindingFields.field, "availability")));
}

function isSourceOf({ supplierId, sku }: HeldFinding) {
  return sql`${productSources.supplierId} = ${supplierId} and ${productSources.sku} = ${sku}`;
}
