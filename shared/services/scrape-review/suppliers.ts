import { asc, desc, eq, type SQL, sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { ScrapeReviewService, SupplierOverview } from "../../contracts/scrape-review.ts";
import type { Db } from "../../infrastructure/db.ts";
import { suppliers } from "../../models/market.ts";
import { scrapeAlarms, scrapeFindings } from "../../models/scrape-findings.ts";
import { scrapeRuns } from "../../models/scraping.ts";
import { isHeld } from "./filter.ts";

/** What people read of suppliers. */
export function makeSupplierReads(db: Db): Pick<ScrapeReviewService, "listSuppliers" | "getSupplier"> {
  return {
    listSuppliers: () => list(db, undefined),
    async getSupplier(slug) {
      const [supplier] = await list(db, eq(suppliers.slug, slug));
      if (!supplier) throw new CodedError("not-found", "There is no such supplier.", { slug });
      return supplier;
    },
  };
}

async function list(db: Db, where: SQL | undefined): Promise<readonly SupplierOverview[]> {
  const { id, supplierId, state, askedAt, finishedAt } = scrapeRuns;
  const last = db
    .select({ id, state, askedAt, finishedAt })
    .from(scrapeRuns)
    .where(eq(supplierId, suppliers.id))
    .orderBy(desc(id))
    .limit(1)
    .as("last");
  const waits = sql`select count(*)::int from ${scrapeFindings} where ${scrapeFindings.supplierId} = ${suppliers.id} and ${scrapeFindings.state} = 'waiting'`;
  const alarm = sql`select 1 from ${scrapeAlarms} where ${scrapeAlarms.supplierId} = ${suppliers.id} and ${scrapeAlarms.ending} = ''`;
  return db
    .select({
      ...{ id: suppliers.id, slug: suppliers.slug, name: suppliers.name, place: suppliers.place },
      waiting: sql<number>`(${waits})`,
      held: sql<number>`(${waits} and ${isHeld})`,
      hasAlarm: sql<boolean>`exists (${alarm})`,
      lastRun: { id: last.id, state: last.state, askedAt: last.askedAt, finishedAt: last.finishedAt },
    })
    .from(suppliers)
    .leftJoinLateral(last, sql`true`)
    .where(where)
    .orderBy(asc(sql`lower(${suppliers.name})`), asc(suppliers.id));
}
