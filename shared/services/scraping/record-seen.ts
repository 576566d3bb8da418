import { createHash } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import type { ScrapingService, SeenProduct } from "../../contracts/scraping.ts";
import type { Tx } from "../../contracts/tx.ts";
import { SCRAPED_FIELDS, scrapeRecords } from "../../models/scraping.ts";
import { holdRun } from "./hold.ts";
import { PAGE_URL } from "./page-url.ts";

/**
 * One record for a supplier's number. Of two pages with the same number in one run the first stays, and the other is named; two
 * addresses of one page, which says the same under both, are no two.
 */
export const recordSeen: ScrapingService["recordSeen"] = async (tx, hold, seen) => {
  await holdRun(tx, hold);
  const { runId } = hold;
  const isTheirs = and(eq(scrapeRecords.supplierId, seen.supplierId), eq(scrapeRecords.sku, seen.sku));
  const columns = { url: scrapeRecords.url, pageUrl: PAGE_URL, lastSeenRun: scrapeRecords.lastSeenRun, digest: scrapeRecords.digest };
  const [known] = await tx.select(columns).from(scrapeRecords).where(isTheirs).for("no key update");
  const digest = digestOf(seen);
  if (known && known.lastSeenRun === runId && known.pageUrl !== seen.pageUrl) {
    if (known.url === seen.url && known.digest === digest) return { kind: "same" };
    await doubtNumber(tx, isTheirs);
    return { kind: "duplicate", url: known.pageUrl };
  }
  const now = { ...seen, doubts: [...seen.doubts], digest, lastSeenRun: runId, missingSinceRun: null, seenAt: sql`now()` };
  if (!known) {
    await tx.insert(scrapeRecords).values({ ...now, firstSeenRun: runId, changedRun: runId });
    return { kind: "new" };
  }
  const isSame = known.digest === digest;
  await tx
    .update(scrapeRecords)
    .set({ ...now, ...(isSame ? {} : { changedRun: runId }) })
    .where(isTheirs);
  return { kind: isSame ? "same" : "changed" };
};

/** Which of two things has the number a person has to say. The next run begins without this doubt. */
async function doubtNumber(tx: Tx, which: ReturnType<typeof and>): Promise<void> {
  const doubts = sql`array_append(array_remove(${scrapeRecords.doubts}, 'duplicate-sku'), 'duplicate-sku')`;
  await tx.update(scrapeRecords).set({ doubts }).where(which);
}

/** Of what the page says; neither where on it, nor how sure that is. */
function digestOf({ fields, doubts }: SeenProduct): string {
  const said = SCRAPED_FIELDS.map((field) => fields[field]?.value ?? null);
  return createHash("sha256")
    .update(JSON.stringify([said, doubts]))
    .digest("hex");
}
