import { and, asc, count, desc, eq, sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import { type ScrapingService, scrapeEntry, scrapeRun, scrapeRunList } from "../../contracts/scraping.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { users } from "../../models/identity.ts";
import { suppliers } from "../../models/market.ts";
import { scrapeEntries, scrapePages, scrapeRuns } from "../../models/scraping.ts";

const RUNS_ON_A_PAGE = 30;
const MOST_ENTRIES = 500;

/** What people read of runs. */
export function makeReads({ db }: ServiceDeps): Pick<ScrapingService, "listRuns" | "getRun" | "listEntries" | "countEntries"> {
  return {
    async listRuns({ supplierId, page }) {
      const where = supplierId === null ? sql`true` : eq(scrapeRuns.supplierId, supplierId);
      const [total = { n: 0 }] = await db.select({ n: count() }).from(scrapeRuns).where(where);
      const pageCount = Math.max(1, Math.ceil(total.n / RUNS_ON_A_PAGE));
      const here = Math.min(page, pageCount);
      const runs = await selectRuns(db)
        .where(where)
        .orderBy(desc(scrapeRuns.id))
        .limit(RUNS_ON_A_PAGE)
        .offset((here - 1) * RUNS_ON_A_PAGE);
      return scrapeRunList.parse({ runs, total: total.n, paging: { page: here, pageCount } });
    },
    async getRun(id) {
      const [run] = await selectRuns(db).where(eq(scrapeRuns.id, id));
      if (!run) throw new CodedError("not-found", "There is no such run.", { id });
      return scrapeRun.parse(run);
    },
    async listEntries(id, kind) {
      const rows = await db
        .select({ at: scrapeEntries.at, kind: scrapeEntries.kind, url: scrapeEntries.url, words: scrapeEntries.words })
        .from(scrapeEntries)
        .where(and(eq(scrapeEntries.runId, id), kind === null ? undefined : eq(scrapeEntries.kind, kind)))
        .orderBy(asc(scrapeEntries.id))
        .limit(MOST_ENTRIES);
      return rows.map((row) => scrapeEntry.parse(row));
    },
    async countEntries(id) {
      const rows = await db
        .select({ kind: scrapeEntries.kind, n: count() })
        .from(scrapeEntries)
        .where(eq(scrapeEntries.runId, id))
        .groupBy(scrapeEntries.kind)
        .orderBy(asc(scrapeEntries.kind));
      return Object.fromEntries(rows.map(({ kind, n }) => [kind, n]));
    },
  };
}

function selectRuns(db: Db) {
  return db
    .select({
      id: scrapeRuns.id,
      supplierId: scrapeRuns.supplierId,
      supplierSlug: suppliers.slug,
      supplier: suppliers.name,
      state: scrapeRuns.state,
      isStopAsked: scrapeRuns.isStopAsked,
      askedAt: scrapeRuns.askedAt,
      startedAt: scrapeRuns.startedAt,
      finishedAt: scrapeRuns.finishedAt,
      by: users.name,
      counts: scrapeRuns.counts,
      waitingPages: sql<number>`(select count(*)::int from ${scrapePages} where ${scrapePages.runId} = ${scrapeRuns.id} and ${scrapePages.state} = 'waiting')`,
      found: scrapeRuns.found,
      ending: scrapeRuns.ending,
    })
    .from(scrapeRuns)
    .innerJoin(suppliers, eq(suppliers.id, scrapeRuns.supplierId))
    .leftJoin(users, eq(users.id, scrapeRuns.startedBy));
}
