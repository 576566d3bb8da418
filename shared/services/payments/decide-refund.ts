import { and, eq, inArray, isNull, like, ne, sql } from "drizzle-orm";
import type { PaymentsService, RefundDecided, RefundDecision } from "../../contracts/payments.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { MatterId, RefundId } from "../../models/ids.ts";
import { paymentAttempts, paymentMatters, refunds } from "../../models/payments.ts";
import { lockOrder } from "./attempts.ts";
import { finishRefund, IN_FLIGHT, move, refundOf } from "./refunds.ts";

type Decision = Parameters<PaymentsService["decideRefund"]>[2];

const WORDS: Readonly<Record<RefundDecision, string>> = {
  again: "It is sent again.",
  done: "It was done.",
  "not-done": "It was not done.",
};

/**
 * What staff say of a refund that SumUp refused, that was stopped, or whose merchant has no key any more. Sent again, it goes out where SumUp still shows what stood beside
 * the matter; done, it is booked as if SumUp had said so; not done, nothing was, and another one can be asked for.
 */
export async function decideRefund(tx: Tx, matterId: MatterId, { decision, by, note }: Decision): Promise<RefundDecided> {
  const { kind, subject, detail } = paymentMatters;
  const isOpen = and(eq(paymentMatters.id, matterId), isNull(paymentMatters.resolvedAt));
  const isOfRefund = and(inArray(kind, ["refund_refused", "refund_unknown", "key_missing"]), like(subject, "refund:%"));
  const [matter] = await tx.select({ kind, subject, detail }).from(paymentMatters).where(and(isOpen, isOfRefund)).for("update");
  if (matter === undefined) return { kind: "over" };
  const refundId = Number(matter.subject.replace("refund:", "")) as RefundId;
  await lockOrder(tx, (await refundOf(tx, refundId)).orderId);
  if (decision !== "not-done") {
    const hindrance = await hindranceOf(tx, refundId);
    if (hindrance !== null) return { kind: hindrance };
  }
  const seenMinor = matter.detail["seenMinor"];
  const again = { state: "requested", sentAt: null, trouble: "", lookAt: sql`now()` } as const;
  const sets = {
    again: { ...again, ...(typeof seenMinor === "number" && { beforeMinor: seenMinor }) },
    done: { state: "unknown", lookAt: null },
    "not-done": { state: "refused", lookAt: null },
  } as const;
  if (!(await move(tx, refundId, matter.kind === "key_missing" ? IN_FLIGHT : ["unknown", "refused"], sets[decision])))
    return { kind: "over" };
  if (decision === "done") await finishRefund(tx, refundId);
  const resolution = [WORDS[decision], note].filter(Boolean).join(" ");
  await tx.update(paymentMatters).set({ resolvedAt: sql`now()`, resolvedBy: by, resolution }).where(isOpen);
  return { kind: "decided", refundId };
}

/** Why this refund can't go on: others of its payment are under way, or leave too little. Null: it can. */
async function hindranceOf(tx: Tx, id: RefundId): Promise<"in-flight" | "too-much" | null> {
  const { attemptId, amountMinor } = await refundOf(tx, id);
  const others = and(eq(refunds.attemptId, attemptId), ne(refunds.id, id));
  if ((await tx.$count(refunds, and(others, inArray(refunds.state, [...IN_FLIGHT])))) > 0) return "in-flight";
  const [payment] = await tx
    .select({ leftMinor: sql<number>`${paymentAttempts.amountMinor} - ${paymentAttempts.refundedMinor}` })
    .from(paymentAttempts)
    .where(eq(paymentAttempts.id, attemptId));
  return amountMinor > (payment?.leftMinor ?? 0) ? "too-much" : null;
}
