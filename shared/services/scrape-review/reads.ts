import { asc, count, desc, eq, inArray, max, sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { FindingFieldView, FindingView, ScrapeReviewService } from "../../contracts/scrape-review.ts";
import type { Db } from "../../infrastructure/db.ts";
import { users } from "../../models/identity.ts";
import type { ScrapeFindingId } from "../../models/ids.ts";
import { products, suppliers } from "../../models/market.ts";
import { productOverrides } from "../../models/product-history.ts";
import { FINDING_FIELDS, scrapeFindingFields, scrapeFindings } from "../../models/scrape-findings.ts";
import { scrapeRecords } from "../../models/scraping.ts";
import { fitting, isHeld } from "./filter.ts";
import { findProduct, findProducts } from "./found-products.ts";
import { SHELF_CURRENCY } from "./proposals.ts";
import { imagesIn } from "./put-on-shelf.ts";

const FINDINGS_ON_A_PAGE = 25;

type Reads = Pick<ScrapeReviewService, "listFindings" | "getFinding" | "findProducts">;

/** What people read of findings. */
export function makeReads(db: Db): Reads {
  return {
    async listFindings(filter, page) {
      const where = fitting(filter);
      const [total = { n: 0, newest: null }] = await db
        .select({ n: count(), newest: max(scrapeFindings.id) })
        .from(scrapeFindings)
        .where(where);
      const pageCount = Math.max(1, Math.ceil(total.n / FINDINGS_ON_A_PAGE));
      const here = Math.min(page, pageCount);
      const order =
        filter.state === "waiting" ? [desc(isHeld), desc(scrapeFindings.id)] : [desc(scrapeFindings.settledAt), desc(scrapeFindings.id)];
      const rows = await selectFindings(db)
        .where(where)
        .orderBy(...order)
        .limit(FINDINGS_ON_A_PAGE)
        .offset((here - 1) * FINDINGS_ON_A_PAGE);
      return { findings: await withFields(db, rows), total: total.n, newest: total.newest, page: here, pageCount };
    },
    async getFinding(id) {
      const rows = await selectFindings(db).where(eq(scrapeFindings.id, id));
      const [[row], [finding]] = [rows, await withFields(db, rows)];
      if (!row || !finding) throw new CodedError("not-found", "There is no such finding.", { id });
      const [record] = await db
        .select({ url: scrapeRecords.url, fields: scrapeRecords.fields })
        .from(scrapeRecords)
        .where(sql`${scrapeRecords.supplierId} = ${row.supplierId} and ${scrapeRecords.sku} = ${row.sku}`);
      const [product, match] = await Promise.all([row.productId, row.matchId].map((one) => findProduct(db, one)));
      const newer = row.state === "superseded" ? await findNewer(db, row) : null;
      const page = { url: record?.url ?? "", images: record ? imagesIn(record.fields) : [] };
      return { ...finding, ...page, product: product ?? null, match: match ?? null, newer };
    },
    findProducts: (words) => findProducts(db, words),
  };
}

type Row = Omit<FindingView, "fields"> & {
  readonly productId: (typeof scrapeFindings.$inferSelect)["productId"];
  readonly matchId: (typeof scrapeFindings.$inferSelect)["matchId"];
};

function selectFindings(db: Db) {
  const { id, supplierId, sku, runId, kind, state, doubts, productId, matchId, foundAt } = scrapeFindings;
  const named = sql`select ${scrapeFindingFields.after} #>> '{}' from ${scrapeFindingFields}
    where ${scrapeFindingFields.findingId} = ${id} and ${scrapeFindingFields.field} = 'name'`;
  return db
    .select({
      ...{ id, supplierId, sku, runId, kind, state, doubts, productId, matchId, foundAt, isHeld },
      ...{ supplier: suppliers.name, supplierSlug: suppliers.slug },
      title: sql<string>`coalesce(${products.name}, (${named}), ${sku})`,
      currency: sql<string>`coalesce(${products.currency}, ${SHELF_CURRENCY})`,
    })
    .from(scrapeFindings)
    .innerJoin(suppliers, eq(suppliers.id, supplierId))
    .leftJoin(products, eq(products.id, productId))
    .$dynamic();
}

async function withFields(db: Db, rows: readonly Row[]): Promise<readonly FindingView[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const { findingId, userId, stands: _, ...columns } = columnsOf();
  const fields = await db
    .select({ findingId, ...columns, by: sql<string>`coalesce(${users.name}, '')` })
    .from(scrapeFindingFields)
    .leftJoin(users, eq(users.id, userId))
    .where(inArray(findingId, ids));
  const overrides = await readOverrides(db, ids);
  return rows.map(({ productId: _product, matchId: _match, ...row }) => ({
    ...row,
    fields: fields
      .filter((field) => field.findingId === row.id)
      .sort((a, b) => FINDING_FIELDS.indexOf(a.field) - FINDING_FIELDS.indexOf(b.field))
      .map(({ findingId: _finding, ...field }) => ({ ...field, override: overrides.get(`${row.id} ${field.field}`) ?? null })),
  }));
}

function columnsOf() {
  const { findingId, field, before, after, canTake, source, confidencePercent, doubt, decision, rule, reason, userId, decidedAt, stands } =
    scrapeFindingFields;
  return { findingId, field, before, after, canTake, source, confidencePercent, doubt, decision, rule, reason, userId, decidedAt, stands };
}

/** What staff say of the products of these findings, by finding and field. */
async function readOverrides(db: Db, ids: readonly ScrapeFindingId[]): Promise<ReadonlyMap<string, FindingFieldView["override"]>> {
  const rows = await db
    .select({
      id: scrapeFindings.id,
      field: productOverrides.field,
      value: productOverrides.value,
      by: sql<string>`coalesce(${users.name}, '')`,
      reason: productOverrides.reason,
    })
    .from(scrapeFindings)
    .innerJoin(productOverrides, eq(productOverrides.productId, scrapeFindings.productId))
    .leftJoin(users, eq(users.id, productOverrides.userId))
    .where(inArray(scrapeFindings.id, [...ids]));
  return new Map(rows.map(({ id, field, ...override }) => [`${id} ${field}`, override]));
}

/** The finding that says of that number what holds now. */
async function findNewer(db: Db, { supplierId, sku, id }: Pick<Row, "supplierId" | "sku" | "id">): Promise<ScrapeFindingId | null> {
  const [newer] = await db
    .select({ id: scrapeFindings.id })
    .from(scrapeFindings)
    .where(sql`${scrapeFindings.supplierId} = ${supplierId} and ${scrapeFindings.sku} = ${sku} and ${scrapeFindings.id} > ${id}`)
    .orderBy(asc(sql`${scrapeFindings.state} <> 'waiting'`), desc(scrapeFindings.id))
    .limit(1);
  return newer?.id ?? null;
}
