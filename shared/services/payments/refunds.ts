import { and, asc, eq, inArray, ne, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import type { OwedMoney, OwedReturned, RefundRequest, RefundRequested, RefundWay, RefundWork } from "../../contracts/payments.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { orders } from "../../models/cart.ts";
import type { AttemptId, OrderId, RefundId, UserId } from "../../models/ids.ts";
import { merchants } from "../../models/merchants.ts";
import { type MatterDetail, paymentAttempts, type RefundState, refunds } from "../../models/payments.ts";
import { moveOrder } from "../orders/move-order.ts";
import { lockOrder } from "./attempts.ts";
import { record, refundSides } from "./ledger.ts";
import { endMatter, openMatter } from "./matters.ts";
import { vatPartsOf } from "./settle.ts";
import { splitRefund } from "./vat-split.ts";

export const IN_FLIGHT = ["requested", "sending", "unknown"] as const satisfies readonly RefundState[];

/** Asks for a part or all of what an order was paid with. Never more than was paid, whatever else is on its way. */
export async function requestRefund(tx: Tx, request: RefundRequest): Promise<RefundRequested> {
  await lockOrder(tx, request.orderId);
  const [again] = await tx.select({ id: refunds.id }).from(refunds).where(eq(refunds.requestKey, request.requestKey));
  if (again !== undefined) return { kind: "requested", refundId: again.id };
  const payment = await findPaid(tx, request.orderId, "sale");
  if (payment === null) return { kind: "too-much", leftMinor: 0 };
  const ofPayment = eq(refunds.attemptId, payment.id);
  if ((await tx.$count(refunds, and(ofPayment, inArray(refunds.state, [...IN_FLIGHT])))) > 0) return { kind: "in-flight" };
  const [sum] = await tx
    .select({ minor: sql<number>`coalesce(sum(${refunds.amountMinor}), 0)::int` })
    .from(refunds)
    .where(and(ofPayment, ne(refunds.state, "refused")));
  const leftMinor = payment.amountMinor - Math.max(sum?.minor ?? 0, payment.refundedMinor);
  if (request.amountMinor < 1 || request.amountMinor > leftMinor) return { kind: "too-much", leftMinor };
  const { orderId, requestKey, amountMinor, reason, note, by: requestedBy, way } = request;
  const refundId = await ask(tx, payment, way, { orderId, requestKey, amountMinor, reason, note, requestedBy });
  return { kind: "requested", refundId };
}

/**
 * Gives back what came too late or twice, where nothing does so by itself any more: at SumUp once again, or by whoever asks, out of
 * the till or by a transfer.
 */
export async function returnOwed(
  tx: Tx,
  { orderId, way, note, by: requestedBy }: { orderId: OrderId; way: RefundWay; note: string; by: UserId },
): Promise<OwedReturned> {
  const order = await lockOrder(tx, orderId);
  const payment = await findPaid(tx, orderId, "owed");
  if (payment === null) return { kind: "nothing" };
  const ofPayment = eq(refunds.attemptId, payment.id);
  if ((await tx.$count(refunds, and(ofPayment, inArray(refunds.state, [...IN_FLIGHT])))) > 0) return { kind: "in-flight" };
  const reason = order.status === "refund_due" ? "late" : "paid_twice";
  const requestKey = `${reason}:${payment.id}:${await tx.$count(refunds, ofPayment)}`;
  const amountMinor = payment.amountMinor - payment.refundedMinor;
  return { kind: "requested", refundId: await ask(tx, payment, way, { orderId, requestKey, amountMinor, reason, note, requestedBy }) };
}

/** Writes a refund down; what does not go back through SumUp is handed over by whoever asks, and done. */
async function ask(
  tx: Tx,
  payment: Paid,
  way: RefundWay,
  row: Pick<typeof refunds.$inferInsert, "orderId" | "requestKey" | "amountMinor" | "reason" | "note" | "requestedBy">,
): Promise<RefundId> {
  const via = way === "as-it-came" || way === payment.kind ? null : way;
  const [made] = await tx
    .insert(refunds)
    .values({ ...row, via, attemptId: payment.id, currency: payment.currency, lookAt: sql`now()` })
    .returning({ id: refunds.id });
  if (made === undefined) throw new Error("an insert returns its row");
  if (payment.kind !== "sumup" || via !== null) await finishRefund(tx, made.id);
  return made.id;
}

type Paid = Pick<typeof paymentAttempts.$inferSelect, "id" | "kind" | "amountMinor" | "refundedMinor" | "currency">;

/** The payment that the sale was made with, or one that came too late or twice and has not gone back. */
async function findPaid(tx: Tx, orderId: OrderId, as: "sale" | "owed"): Promise<Paid | null> {
  const { id, kind, amountMinor, refundedMinor, currency } = paymentAttempts;
  const wasRecorded = sql`exists (select from ledger_entries where key = ${as}::text || ':attempt:' || ${paymentAttempts.id})`;
  const isLeft = as === "owed" ? sql`${refundedMinor} < ${amountMinor}` : sql`true`;
  const [payment] = await tx
    .select({ id, kind, amountMinor, refundedMinor, currency })
    .from(paymentAttempts)
    .where(and(eq(paymentAttempts.orderId, orderId), eq(paymentAttempts.state, "paid"), wasRecorded, isLeft))
    .orderBy(asc(id));
  return payment ?? null;
}

/** Of all that an order owes, together. */
export async function findOwed(db: ServiceDeps["db"], orderId: OrderId): Promise<OwedMoney | null> {
  const { rows } = await db.execute<{ minor: number | null; currency: string; isUnderWay: boolean }>(sql`
    select sum(amount_minor - refunded_minor)::int as minor, min(currency) as currency,
      bool_or(exists (select from refunds where attempt_id = payment_attempts.id and refunds.state in ('requested', 'sending', 'unknown'))) as "isUnderWay"
    from payment_attempts where order_id = ${orderId} and state = 'paid' and refunded_minor < amount_minor
      and exists (select from ledger_entries where key = 'owed:attempt:' || payment_attempts.id)`);
  const [owed] = rows;
  return owed === undefined || owed.minor === null
    ? null
    : { amountMinor: owed.minor, currency: owed.currency, isUnderWay: owed.isUnderWay };
}

/** What of a payment went back at SumUp, as far as we know: staff may have given some of it back otherwise. */
export const wentBackThere = sql<number>`(${paymentAttempts.refundedMinor} - (select coalesce(sum(other.amount_minor), 0)::int
  from refunds as other where other.attempt_id = ${paymentAttempts.id} and other.state = 'done' and other.via is not null))`;

const WORK = {
  id: refunds.id,
  state: refunds.state,
  merchantCode: merchants.code,
  transactionId: sql<string>`coalesce(${paymentAttempts.transactionId}, '')`,
  amountMinor: refunds.amountMinor,
  currency: refunds.currency,
  beforeMinor: refunds.beforeMinor,
  knownMinor: sql<number>`coalesce(${refunds.beforeMinor}, ${wentBackThere})`,
  looks: refunds.looks,
  sentSecondsAgo: sql<number | null>`extract(epoch from now() - ${refunds.sentAt})::float8`,
};

/** Due ones. The next look is later each time, at an hour at most: the claim is that moving of the time. */
export async function claimRefunds(tx: Tx, most: number, only?: RefundId): Promise<readonly RefundWork[]> {
  const one = only === undefined ? sql`` : sql`and id = ${only}`;
  const { rows } = await tx.execute<{ id: string }>(sql`
    update refunds set looks = looks + 1, look_at = now() + least(interval '1 hour', interval '90 seconds' * power(2, least(looks, 6)))
    where id in (
      select id from refunds where look_at <= now() and state in ('requested', 'sending', 'unknown') ${one}
      order by look_at, id limit ${most} for update skip locked)
    returning id`);
  if (rows.length === 0) return [];
  return tx
    .select(WORK)
    .from(refunds)
    .innerJoin(paymentAttempts, eq(paymentAttempts.id, refunds.attemptId))
    .innerJoin(merchants, eq(merchants.id, paymentAttempts.merchantId))
    .where(
      inArray(
        refunds.id,
        rows.map(({ id }) => Number(id) as RefundId),
      ),
    )
    .orderBy(asc(refunds.id));
}

/** Moves a refund that stands in one of these states; false: it stands elsewhere. */
export async function move(tx: Tx, id: RefundId, froms: readonly RefundState[], set: PgUpdateSetSource<typeof refunds>): Promise<boolean> {
  const [moved] = await tx
    .update(refunds)
    .set(set)
    .where(and(eq(refunds.id, id), inArray(refunds.state, [...froms])))
    .returning({ id: refunds.id });
  return moved !== undefined;
}

export async function beginRefund(tx: Tx, id: RefundId, beforeMinor: number): Promise<boolean> {
  await endMatter(tx, "key_missing", `refund:${id}`, "There is a key again.");
  return move(tx, id, ["requested"], { state: "sending", beforeMinor, sentAt: sql`clock_timestamp()` });
}

export function doubtRefund(tx: Tx, id: RefundId, trouble: string): Promise<boolean> {
  return move(tx, id, ["sending"], { state: "unknown", trouble });
}

export function resendRefund(tx: Tx, id: RefundId, trouble = ""): Promise<boolean> {
  return move(tx, id, ["sending", "unknown"], { state: "requested", sentAt: null, trouble });
}

/** SumUp says no: nothing went back, and somebody has to look why. */
export async function refuseRefund(tx: Tx, id: RefundId, trouble: string): Promise<boolean> {
  const isRefused = await move(tx, id, ["requested", "sending"], { state: "refused", trouble, lookAt: null });
  if (!isRefused) return false;
  const { orderId, amountMinor, currency } = await refundOf(tx, id);
  await openMatter(tx, { kind: "refund_refused", subject: `refund:${id}`, orderId, detail: { said: trouble, amountMinor, currency } });
  return true;
}

/** Nobody can tell what became of it: it is left as it is, and looked at no more. */
export async function stopRefund(tx: Tx, id: RefundId, seen: MatterDetail): Promise<void> {
  if (!(await move(tx, id, IN_FLIGHT, { state: "unknown", lookAt: null }))) return;
  const { orderId } = await refundOf(tx, id);
  await openMatter(tx, { kind: "refund_unknown", subject: `refund:${id}`, orderId, detail: seen });
}

export async function refundOf(tx: Tx, id: RefundId) {
  const { orderId, attemptId, amountMinor, currency, reason, requestedBy, via } = refunds;
  const [refund] = await tx
    .select({ orderId, attemptId, amountMinor, currency, reason, requestedBy, via })
    .from(refunds)
    .where(eq(refunds.id, id));
  if (refund === undefined) throw new Error("there is no such refund");
  return refund;
}

/** It went back: payment, order and ledger say so, once. */
export async function finishRefund(tx: Tx, id: RefundId): Promise<boolean> {
  const refund = await refundOf(tx, id);
  const order = await lockOrder(tx, refund.orderId);
  if (!(await move(tx, id, IN_FLIGHT, { state: "done", doneAt: sql`now()`, lookAt: null, trouble: "" }))) return false;
  const payment = await addRefunded(tx, refund.attemptId, refund.amountMinor);
  const by = refund.requestedBy === null ? null : `user:${refund.requestedBy}`;
  const entry = { key: `refund:${id}`, orderId: order.id, by, currency: refund.currency, valueOn: null };
  await endMatter(tx, "key_missing", `refund:${id}`, "It went back.");
  const money = { account: `${refund.via ?? payment.kind}:${payment.merchantCode}`, amountMinor: -refund.amountMinor };
  if (refund.reason === "late" || refund.reason === "paid_twice") {
    const owed = { account: `owed:${payment.merchantCode}`, amountMinor: refund.amountMinor };
    await record(tx, { ...entry, kind: "owed_refund", sides: [money, owed] });
    await endMatter(tx, "paid_twice", `attempt:${refund.attemptId}`, "What was paid a second time went back.");
    if (refund.reason === "late") await moveOrder(tx, order.id, { to: "refunded", by: "refund" });
  } else {
    const after = order.refundedMinor + refund.amountMinor;
    const parts = splitRefund(await vatPartsOf(tx, order.id), order.refundedMinor, after);
    const sides = [money, ...refundSides(parts)];
    const rest = -sides.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    await record(tx, { ...entry, kind: "refund", sides: [...sides, { account: "rounding", amountMinor: rest }] });
    await tx.update(orders).set({ refundedMinor: after }).where(eq(orders.id, order.id));
    purgeOnCommit(tx, [`order:${order.reference}`]); // also of one that does not move
    await moveOrder(tx, order.id, { to: after === order.totalMinor ? "refunded" : "partly_refunded", by: "refund" });
  }
  const object = { type: "Refund", id };
  await emitActivity(tx, { type: "Update", object, originApp: "cart", actorId: refund.requestedBy, details: { status: "done" } });
  return true;
}

async function addRefunded(tx: Tx, attemptId: AttemptId, amountMinor: number) {
  const [payment] = await tx
    .update(paymentAttempts)
    .set({ refundedMinor: sql`${paymentAttempts.refundedMinor} + ${amountMinor}` })
    .where(eq(paymentAttempts.id, attemptId))
    .returning({ kind: paymentAttempts.kind, merchantId: paymentAttempts.merchantId });
  if (payment === undefined) throw new Error("a refund has a payment");
  const [merchant] = await tx.select({ code: merchants.code }).from(merchants).where(eq(merchants.id, payment.merchantId));
  return { kind: payment.kind, merchantCode: merchant?.code ?? "" };
}
