import { randomUUID } from "node:crypto";
import { suppliers } from "@rose-ash/shared/models/market.ts";
import { type ScrapedFields, scrapeRecords, scrapeRuns } from "@rose-ash/shared/models/scraping.ts";
import { compare } from "@rose-ash/shared/services/scrape-review/compare.ts";
import { recordSeen } from "@rose-ash/shared/services/scraping/record-seen.ts";
import { eq, sql } from "drizzle-orm";
import type { SeedProduct } from "../content/kinds.ts";
import { PRODUCTS } from "../content/products/index.ts";
import { EARLIER_READS, NEW_THERE, OTHERWISE, READ_ORIGIN, READ_PRODUCTS, READ_SUPPLIER, SAY_AVAILABILITY } from "../content/scrapes.ts";
import { daysBefore, type SeedContext } from "../context.ts";

const RULES = { pricePercent: 5, fields: [], mostMissingPercent: 50 } as const;

/** What one page says. */
interface Page {
  sku: string;
  path: string;
  said: Readonly<Record<string, string>>;
}

/** Reads of one supplier's pages: some that are over, and one of this morning that waits for somebody to look at it. Returns how many. */
export async function writeScrapes(context: SeedContext): Promise<number> {
  const { tx, now } = context;
  if ((await tx.$count(scrapeRuns)) > 0) return 0;
  const [supplier] = await tx.select({ id: suppliers.id }).from(suppliers).where(eq(suppliers.slug, READ_SUPPLIER));
  if (!supplier) return 0;
  const theirs = PRODUCTS.filter((product) => product.supplier === READ_SUPPLIER).slice(0, READ_PRODUCTS);
  const usual = theirs.map((product) => pageOf(product));
  for (const [at, daysAgo] of EARLIER_READS.entries())
    await writeRead(context, supplier.id, { at: daysBefore(now, daysAgo), pages: at === EARLIER_READS.length - 1 ? usual : [], of: usual });
  const pages = [...theirs.flatMap((product, at) => pageNow(product, at)), ...NEW_THERE.map(pageOfNew)];
  const runId = await writeRead(context, supplier.id, { at: daysBefore(now, 0, 3), pages, of: pages });
  await tx.execute(sql`
    update scrape_records set missing_since_run = ${runId} where supplier_id = ${supplier.id} and last_seen_run <> ${runId}`);
  await compare(tx, runId);
  return EARLIER_READS.length + 1;
}

function pageOf({ slug, name, brand, priceMinor }: SeedProduct): Page {
  const price = (priceMinor / 100).toFixed(2);
  const said = { name, price, currency: "GBP", availability: "InStock", ...(brand ? { brand } : {}) };
  return { sku: slug.toUpperCase().slice(0, 40), path: `/products/${slug}`, said };
}

/** As the last read found it; none: it was not there. */
function pageNow(product: SeedProduct, at: number): Page[] {
  const { pricePart = 1, isSoldOut = false, isMissing = false } = OTHERWISE.find((one) => one.at === at) ?? {};
  if (isMissing) return [];
  const { said, ...page } = pageOf({ ...product, priceMinor: Math.round(product.priceMinor * pricePart) });
  const { availability: _, ...others } = said;
  if (isSoldOut) return [{ ...page, said: { ...others, availability: "OutOfStock" } }];
  return [{ ...page, said: at < SAY_AVAILABILITY ? said : others }];
}

function pageOfNew({ sku, ...said }: (typeof NEW_THERE)[number]): Page {
  return { sku, path: `/products/${sku.toLowerCase()}`, said: { ...said, currency: "GBP", availability: "InStock" } };
}

/** A read that is over. pages: those of which records are kept; of: all that it saw. */
async function writeRead(
  { tx }: SeedContext,
  supplierId: number,
  { at, pages, of }: { at: Date; pages: readonly Page[]; of: readonly Page[] },
) {
  const holder = randomUUID();
  const times = { askedAt: at, startedAt: at, heldBy: holder, heldUntil: sql`now() + interval '1 hour'` };
  const [run] = await tx
    .insert(scrapeRuns)
    .values({ supplierId, state: "running", rules: RULES, ...times })
    .returning({ id: scrapeRuns.id });
  if (!run) throw new Error("an insert returns its row");
  for (const { sku, path, said } of pages) {
    const fields: ScrapedFields = Object.fromEntries(
      Object.entries(said).map(([field, value]) => [field, { value, source: "json-ld", confidence: 0.93 }]),
    );
    const url = READ_ORIGIN + path;
    await recordSeen(tx, { runId: run.id, holder }, { supplierId, sku, url, pageUrl: url, fields, doubts: [], extractorVersion: "1" });
  }
  await tx.update(scrapeRecords).set({ seenAt: at }).where(eq(scrapeRecords.lastSeenRun, run.id));
  const counts = {
    listed: of.length,
    lists: 1,
    fetched: of.length + 1,
    unchanged: 0,
    products: of.length,
    refused: 0,
    failed: 0,
    bytes: 9_000 * of.length,
  };
  const ended = { state: "complete" as const, ending: `All pages were seen: ${of.length} products.`, finishedAt: at };
  await tx
    .update(scrapeRuns)
    .set({ ...ended, counts, found: foundIn(of), heldBy: null, heldUntil: null })
    .where(eq(scrapeRuns.id, run.id));
  return run.id;
}

/** How many products there were, and how many of them said each field. */
function foundIn(pages: readonly Page[]): Record<string, number> {
  const found: Record<string, number> = { products: pages.length };
  for (const field of pages.flatMap(({ said }) => Object.keys(said))) found[field] = (found[field] ?? 0) + 1;
  return found;
}
