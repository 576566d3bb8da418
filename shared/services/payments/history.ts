import { and, desc, eq, inArray, isNotNull, ne, sql } from "drizzle-orm";
import type { Merchant, SeenTransaction } from "../../contracts/payments.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { AttemptId, MerchantId } from "../../models/ids.ts";
import { merchants } from "../../models/merchants.ts";
import { type MatterDetail, type MatterKind, paymentAttempts, paymentMatters, reconciliations, refunds } from "../../models/payments.ts";
import { moveOrder } from "../orders/move-order.ts";
import { record } from "./ledger.ts";
import { openMatter } from "./matters.ts";
import { wentBackThere } from "./refunds.ts";

/** How far back the first comparison looks, and how far behind the last one each begins. */
const FIRST_LOOK = sql.raw("interval '30 days'");
/** A merchant that sells nothing any more is looked at for so long after the last payment: banks take money back for months. */
const LONGEST_LOOK = sql.raw("interval '180 days'");
const OVERLAP = sql.raw("interval '1 day'");

/** A merchant whose history is to be compared: once a night, and again in an hour if that broke off. */
export async function claimReconciliation(tx: Tx): Promise<{ merchant: Merchant; since: Date; until: Date } | null> {
  await tx.execute(sql`
    insert into reconciliations (merchant_id, compared_until, next_at)
    select id, now() - ${FIRST_LOOK}, date_trunc('day', now()) + interval '1 day 3 hours' from merchants on conflict do nothing`);
  const isOver = sql`not exists (select from merchants where id = merchant_id and is_active)
    and not exists (select from payment_attempts where payment_attempts.merchant_id = reconciliations.merchant_id and created_at > now() - ${LONGEST_LOOK})`;
  const { rows } = await tx.execute<{ merchantId: string; since: string; until: string }>(sql`
    update reconciliations set next_at = now() + interval '1 hour', is_complete = false where merchant_id = (
      select merchant_id from reconciliations where next_at <= now() and not (${isOver}) order by next_at, merchant_id limit 1 for update skip locked)
    returning merchant_id as "merchantId", compared_until - ${OVERLAP} as since, now() as until`);
  const [claimed] = rows;
  if (claimed === undefined) return null;
  const { id, code, name, currency } = merchants;
  const [merchant] = await tx
    .select({ id, code, name, currency })
    .from(merchants)
    .where(eq(id, Number(claimed.merchantId) as MerchantId));
  return merchant === undefined ? null : { merchant, since: new Date(claimed.since), until: new Date(claimed.until) };
}

export async function endReconciliation(tx: Tx, merchantId: MerchantId, end: { until: Date } | { trouble: string }): Promise<void> {
  const set =
    "until" in end
      ? { comparedUntil: end.until, isComplete: true, trouble: "", nextAt: sql`date_trunc('day', now()) + interval '1 day 3 hours'` }
      : { trouble: end.trouble };
  await tx.update(reconciliations).set(set).where(eq(reconciliations.merchantId, merchantId));
}

/** Comparisons that broke off and were not made good yet, with why. */
export function listBrokenComparisons(db: ServiceDeps["db"]): Promise<{ merchantName: string; trouble: string; comparedUntil: Date }[]> {
  const { trouble, comparedUntil, merchantId, isComplete } = reconciliations;
  return db
    .select({ merchantName: merchants.name, trouble, comparedUntil })
    .from(reconciliations)
    .innerJoin(merchants, eq(merchants.id, merchantId))
    .where(and(eq(isComplete, false), ne(trouble, "")))
    .orderBy(merchants.name, merchants.id);
}

/**
 * A line of SumUp's history beside ours. Of an online payment that nobody here knows, first those of ours are to be read that it may
 * be (look); isLast: they were. What nobody asked for, what went back without us and what a bank took back, somebody has to look at.
 */
export async function compare(tx: Tx, merchant: Merchant, seen: SeenTransaction, isLast: boolean): Promise<{ look: readonly AttemptId[] }> {
  const { id, orderId, amountMinor, currency } = paymentAttempts;
  const refundedMinor = wentBackThere;
  const [attempt] = await tx
    .select({ id, orderId, refundedMinor, amountMinor, currency })
    .from(paymentAttempts)
    .where(and(isNotNull(paymentAttempts.transactionId), eq(paymentAttempts.transactionId, seen.transactionId)));
  const detail = { transaction: seen.transactionId, code: seen.code, amountMinor: seen.amountMinor, currency: seen.currency };
  if (attempt === undefined) {
    if (seen.type !== "PAYMENT" || !seen.isOnline || ["FAILED", "CANCELLED", "PENDING"].includes(seen.status)) return { look: [] };
    if (!isLast) return { look: await candidatesFor(tx, merchant, seen) };
    const subject = `transaction:${seen.transactionId}`;
    if (!(await wasSeen(tx, "unknown_payment", subject, {})))
      await openMatter(tx, { kind: "unknown_payment", subject, orderId: null, detail });
    return { look: [] };
  }
  if (seen.type === "CHARGE_BACK") {
    const subject = `attempt:${attempt.id}`;
    const amount = seen.amountMinor ?? attempt.amountMinor;
    const sides = [
      { account: `disputes:${merchant.code}`, amountMinor: amount },
      { account: `sumup:${merchant.code}`, amountMinor: -amount },
    ];
    const { orderId: ofOrder, currency: unit } = attempt;
    const isNew = await record(tx, {
      key: `dispute:${subject}`,
      kind: "dispute",
      orderId: ofOrder,
      by: null,
      currency: unit,
      valueOn: null,
      sides,
    });
    if (!isNew) return { look: [] };
    await openMatter(tx, { kind: "charge_back", subject, orderId: ofOrder, detail });
    await moveOrder(tx, attempt.orderId, { to: "disputed", by: "payment" });
    return { look: [] };
  }
  if (seen.refundedMinor === null || seen.refundedMinor <= attempt.refundedMinor || (await isUnderWay(tx, attempt.id))) return { look: [] };
  const elsewhere = { elsewhereMinor: seen.refundedMinor - attempt.refundedMinor };
  const beside = { ...detail, ...elsewhere, seenRefundedMinor: seen.refundedMinor, knownRefundedMinor: attempt.refundedMinor };
  if (await wasSeen(tx, "refunded_elsewhere", `attempt:${attempt.id}`, elsewhere)) return { look: [] };
  await openMatter(tx, { kind: "refunded_elsewhere", subject: `attempt:${attempt.id}`, orderId: attempt.orderId, detail: beside });
  return { look: [] };
}

/** Somebody was told of this before, and may have settled it: nights overlap. */
async function wasSeen(tx: Tx, kind: MatterKind, subject: string, detail: MatterDetail): Promise<boolean> {
  const same = and(eq(paymentMatters.kind, kind), eq(paymentMatters.subject, subject));
  return (await tx.$count(paymentMatters, and(same, sql`${paymentMatters.detail} @> ${JSON.stringify(detail)}::jsonb`))) > 0;
}

/** A refund of ours that we have not heard the end of explains what SumUp shows. */
async function isUnderWay(tx: Tx, attemptId: AttemptId): Promise<boolean> {
  const states = inArray(refunds.state, ["requested", "sending", "unknown"]);
  return (await tx.$count(refunds, and(eq(refunds.attemptId, attemptId), states))) > 0;
}

/** Payments that we have not heard the end of, or had closed, which it may be. */
async function candidatesFor(tx: Tx, merchant: Merchant, seen: SeenTransaction): Promise<readonly AttemptId[]> {
  const rows = await tx
    .select({ id: paymentAttempts.id })
    .from(paymentAttempts)
    .where(
      and(
        eq(paymentAttempts.merchantId, merchant.id),
        eq(paymentAttempts.kind, "sumup"),
        inArray(paymentAttempts.state, ["new", "open", "closed", "refused"]),
        eq(paymentAttempts.amountMinor, seen.amountMinor ?? -1),
        sql`${paymentAttempts.createdAt} > now() - interval '60 days'`,
      ),
    )
    .orderBy(desc(paymentAttempts.id))
    .limit(50);
  return rows.map(({ id }) => id);
}
