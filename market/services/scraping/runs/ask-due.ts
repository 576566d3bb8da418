import type { CrawlParts } from "../crawl/parts.ts";
import { lastTime } from "../suppliers/cron.ts";
import type { SupplierConfig } from "../suppliers/supplier.ts";

/** A time that came while nothing ran is caught up with for so long. */
const CAUGHT_UP_MS = 12 * 3_600_000;
/** A supplier that was never read begins with the next time, not with one before its file was there. */
const NEWS_MS = 10 * 60_000;

/** Asks for the runs whose time has come since the supplier's last one. Any number of processes may do so. */
export async function askDue(
  { services, transaction }: Pick<CrawlParts, "services" | "transaction">,
  suppliers: readonly SupplierConfig[],
  now: Date,
): Promise<void> {
  for (const { schedule, supplier: slug, name } of suppliers) {
    if (schedule === undefined) continue;
    const known = (await services.crawling.findSuppliers([slug])).get(slug);
    const last = known === undefined ? null : await services.crawling.findLastAskedAt(known);
    const from = new Date(now.getTime() - (last === null ? NEWS_MS : CAUGHT_UP_MS));
    const due = lastTime(schedule, from, now);
    if (due === null || (last !== null && last >= due)) continue;
    await transaction(async (tx) => {
      const supplierId = await services.crawling.supplierIdOf(tx, { slug, name });
      await services.scraping.askRun(tx, { supplierId, by: null });
    });
  }
}
