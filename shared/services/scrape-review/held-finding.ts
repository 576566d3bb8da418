import { and, asc, eq } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { ShelfService } from "../../contracts/shelf.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ScrapeFindingId, UserId } from "../../models/ids.ts";
import { scrapeFindingFields, scrapeFindings } from "../../models/scrape-findings.ts";
import { lockSupplier } from "./lock-supplier.ts";

/** Who or what decides. by null: a rule does. */
export interface Decider {
  readonly by: UserId | null;
  readonly reason: string;
}

export type HeldFinding = typeof scrapeFindings.$inferSelect;
export type WaitingField = typeof scrapeFindingFields.$inferSelect;
/** What decisions are carried out by. */
export interface Means {
  readonly shelf: Pick<ShelfService, "recordSource" | "takeStock" | "createProduct" | "editProduct">;
  readonly audit: Pick<AuditService, "record">;
}

/** Locks a finding for the transaction, with the fields of it that wait. Throws not-found. */
export async function holdFinding(tx: Tx, id: ScrapeFindingId): Promise<{ finding: HeldFinding; waiting: readonly WaitingField[] }> {
  const [found] = await tx.select({ supplierId: scrapeFindings.supplierId }).from(scrapeFindings).where(eq(scrapeFindings.id, id));
  if (!found) throw new CodedError("not-found", "There is no such finding.", { id });
  await lockSupplier(tx, [found.supplierId], "decide");
  const [finding] = await tx.select().from(scrapeFindings).where(eq(scrapeFindings.id, id)).for("no key update");
  if (!finding) throw new CodedError("not-found", "There is no such finding.", { id });
  const waiting = await tx
    .select()
    .from(scrapeFindingFields)
    .where(and(eq(scrapeFindingFields.findingId, id), eq(scrapeFindingFields.decision, "waiting")))
    .orderBy(asc(scrapeFindingFields.field));
  return { finding, waiting };
}
