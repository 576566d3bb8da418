import { eq, sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { PaymentsService } from "../../contracts/payments.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { AttemptId } from "../../models/ids.ts";
import { merchants } from "../../models/merchants.ts";
import { paymentAttempts } from "../../models/payments.ts";
import { lockOrder } from "./attempts.ts";
import { type Counter, takeMoney } from "./settle.ts";

type ByHand = Parameters<PaymentsService["payByHand"]>[1];

/** Somebody has taken cash, or seen it at the bank. A live payment through SumUp is closed when it is looked at next. */
export async function payByHand(tx: Tx, { orderId, kind, by, paidAt }: ByHand, counter: Counter): Promise<void> {
  const { status, merchantId, totalMinor, currency, reference } = await lockOrder(tx, orderId);
  if (merchantId === null || (status !== "pending_payment" && status !== "expired")) {
    throw new CodedError("order-not-payable", "This order does not wait for money any more.", { orderId, status });
  }
  const { rows } = await tx.execute<{ at: string; on: string }>(sql`
    with came as (select least(${paidAt.toISOString()}::timestamptz, now()) as at) select at, (at at time zone ${counter.timeZone})::date::text as on from came`);
  const [came] = rows;
  if (came === undefined) throw new Error("a select of one row gives it");
  const number = (await tx.$count(paymentAttempts, eq(paymentAttempts.orderId, orderId))) + 1;
  const manual = { orderId, number, reference: `${reference}-${number}`, merchantId, kind, amountMinor: totalMinor, currency };
  const [merchant] = await tx.select({ code: merchants.code }).from(merchants).where(eq(merchants.id, merchantId));
  const [made] = await tx
    .insert(paymentAttempts)
    .values({ ...manual, state: "closed", validUntil: new Date(came.at), recordedBy: by })
    .returning({ id: paymentAttempts.id });
  const attempt = {
    ...manual,
    id: made?.id ?? (0 as AttemptId),
    merchantCode: merchant?.code ?? "",
    state: "closed" as const,
    checkoutId: null,
  };
  const settled = await takeMoney(tx, attempt, counter, { by: `user:${by}`, valueOn: came.on });
  if (settled !== "paid")
    throw new CodedError("order-not-payable", "What was ordered can’t be had any more: give the money back.", { orderId });
  await tx.execute(sql`update payment_attempts set look_at = now() where order_id = ${orderId} and state in ('new', 'open')`);
}
