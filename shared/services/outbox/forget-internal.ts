import { and, asc, eq, inArray, lt, notExists, sql } from "drizzle-orm";
import type { OutboxService } from "../../contracts/outbox.ts";
import { apActivities, apActivityHandlings, notifications } from "../../models/federation.ts";

/** Oldest first, by the index of the newest. What a handler still has, or gave up, and what a member was told of stays. */
export const forgetInternal: OutboxService["forgetInternal"] = async (tx, before, most) => {
  const isHandled = notExists(
    tx.select({ one: sql`1` }).from(apActivityHandlings).where(eq(apActivityHandlings.activityId, apActivities.id)),
  );
  const isUntold = notExists(tx.select({ one: sql`1` }).from(notifications).where(eq(notifications.activityId, apActivities.id)));
  const over = tx
    .select({ id: apActivities.id })
    .from(apActivities)
    .where(and(eq(apActivities.visibility, "internal"), lt(apActivities.publishedAt, before), isHandled, isUntold))
    .orderBy(asc(apActivities.publishedAt), asc(apActivities.id))
    .limit(most);
  const { rowCount } = await tx.delete(apActivities).where(inArray(apActivities.id, over));
  return rowCount ?? 0;
};
