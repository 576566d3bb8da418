import { and, eq, sql } from "drizzle-orm";
import type { ScrapeReviewService } from "../../contracts/scrape-review.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { scrapeAlarms } from "../../models/scrape-findings.ts";
import type { Means } from "./held-finding.ts";

/** From then on the last run under the alarm says what is usual, and rules accept again. */
export function makeDismissAlarm({ audit }: Pick<Means, "audit">): ScrapeReviewService["dismissAlarm"] {
  return async (tx, { id, reason, by }) => {
    const [ended] = await tx
      .update(scrapeAlarms)
      .set({ ending: "dismissed", endedAt: sql`now()`, endedBy: by, reason })
      .where(and(eq(scrapeAlarms.id, id), eq(scrapeAlarms.ending, "")))
      .returning({ lastRunId: scrapeAlarms.lastRunId, drifts: scrapeAlarms.drifts });
    if (!ended) return false;
    await emitActivity(tx, {
      ...{ originApp: "market", actorId: by, type: "Update", object: { type: "ScrapeRun", id: ended.lastRunId } },
    });
    const before = Object.fromEntries(ended.drifts.map(({ field, share, usual }) => [field, `${share} of usually ${usual}`]));
    await audit.record(tx, { app: "market", by, action: "dismiss alarm", subject: `scrape-alarm:${id}`, reason, before, after: null });
    return true;
  };
}
