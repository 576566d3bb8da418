import { and, asc, eq, isNull, notInArray, sql } from "drizzle-orm";
import type { Matter } from "../../contracts/payments.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { orders } from "../../models/cart.ts";
import type { MatterId, OrderId, UserId } from "../../models/ids.ts";
import { type MatterDetail, type MatterKind, paymentMatters } from "../../models/payments.ts";

/** Somebody has to look. Of a kind and a subject one is open at a time: seeing it again opens no second. */
export async function openMatter(
  tx: Tx,
  matter: { kind: MatterKind; subject: string; orderId: OrderId | null; detail: MatterDetail },
): Promise<void> {
  const [opened] = await tx.insert(paymentMatters).values(matter).onConflictDoNothing().returning({ id: paymentMatters.id });
  if (opened === undefined) return;
  const object = { type: "PaymentMatter", id: opened.id };
  await emitActivity(tx, { type: "Create", object, originApp: "cart", actorId: null, details: { kind: matter.kind } });
}

/** What settled by itself. */
export async function endMatter(tx: Tx, kind: MatterKind, subject: string, resolution: string): Promise<void> {
  await tx
    .update(paymentMatters)
    .set({ resolvedAt: sql`now()`, resolution })
    .where(and(eq(paymentMatters.kind, kind), eq(paymentMatters.subject, subject), isNull(paymentMatters.resolvedAt)));
}

/** What somebody has settled; once. What nobody knows of a refund, or of a payment whose key is missing, is decided, not talked away. */
export async function resolveMatter(tx: Tx, id: MatterId, { by, resolution }: { by: UserId; resolution: string }): Promise<boolean> {
  const [resolved] = await tx
    .update(paymentMatters)
    .set({ resolvedAt: sql`now()`, resolvedBy: by, resolution })
    .where(
      and(eq(paymentMatters.id, id), isNull(paymentMatters.resolvedAt), notInArray(paymentMatters.kind, ["refund_unknown", "key_missing"])),
    )
    .returning({ id: paymentMatters.id });
  return resolved !== undefined;
}

/** Oldest first. */
export async function listMatters(db: ServiceDeps["db"]): Promise<readonly Matter[]> {
  const { id, kind, subject, detail, openedAt } = paymentMatters;
  return db
    .select({ id, kind, subject, detail, openedAt, orderReference: orders.reference })
    .from(paymentMatters)
    .leftJoin(orders, eq(orders.id, paymentMatters.orderId))
    .where(isNull(paymentMatters.resolvedAt))
    .orderBy(asc(openedAt), asc(id));
}
