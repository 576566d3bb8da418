import { and, desc, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { type Attempt, GRACE_MINUTES, type OpenResult } from "../../contracts/payments.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { orders } from "../../models/cart.ts";
import type { AttemptId, OrderId } from "../../models/ids.ts";
import { merchants } from "../../models/merchants.ts";
import { type AttemptState, paymentAttempts } from "../../models/payments.ts";
import { moveOrder } from "../orders/move-order.ts";
import { release } from "../orders/reserve.ts";
import { openMatter } from "./matters.ts";

/** Those that somebody may still pay, as far as we know. */
const ALIVE = ["new", "open"] as const satisfies readonly AttemptState[];

const COLUMNS = {
  id: paymentAttempts.id,
  orderId: paymentAttempts.orderId,
  orderReference: orders.reference,
  orderStatus: orders.status,
  reference: paymentAttempts.reference,
  merchantCode: merchants.code,
  amountMinor: paymentAttempts.amountMinor,
  currency: paymentAttempts.currency,
  state: paymentAttempts.state,
  checkoutId: paymentAttempts.checkoutId,
  hostedUrl: paymentAttempts.hostedUrl,
  validUntil: paymentAttempts.validUntil,
  isOver: sql<boolean>`${paymentAttempts.validUntil} <= now()`,
};

/** Through SumUp alone, newest first. */
export function selectAttempts(db: Tx | ServiceDeps["db"], where: SQL | undefined): Promise<Attempt[]> {
  return db
    .select(COLUMNS)
    .from(paymentAttempts)
    .innerJoin(orders, eq(orders.id, paymentAttempts.orderId))
    .innerJoin(merchants, eq(merchants.id, paymentAttempts.merchantId))
    .where(and(eq(paymentAttempts.kind, "sumup"), where))
    .orderBy(desc(paymentAttempts.id));
}

/**
 * The live payment of an order, or a new one. Whoever asks for it next to this one waits at the order's row and gets the same; it is
 * looked at by itself soon, should whoever asked die now.
 */
export async function openAttempt(tx: Tx, orderId: OrderId): Promise<OpenResult> {
  const { status, merchantId, totalMinor, currency, reference, holdUntil, isOver } = await lockOrder(tx, orderId);
  if (status !== "pending_payment" || holdUntil === null || isOver) return { kind: "not-payable", status };
  if (merchantId === null) return { kind: "no-merchant" };
  const ofOrder = eq(paymentAttempts.orderId, orderId);
  const [alive] = await selectAttempts(tx, and(ofOrder, inArray(paymentAttempts.state, [...ALIVE])));
  if (alive !== undefined) return { kind: "open", attempt: alive };
  const number = (await tx.$count(paymentAttempts, ofOrder)) + 1;
  const [made] = await tx
    .insert(paymentAttempts)
    .values({
      orderId,
      number,
      reference: `${reference}-${number}`,
      merchantId,
      amountMinor: totalMinor,
      currency,
      validUntil: holdUntil,
      lookAt: sql`now() + interval '20 seconds'`,
    })
    .returning({ id: paymentAttempts.id });
  const [attempt] = await selectAttempts(tx, eq(paymentAttempts.id, made?.id ?? (0 as AttemptId)));
  if (attempt === undefined) throw new Error("the payment was written in this transaction");
  return { kind: "open", attempt };
}

/** The row of an order, which nobody else changes until the transaction ends. */
export async function lockOrder(tx: Tx, orderId: OrderId) {
  const isOver = sql<boolean>`coalesce(${orders.holdUntil} <= now(), false)`;
  const { id, status, merchantId, totalMinor, refundedMinor, currency, reference, holdUntil } = orders;
  const columns = { id, status, merchantId, totalMinor, refundedMinor, currency, reference, holdUntil, isOver };
  const [order] = await tx.select(columns).from(orders).where(eq(orders.id, orderId)).for("update");
  if (order === undefined) throw new Error("a payment has an order");
  return order;
}

/** SumUp has made it. One that nobody may pay any more is kept all the same: it is closed there with the next look, which is now. */
export async function noteCheckout(tx: Tx, id: AttemptId, checkout: { id: string; hostedUrl: string | null }): Promise<boolean> {
  const [attempt] = await tx.select({ orderId: paymentAttempts.orderId }).from(paymentAttempts).where(eq(paymentAttempts.id, id));
  if (attempt === undefined) return false;
  const isWanted = (await lockOrder(tx, attempt.orderId)).status === "pending_payment";
  const seen = { checkoutId: checkout.id, hostedUrl: checkout.hostedUrl, looks: 0 };
  const inState = (...states: AttemptState[]) => and(eq(paymentAttempts.id, id), inArray(paymentAttempts.state, states));
  const lookAt = isWanted ? sql`now() + interval '30 seconds'` : sql`now()`;
  const [noted] = await tx
    .update(paymentAttempts)
    .set({ ...seen, state: "open", trouble: "", lookAt })
    .where(inState("new"))
    .returning({ id: paymentAttempts.id });
  if (noted !== undefined) return isWanted;
  await tx
    .update(paymentAttempts)
    .set({ ...seen, state: "closed", lookAt: sql`now()` })
    .where(and(inState("closed", "refused"), isNull(paymentAttempts.checkoutId)));
  return isWanted && (await tx.$count(paymentAttempts, and(inState("open"), eq(paymentAttempts.checkoutId, checkout.id)))) > 0;
}

export async function noteRefused(tx: Tx, id: AttemptId, trouble: string): Promise<void> {
  const [refused] = await tx
    .update(paymentAttempts)
    .set({ state: "refused", trouble, lookAt: null })
    .where(and(eq(paymentAttempts.id, id), eq(paymentAttempts.state, "new")))
    .returning({ orderId: paymentAttempts.orderId });
  if (refused === undefined) return;
  await openMatter(tx, { kind: "checkout_refused", subject: `attempt:${id}`, orderId: refused.orderId, detail: { said: trouble } });
}

/** SumUp says that something happened to a checkout: it is looked at soon, whoever dies. Null: it is not ours, or was settled. */
export async function noteHint(tx: Tx, checkoutId: string): Promise<AttemptId | null> {
  const [hinted] = await tx
    .update(paymentAttempts)
    .set({ lookAt: sql`now()` })
    .where(and(eq(paymentAttempts.checkoutId, checkoutId), inArray(paymentAttempts.state, [...ALIVE, "closed"])))
    .returning({ id: paymentAttempts.id });
  return hinted?.id ?? null;
}

export async function noteTrouble(tx: Tx, id: AttemptId, trouble: string): Promise<void> {
  await tx.update(paymentAttempts).set({ trouble }).where(eq(paymentAttempts.id, id));
}

/** Ends a live payment that nobody can pay; the order expires with it if its time is over. */
export async function close(tx: Tx, id: AttemptId): Promise<void> {
  const [attempt] = await tx.select({ orderId: paymentAttempts.orderId }).from(paymentAttempts).where(eq(paymentAttempts.id, id));
  if (attempt === undefined) return;
  const order = await lockOrder(tx, attempt.orderId);
  await tx
    .update(paymentAttempts)
    .set({ state: "closed", lookAt: null })
    .where(and(eq(paymentAttempts.id, id), inArray(paymentAttempts.state, [...ALIVE, "closed"])));
  if (order.isOver) await expire(tx, order.id);
}

async function expire(tx: Tx, orderId: OrderId): Promise<boolean> {
  const isExpired = await moveOrder(tx, orderId, { to: "expired", by: "time" });
  if (isExpired) await release(tx, orderId);
  return isExpired;
}

/** Orders whose time is over for some minutes, and that nobody can pay any more; those with a live payment wait for its end. */
export async function expireOrders(tx: Tx, most: number): Promise<number> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    select orders.id from orders
    where status = 'pending_payment' and hold_until < now() - interval '${sql.raw(String(GRACE_MINUTES))} minutes'
      and not exists (select from payment_attempts where order_id = orders.id and state in ('new', 'open'))
    order by hold_until, orders.id limit ${most} for update skip locked`);
  for (const { id } of rows) await expire(tx, Number(id) as OrderId);
  return rows.length;
}

/**
 * Payments that are due to be looked at: live ones, and closed ones that SumUp called about. The next look comes later each time, at five minutes at most, and at the end of the
 * payment's time at the latest; the claim is that moving of the time, so that whoever dies with one is followed by another.
 */
export async function claimAttempts(tx: Tx, most: number): Promise<readonly Attempt[]> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    update payment_attempts set looks = looks + 1, look_at = case
      when valid_until between now() and now() + interval '5 minutes' then greatest(valid_until + interval '5 seconds', now() + interval '15 seconds')
      else now() + least(interval '5 minutes', interval '15 seconds' * power(2, least(looks, 6))) end
    where id in (
      select id from payment_attempts where look_at <= now() and state in ('new', 'open', 'closed') and kind = 'sumup'
      order by look_at, id limit ${most} for update skip locked)
    returning id`);
  if (rows.length === 0) return [];
  return selectAttempts(
    tx,
    inArray(
      paymentAttempts.id,
      rows.map(({ id }) => Number(id) as AttemptId),
    ),
  );
}
