import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { CrawlingService, KnownPage } from "../../contracts/crawling.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import { scrapeEntries, scrapePages, scrapeRecords, scrapeRuns, scrapeSnapshots } from "../../models/scraping.ts";
import { holdRun } from "../scraping/hold.ts";
import { PAGE_URL } from "../scraping/page-url.ts";

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** Runs of a supplier whose pages and bytes stay, and those whose reports do. */
const KEPT_PAGES = 3;
const KEPT_REPORTS = 30;
/** Bytes that nothing names go a day after they came: whoever names them does so at once. */
const UNNAMED = sql`interval '1 day'`;

/** Pages as they came. */
export function makeSnapshots(
  db: Db,
): Pick<CrawlingService, "findKnown" | "putSnapshot" | "getSnapshot" | "recordUnchanged" | "forgetOld"> {
  return {
    findKnown: (supplierId, url) => findKnown(db, supplierId, url),
    async putSnapshot(tx, { bytes, contentType }) {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const row = { sha256, gzip: await pack(bytes), contentType: contentType.slice(0, 200) };
      await tx
        .insert(scrapeSnapshots)
        .values(row)
        .onConflictDoUpdate({ target: scrapeSnapshots.sha256, set: { storedAt: sql`now()`, contentType: row.contentType } });
      return sha256;
    },
    async getSnapshot(sha256) {
      const [row] = await db.select().from(scrapeSnapshots).where(eq(scrapeSnapshots.sha256, sha256));
      return row ? { bytes: await unpack(row.gzip), contentType: row.contentType } : null;
    },
    async recordUnchanged(tx, hold, url) {
      const { supplierId } = await holdRun(tx, hold);
      const seen = await tx
        .update(scrapeRecords)
        .set({ lastSeenRun: hold.runId, missingSinceRun: null, seenAt: sql`now()` })
        .where(and(eq(scrapeRecords.supplierId, supplierId), eq(PAGE_URL, url)))
        .returning({ id: scrapeRecords.id });
      return seen.length;
    },
    forgetOld,
  };
}

async function findKnown(db: Db, supplierId: number, url: string): Promise<KnownPage | null> {
  const version = sql<string | null>`(select max(${scrapeRecords.extractorVersion}) from ${scrapeRecords}
    where ${scrapeRecords.supplierId} = ${supplierId} and ${PAGE_URL} = ${url})`;
  const [row] = await db
    .select({
      etag: scrapePages.etag,
      lastModified: scrapePages.lastModified,
      snapshot: scrapeSnapshots.sha256,
      contentType: scrapeSnapshots.contentType,
      extractorVersion: version,
    })
    .from(scrapePages)
    .innerJoin(scrapeRuns, eq(scrapeRuns.id, scrapePages.runId))
    .innerJoin(scrapeSnapshots, eq(scrapeSnapshots.sha256, scrapePages.snapshot))
    .where(and(eq(scrapeRuns.supplierId, supplierId), eq(scrapePages.url, url), inArray(scrapePages.state, ["fetched", "unchanged"])))
    .orderBy(desc(scrapePages.runId))
    .limit(1);
  return row ?? null;
}

async function forgetOld(tx: Tx, supplierId: number): Promise<void> {
  const olderThan = (kept: number) =>
    sql`run_id in (select id from ${scrapeRuns} where ${scrapeRuns.supplierId} = ${supplierId} order by id desc offset ${kept})`;
  await tx.delete(scrapePages).where(olderThan(KEPT_PAGES));
  await tx.delete(scrapeEntries).where(olderThan(KEPT_REPORTS));
  const isNamed = sql`exists (select 1 from ${scrapePages} where ${scrapePages.snapshot} = ${scrapeSnapshots.sha256})`;
  await tx.delete(scrapeSnapshots).where(sql`${scrapeSnapshots.storedAt} < now() - ${UNNAMED} and not ${isNamed}`);
}
