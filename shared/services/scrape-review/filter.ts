import { and, eq, type SQL, sql } from "drizzle-orm";
import type { FindingFilter } from "../../contracts/scrape-review.ts";
import { products } from "../../models/market.ts";
import { productSources } from "../../models/product-history.ts";
import { scrapeFindingFields, scrapeFindings } from "../../models/scrape-findings.ts";
import { scrapeRecords } from "../../models/scraping.ts";

const ofFinding = sql`select 1 from ${scrapeFindingFields} where ${scrapeFindingFields.findingId} = ${scrapeFindings.id}`;
const waits = sql`${scrapeFindingFields.decision} = 'waiting'`;

/** A doubt about all of it, or about a field that waits: no rule accepts it, and nobody accepts it with many others. */
export const isHeld = sql<boolean>`(cardinality(${scrapeFindings.doubts}) > 0
  or exists (${ofFinding} and ${waits} and (${scrapeFindingFields.doubt} <> '' or not ${scrapeFindingFields.canTake})))`;

/** What the supplier says of that number came another way after the run saw it. */
export const isOutdated = sql<boolean>`exists (select 1 from ${productSources} join ${scrapeRecords}
  on ${scrapeRecords.supplierId} = ${productSources.supplierId} and ${scrapeRecords.sku} = ${productSources.sku}
  where ${productSources.supplierId} = ${scrapeFindings.supplierId} and ${productSources.sku} = ${scrapeFindings.sku}
    and ${productSources.seenAt} > ${scrapeRecords.seenAt})`;

/** Nothing waits but a price of something that is on the shelf, and nobody doubts it. */
export const isPriceOnly = sql<boolean>`(${scrapeFindings.kind} = 'changed' and not ${isHeld} and exists (${ofFinding} and ${waits})
  and not exists (${ofFinding} and ${waits} and ${scrapeFindingFields.field} not in ('priceMinor', 'costMinor')))`;

const wasDecided = sql`(${scrapeFindings.state} <> 'waiting' and exists (${ofFinding} and ${scrapeFindingFields.decidedAt} is not null))`;

/** The findings that a filter lets through. */
export function fitting({ supplierId, runId, group, state, words }: FindingFilter): SQL | undefined {
  return and(
    state === "waiting" ? eq(scrapeFindings.state, "waiting") : wasDecided,
    supplierId === null ? undefined : eq(scrapeFindings.supplierId, supplierId),
    runId === null ? undefined : eq(scrapeFindings.runId, runId),
    group === null ? undefined : group === "held" ? isHeld : group === "prices" ? isPriceOnly : eq(scrapeFindings.kind, group),
    words === "" ? undefined : hasWords(words),
  );
}

function hasWords(words: string): SQL {
  const like = `%${words.replace(/[\\%_]/g, "\\$&")}%`;
  const named = sql`${scrapeFindingFields.field} = 'name' and ${scrapeFindingFields.after} #>> '{}' ilike ${like}`;
  const ofProduct = sql`select 1 from ${products} where ${products.id} = ${scrapeFindings.productId} and ${products.name} ilike ${like}`;
  return sql`(${scrapeFindings.sku} ilike ${like} or exists (${ofFinding} and ${named}) or exists (${ofProduct}))`;
}
