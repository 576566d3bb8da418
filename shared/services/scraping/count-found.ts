import { eq, sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { ScrapeRunId } from "../../models/ids.ts";
import { scrapeRecords } from "../../models/scraping.ts";

/** Of its products how many said each field; what was only assumed nobody said. */
export async function countFound(tx: Tx, runId: ScrapeRunId): Promise<Record<string, number>> {
  const ofRun = eq(scrapeRecords.lastSeenRun, runId);
  const products = await tx.$count(scrapeRecords, ofRun);
  const { rows } = await tx.execute<{ field: string; n: number }>(sql`
    select key as field, count(*)::int as n from ${scrapeRecords}, jsonb_each(${scrapeRecords.fields})
    where ${ofRun} and value ->> 'source' <> 'assumed' group by key order by key`);
  return { products, ...Object.fromEntries(rows.map(({ field, n }) => [field, n])) };
}
