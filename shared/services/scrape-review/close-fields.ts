import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { type FindingField, scrapeFindingFields, scrapeFindings } from "../../models/scrape-findings.ts";
import type { Decider, HeldFinding, Means, WaitingField } from "./held-finding.ts";

/** Writes down what became of fields, in the finding, in the log, and for whoever cares. Gives how many fields still wait. */
export async function closeFields(
  tx: Tx,
  finding: HeldFinding,
  fields: readonly WaitingField[],
  { verdict, by, reason }: Decider & { verdict: "accepted" | "declined" },
  { audit }: Pick<Means, "audit">,
): Promise<number> {
  const names = fields.map(({ field }) => field);
  const ofFinding = eq(scrapeFindingFields.findingId, finding.id);
  await tx
    .update(scrapeFindingFields)
    .set({ decision: verdict, userId: by, reason, decidedAt: sql`now()`, ...(by === null ? {} : { rule: "" }) })
    .where(and(ofFinding, inArray(scrapeFindingFields.field, names), eq(scrapeFindingFields.decision, "waiting")));
  const left = await tx.$count(scrapeFindingFields, and(ofFinding, eq(scrapeFindingFields.decision, "waiting")));
  if (left === 0) await tx.update(scrapeFindings).set({ state: "settled", settledAt: sql`now()` }).where(eq(scrapeFindings.id, finding.id));
  await emitActivity(tx, {
    ...{
      originApp: "market",
      actorId: by,
      type: verdict === "accepted" ? "Accept" : "Reject",
      object: { type: "ScrapeFinding", id: finding.id },
    },
    details: { fields: names.join(" "), runId: finding.runId },
  });
  if (by !== null) {
    const action = `${verdict === "accepted" ? "accept" : "decline"} finding`;
    const states = { before: plain(fields, "before"), after: plain(fields, "after") };
    await audit.record(tx, { app: "market", by, action, subject: `finding:${finding.id}`, reason, ...states });
  }
  return left;
}

function plain(fields: readonly WaitingField[], side: "before" | "after"): Readonly<Record<FindingField, string>> | null {
  const said = fields.filter((field) => field[side] !== null).map((field) => [field.field, JSON.stringify(field[side]).slice(0, 500)]);
  return said.length === 0 ? null : Object.fromEntries(said);
}
