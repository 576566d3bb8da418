import { and, eq } from "drizzle-orm";
import { HoldLost } from "../../contracts/crawling.ts";
import type { RunHold } from "../../contracts/scraping.ts";
import type { Tx } from "../../contracts/tx.ts";
import { scrapeRuns } from "../../models/scraping.ts";

/** Locks the run for the transaction. Throws HoldLost where another process took it over, or it is over. */
export async function holdRun(tx: Tx, { runId, holder }: RunHold) {
  const [run] = await tx
    .select({ supplierId: scrapeRuns.supplierId, rules: scrapeRuns.rules, counts: scrapeRuns.counts, isStopAsked: scrapeRuns.isStopAsked })
    .from(scrapeRuns)
    .where(and(eq(scrapeRuns.id, runId), eq(scrapeRuns.state, "running"), eq(scrapeRuns.heldBy, holder)))
    .for("no key update");
  if (!run) throw new HoldLost(`run ${runId} is no longer in this process's hands`);
  return run;
}
