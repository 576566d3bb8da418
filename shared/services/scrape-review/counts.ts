import { count, eq, sql } from "drizzle-orm";
import type { ScrapeReviewService } from "../../contracts/scrape-review.ts";
import type { Db } from "../../infrastructure/db.ts";
import { type Decision, scrapeFindingFields, scrapeFindings } from "../../models/scrape-findings.ts";
import { fitting, isHeld, isPriceOnly } from "./filter.ts";

/** How many findings wait, and what became of a run's. */
export function makeCounts(db: Db): Pick<ScrapeReviewService, "countWaiting" | "countDecided"> {
  return {
    async countWaiting({ supplierId, runId }) {
      const where = fitting({ supplierId, runId, group: null, state: "waiting", words: "" });
      const { kind } = scrapeFindings;
      const { rows } = await db.execute<{ kind: "new" | "changed" | "gone"; held: boolean; prices: boolean; n: number }>(
        sql`select ${kind} as kind, ${isHeld} as held, ${isPriceOnly} as prices, count(*)::int as n from ${scrapeFindings} where ${where} group by 1, 2, 3`,
      );
      const sum = (fits: (row: (typeof rows)[number]) => boolean) => rows.reduce((all, row) => (fits(row) ? all + row.n : all), 0);
      const of = (name: string) => sum((row) => row.kind === name);
      return {
        ...{ new: of("new"), changed: of("changed"), gone: of("gone") },
        ...{ held: sum(({ held }) => held), prices: sum(({ prices }) => prices), all: sum(() => true) },
      };
    },
    async countDecided(runId) {
      const rows = await db
        .select({ decision: scrapeFindingFields.decision, n: count() })
        .from(scrapeFindingFields)
        .innerJoin(scrapeFindings, eq(scrapeFindings.id, scrapeFindingFields.findingId))
        .where(eq(scrapeFindings.runId, runId))
        .groupBy(scrapeFindingFields.decision);
      const of = (decision: Decision) => rows.find((row) => row.decision === decision)?.n ?? 0;
      return { waiting: of("waiting"), accepted: of("accepted"), declined: of("declined"), superseded: of("superseded") };
    },
  };
}
