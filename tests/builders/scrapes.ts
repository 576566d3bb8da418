import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { ScrapingService } from "../../shared/contracts/scraping.ts";
import type { ScrapeRunId } from "../../shared/models/ids.ts";
import { type AcceptanceRules, type RunState, type ScrapedFields, scrapeRuns } from "../../shared/models/scraping.ts";

/** What a page says, by field; a text alone is sure. price: as "3.20 GBP". */
export interface ScrapedPage {
  readonly sku: string;
  readonly name?: string;
  readonly price?: string;
  readonly brand?: string;
  readonly gtin?: string;
  readonly availability?: string;
  readonly ingredients?: string;
  readonly images?: readonly string[];
  readonly doubts?: readonly string[];
  readonly confidence?: number;
  readonly source?: string;
}

interface Scrape {
  readonly supplierId: number;
  readonly pages: readonly ScrapedPage[];
  readonly state?: Extract<RunState, "complete" | "incomplete" | "stopped" | "failed">;
  readonly rules?: Partial<AcceptanceRules>;
}

const RULES: AcceptanceRules = { pricePercent: 0, fields: [], mostMissingPercent: 90 };

/** A run over a supplier's pages that has ended and was compared. */
export async function aScrape(
  db: NodePgDatabase,
  scraping: Pick<ScrapingService, "recordSeen" | "finishRun">,
  { supplierId, pages, state = "complete", rules = {} }: Scrape,
): Promise<ScrapeRunId> {
  const holder = randomUUID();
  const run = { supplierId, state: "running" as const, rules: { ...RULES, ...rules }, startedAt: new Date(), heldBy: holder };
  const [made] = await db.insert(scrapeRuns).values(run).returning({ id: scrapeRuns.id });
  if (!made) throw new Error("the run was not made");
  const hold = { runId: made.id, holder };
  await db.transaction(async (tx) => {
    await tx
      .update(scrapeRuns)
      .set({ heldUntil: new Date(Date.now() + 60_000) })
      .where(eq(scrapeRuns.id, made.id));
    for (const [at, page] of pages.entries()) {
      const url = `https://dairy.example/${page.sku}?page=${at}`;
      const seen = { supplierId, sku: page.sku, url, pageUrl: url, fields: fieldsOf(page) };
      await scraping.recordSeen(tx, hold, { ...seen, doubts: page.doubts ?? [], extractorVersion: "test" });
    }
  });
  await db.transaction((tx) => scraping.finishRun(tx, hold, { state, ending: "" }));
  return made.id;
}

function fieldsOf({ sku: _sku, doubts: _doubts, price = "", confidence = 0.9, source = "json-ld", ...said }: ScrapedPage): ScrapedFields {
  const [amount = "", currency = ""] = price.split(" ");
  const values = { ...said, ...(amount ? { price: amount } : {}), ...(currency ? { currency } : {}) };
  return Object.fromEntries(Object.entries(values).map(([field, value]) => [field, { value, source, confidence }]));
}
