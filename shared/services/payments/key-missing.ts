import { and, eq, isNull, like, sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { AttemptId, MatterId, RefundId, UserId } from "../../models/ids.ts";
import { paymentAttempts, paymentMatters } from "../../models/payments.ts";
import { close } from "./attempts.ts";
import { openMatter } from "./matters.ts";
import { refundOf } from "./refunds.ts";

/** What became of a payment or a refund can't be asked, as there is no key of its merchant. Told once; it is tried again all the same. */
export async function noteKeyMissing(tx: Tx, what: { attemptId: AttemptId } | { refundId: RefundId }, merchantCode: string): Promise<void> {
  if ("refundId" in what) {
    const { orderId, amountMinor, currency } = await refundOf(tx, what.refundId);
    const detail = { merchant: merchantCode, amountMinor, currency };
    await openMatter(tx, { kind: "key_missing", subject: `refund:${what.refundId}`, orderId, detail });
    return;
  }
  const { orderId, reference, checkoutId, amountMinor, currency } = paymentAttempts;
  const [attempt] = await tx
    .select({ orderId, reference, checkoutId, amountMinor, currency })
    .from(paymentAttempts)
    .where(eq(paymentAttempts.id, what.attemptId));
  if (attempt === undefined) return;
  const { orderId: ofOrder, ...asked } = attempt;
  const detail = { merchant: merchantCode, ...asked };
  await openMatter(tx, { kind: "key_missing", subject: `attempt:${what.attemptId}`, orderId: ofOrder, detail });
}

/** Nobody paid it, says whoever looked it up without the key: the payment is closed, and its order expires with it if its time is over. */
export async function letGo(tx: Tx, id: MatterId, { by, note }: { by: UserId; note: string }): Promise<boolean> {
  const isOpen = and(eq(paymentMatters.id, id), eq(paymentMatters.kind, "key_missing"), isNull(paymentMatters.resolvedAt));
  const [ended] = await tx
    .update(paymentMatters)
    .set({ resolvedAt: sql`now()`, resolvedBy: by, resolution: ["Nobody paid it.", note].filter(Boolean).join(" ") })
    .where(and(isOpen, like(paymentMatters.subject, "attempt:%")))
    .returning({ subject: paymentMatters.subject });
  if (ended === undefined) return false;
  await close(tx, Number(ended.subject.replace("attempt:", "")) as AttemptId);
  return true;
}
