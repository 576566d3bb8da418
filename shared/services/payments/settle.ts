import { and, eq, inArray, sql } from "drizzle-orm";
import type { LineKind } from "../../contracts/line-kinds.ts";
import type { SeenCheckout, Settled } from "../../contracts/payments.ts";
import type { Tx } from "../../contracts/tx.ts";
import { DELIVERY, orderLines } from "../../models/cart.ts";
import type { AttemptId, OrderId } from "../../models/ids.ts";
import { merchants } from "../../models/merchants.ts";
import { type AttemptState, type PaymentKind, paymentAttempts, refunds } from "../../models/payments.ts";
import { findKind } from "../cart/kinds.ts";
import { issueReceipt } from "../orders/issue-receipt.ts";
import { moveOrder } from "../orders/move-order.ts";
import { takeStock } from "../orders/reserve.ts";
import { areLotsFree } from "../orders/take-lots.ts";
import { close, lockOrder } from "./attempts.ts";
import { judge, type Verdict } from "./judge.ts";
import { record, salesSides } from "./ledger.ts";
import { endMatter, openMatter } from "./matters.ts";
import { splitByVat, type VatPart } from "./vat-split.ts";

/** A payment as it stands, under the lock of its order. */
interface Locked {
  id: AttemptId;
  orderId: OrderId;
  reference: string;
  merchantCode: string;
  kind: PaymentKind;
  amountMinor: number;
  currency: string;
  state: AttemptState;
  checkoutId: string | null;
}

/** States from which money may still come: also to a payment that we had closed. */
const UNSETTLED = ["new", "open", "closed", "refused"] as const satisfies readonly AttemptState[];

/** What an order is handed out by. timeZone: of receipts. kinds: what other services sell. */
export interface Counter {
  timeZone: string;
  kinds: readonly LineKind[];
}

/** What follows from what SumUp shows; of any number who see the same, one changes something. */
export async function settle(tx: Tx, id: AttemptId, seen: SeenCheckout, counter: Counter): Promise<Settled> {
  const attempt = await lockAttempt(tx, id);
  await endMatter(tx, "key_missing", `attempt:${id}`, "There is a key again.");
  if (attempt.state === "paid" || attempt.state === "differs") return "before";
  if (attempt.checkoutId !== null && attempt.checkoutId !== seen.id) return "before"; // another checkout says nothing of this one
  const verdict = judge(attempt, seen);
  switch (verdict.kind) {
    case "waiting":
      await tx.update(paymentAttempts).set({ lastStatus: verdict.status, trouble: "" }).where(eq(paymentAttempts.id, id));
      return "waiting";
    case "over":
      await noteEarlyEnd(tx, attempt);
      await close(tx, id);
      return "over";
    case "differs":
      return differ(tx, attempt, seen, verdict);
    case "paid":
      if (await isKnownTransaction(tx, verdict.transactionId)) {
        const detail = {
          transaction: verdict.transactionId,
          amountMinor: seen.amountMinor,
          currency: seen.currency,
          merchant: seen.merchantCode,
        };
        return differ(tx, attempt, seen, { kind: "differs", matter: "transaction_differs", detail });
      }
      await tx
        .update(paymentAttempts)
        .set({ checkoutId: seen.id, transactionId: verdict.transactionId, transactionCode: verdict.transactionCode, lastStatus: "PAID" })
        .where(eq(paymentAttempts.id, id));
      return takeMoney(tx, attempt, counter, { by: null, valueOn: null });
  }
}

/** SumUp calls over what has still minutes to go here, and nobody called off: one of the two clocks is wrong, and nobody can pay. */
async function noteEarlyEnd(tx: Tx, { id, orderId, state }: Locked): Promise<void> {
  if (state !== "new" && state !== "open") return;
  const hasTime = and(eq(paymentAttempts.id, id), sql`${paymentAttempts.validUntil} > now() + interval '5 minutes'`);
  if ((await lockOrder(tx, orderId)).status !== "pending_payment" || (await tx.$count(paymentAttempts, hasTime)) === 0) return;
  const said = "SumUp calls this checkout over, which has minutes to go here: a clock is wrong, there or here.";
  await openMatter(tx, { kind: "checkout_refused", subject: `attempt:${id}`, orderId, detail: { said } });
}

async function lockAttempt(tx: Tx, id: AttemptId): Promise<Locked> {
  const [found] = await tx.select({ orderId: paymentAttempts.orderId }).from(paymentAttempts).where(eq(paymentAttempts.id, id));
  if (found === undefined) throw new Error("there is no such payment");
  await lockOrder(tx, found.orderId);
  const { orderId, reference, kind, amountMinor, currency, state, checkoutId } = paymentAttempts;
  const columns = {
    id: paymentAttempts.id,
    orderId,
    reference,
    merchantCode: merchants.code,
    kind,
    amountMinor,
    currency,
    state,
    checkoutId,
  };
  const [attempt] = await tx
    .select(columns)
    .from(paymentAttempts)
    .innerJoin(merchants, eq(merchants.id, paymentAttempts.merchantId))
    .where(eq(paymentAttempts.id, id))
    .for("update", { of: paymentAttempts });
  if (attempt === undefined) throw new Error("there is no such payment");
  return attempt;
}

/**
 * Money that is there now: the payment's one transition, and the order's. By hand and through SumUp alike. valueOn: the day it came,
 * where that is not this moment.
 */
export async function takeMoney(
  tx: Tx,
  attempt: Locked,
  { timeZone, kinds }: Counter,
  { by, valueOn }: { by: string | null; valueOn: string | null },
): Promise<Settled> {
  const [paid] = await tx
    .update(paymentAttempts)
    .set({ state: "paid", paidAt: sql`now()`, lookAt: null, trouble: "" })
    .where(and(eq(paymentAttempts.id, attempt.id), inArray(paymentAttempts.state, [...UNSETTLED])))
    .returning({ merchantId: paymentAttempts.merchantId });
  if (paid === undefined) return "before";
  const order = await lockOrder(tx, attempt.orderId);
  const wantsMoney = order.status === "pending_payment" || order.status === "expired";
  const entry = { orderId: order.id, by, currency: attempt.currency, valueOn };
  const money = { account: `${attempt.kind}:${attempt.merchantCode}`, amountMinor: attempt.amountMinor };
  const isCounted = order.status === "pending_payment";
  const isFree = wantsMoney && (isCounted || (await isAllFree(tx, order.id, kinds))) && (await takeStock(tx, order.id));
  if (isFree) {
    await moveOrder(tx, order.id, { to: "paid", by: "payment" });
    const sides = [money, ...salesSides(await vatPartsOf(tx, order.id))];
    const rest = -sides.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    await record(tx, {
      ...entry,
      key: `sale:attempt:${attempt.id}`,
      kind: "sale",
      sides: [...sides, { account: "rounding", amountMinor: rest }],
    });
    await issueReceipt(tx, order.id, paid.merchantId, timeZone);
    return "paid";
  }
  const owed = { account: `owed:${attempt.merchantCode}`, amountMinor: -attempt.amountMinor };
  await record(tx, { ...entry, key: `owed:attempt:${attempt.id}`, kind: "owed", sides: [money, owed] });
  await giveBack(tx, attempt, await moveOrder(tx, order.id, { to: "refund_due", by: "payment" }));
  return "refund-due";
}

/** Whether what nobody counted any more can still be had: by order, and of what other services sell. */
async function isAllFree(tx: Tx, orderId: OrderId, kinds: readonly LineKind[]): Promise<boolean> {
  if (!(await areLotsFree(tx, orderId))) return false;
  const { rows } = await tx.execute<{ kind: string }>(sql`
    select distinct kind from order_lines where order_id = ${orderId} and kind <> ${DELIVERY} order by kind`);
  for (const { kind } of rows) if ((await findKind(kinds, kind)?.areFree(tx, orderId)) !== true) return false;
  return true;
}

/** All of it, by itself: the order can't be had any more, or had been paid before. */
async function giveBack(tx: Tx, attempt: Locked, isLate: boolean): Promise<void> {
  const reason = isLate ? "late" : "paid_twice";
  const { orderId, amountMinor, currency } = attempt;
  await tx
    .insert(refunds)
    .values({ orderId, attemptId: attempt.id, requestKey: `${reason}:${attempt.id}`, amountMinor, currency, reason, lookAt: sql`now()` });
  if (isLate) return;
  await openMatter(tx, { kind: "paid_twice", subject: `attempt:${attempt.id}`, orderId, detail: { amountMinor, currency } });
}

/** What came is not what was asked for: it is kept apart in the ledger where it came to us, once, and somebody has to look. The order does not move. */
async function differ(tx: Tx, attempt: Locked, seen: SeenCheckout, verdict: Extract<Verdict, { kind: "differs" }>): Promise<Settled> {
  const came = seen.transactions.filter(({ status }) => status === "SUCCESSFUL");
  const transaction = came.length === 1 && came[0] && !(await isKnownTransaction(tx, came[0].id)) ? came[0] : null; // the history knows it by that
  const [moved] = await tx
    .update(paymentAttempts)
    .set({
      state: "differs",
      lastStatus: seen.status,
      lookAt: null,
      ...(transaction && { transactionId: transaction.id, transactionCode: transaction.code }),
    })
    .where(and(eq(paymentAttempts.id, attempt.id), inArray(paymentAttempts.state, [...UNSETTLED])))
    .returning({ id: paymentAttempts.id });
  if (moved === undefined) return "before";
  const { orderId } = attempt;
  await openMatter(tx, { kind: verdict.matter, subject: `attempt:${attempt.id}`, orderId, detail: verdict.detail });
  const { merchantCode, currency } = seen;
  if (merchantCode !== attempt.merchantCode || transaction === null || transaction.currency !== currency) return "differs"; // nothing new came to us
  const { amountMinor } = transaction;
  if (amountMinor === null || amountMinor === 0) return "differs";
  const sides = [
    { account: `sumup:${merchantCode}`, amountMinor },
    { account: `suspense:${merchantCode}`, amountMinor: -amountMinor },
  ];
  await record(tx, { key: `suspense:attempt:${attempt.id}`, kind: "suspense", orderId, by: null, currency, valueOn: null, sides });
  return "differs";
}

async function isKnownTransaction(tx: Tx, transactionId: string): Promise<boolean> {
  return (await tx.$count(paymentAttempts, eq(paymentAttempts.transactionId, transactionId))) > 0;
}

/** What of an order is taxed how. */
export async function vatPartsOf(tx: Tx, orderId: OrderId): Promise<readonly VatPart[]> {
  const lines = await tx
    .select({
      vatClass: orderLines.vatClass,
      vatBasisPoints: orderLines.vatBasisPoints,
      grossMinor: sql<number>`${orderLines.quantity} * ${orderLines.unitPriceMinor} - ${orderLines.discountMinor}`,
      discountMinor: orderLines.discountMinor,
    })
    .from(orderLines)
    .where(eq(orderLines.orderId, orderId))
    .orderBy(orderLines.position);
  return splitByVat(lines);
}
