import { randomBytes, randomUUID } from "node:crypto";
import type { Clock } from "@rose-ash/shared/infrastructure/clock.ts";
import { whatBecomes } from "./sandbox.ts";

/** A payment as the simulator keeps it; amounts are in major units, as SumUp's are. */
export interface SimulatedTransaction {
  readonly id: string;
  readonly code: string;
  readonly amount: number;
  readonly at: Date;
  status: "SUCCESSFUL" | "FAILED" | "REFUNDED";
  changedAt: Date;
  readonly refunds: { id: number; amount: number; at: Date }[];
  isChargedBack: boolean;
}

export interface SimulatedCheckout {
  readonly id: string;
  readonly reference: string;
  readonly amount: number;
  readonly currency: string;
  readonly merchantCode: string;
  readonly description: string;
  readonly returnUrl: string | null;
  readonly redirectUrl: string | null;
  readonly validUntil: Date | null;
  readonly isHosted: boolean;
  readonly createdAt: Date;
  status: "PENDING" | "FAILED" | "PAID" | "EXPIRED";
  readonly transactions: SimulatedTransaction[];
}

export type NewSimulatedCheckout = Pick<
  SimulatedCheckout,
  "reference" | "amount" | "currency" | "merchantCode" | "description" | "returnUrl" | "redirectUrl" | "validUntil" | "isHosted"
>;

export type RefundOutcome =
  | { kind: "refunded" }
  | { kind: "no-transaction" }
  | { kind: "not-refundable" }
  | { kind: "too-much"; left: number };

/** What SumUp would remember. It lives as long as the process: afterwards its checkouts are not there. */
export interface Simulator {
  /** Null: the merchant has one with this reference. */
  create(checkout: NewSimulatedCheckout): SimulatedCheckout | null;
  find(id: string): SimulatedCheckout | null;
  list(): readonly SimulatedCheckout[];
  /** False: it was processed. */
  deactivate(checkout: SimulatedCheckout): boolean;
  /** Tries a card, as the buyer does on the hosted page. */
  pay(checkout: SimulatedCheckout, card: string): "paid" | "failed" | "challenge" | "over";
  /** What the bank says after a challenge. */
  answerChallenge(checkout: SimulatedCheckout, isPassed: boolean): "paid" | "failed" | "over";
  /** The money comes although the checkout is over: it was on its way. */
  payLate(checkout: SimulatedCheckout): void;
  expire(checkout: SimulatedCheckout): void;
  findTransaction(merchantCode: string, id: string): { checkout: SimulatedCheckout; transaction: SimulatedTransaction } | null;
  /** amount null: all that is left. */
  refund(merchantCode: string, transactionId: string, amount: number | null): RefundOutcome;
  chargeBack(merchantCode: string, transactionId: string): void;
}

/** Told whenever a checkout's status may have changed. */
export type OnChange = (checkout: SimulatedCheckout) => void;

/** Merchants see and pay the same as with SumUp's sandbox: its cards, its failing amounts, its times. */
export function makeSimulator(clock: Clock, onChange: OnChange): Simulator {
  const checkouts = new Map<string, SimulatedCheckout>();
  const settled = (checkout: SimulatedCheckout): SimulatedCheckout => {
    const isOver = checkout.validUntil !== null && checkout.validUntil <= clock.now();
    if (isOver && isOpen(checkout)) checkout.status = "EXPIRED";
    return checkout;
  };
  const find = (id: string) => {
    const checkout = checkouts.get(id);
    return checkout === undefined ? null : settled(checkout);
  };
  const book = (checkout: SimulatedCheckout, status: "SUCCESSFUL" | "FAILED"): void => {
    checkout.transactions.push(aTransaction(checkout.amount, status, clock.now()));
    checkout.status = status === "SUCCESSFUL" ? "PAID" : "FAILED";
    onChange(checkout);
  };
  const conclude = (checkout: SimulatedCheckout, isPaid: boolean) => {
    if (!isOpen(settled(checkout))) return "over";
    book(checkout, isPaid ? "SUCCESSFUL" : "FAILED");
    return isPaid ? "paid" : "failed";
  };
  const findTransaction = (merchantCode: string, id: string) => {
    for (const checkout of checkouts.values()) {
      const transaction = checkout.transactions.find((each) => each.id === id);
      if (transaction !== undefined && checkout.merchantCode === merchantCode) return { checkout, transaction };
    }
    return null;
  };
  return {
    create(given) {
      const isTaken = [...checkouts.values()].some(
        ({ reference, merchantCode }) => reference === given.reference && merchantCode === given.merchantCode,
      );
      if (isTaken) return null;
      const checkout: SimulatedCheckout = { ...given, id: randomUUID(), createdAt: clock.now(), status: "PENDING", transactions: [] };
      checkouts.set(checkout.id, checkout);
      return checkout;
    },
    find,
    list: () => [...checkouts.values()].map(settled).reverse(),
    deactivate(checkout) {
      if (!isOpen(settled(checkout))) return false;
      checkout.status = "EXPIRED";
      onChange(checkout);
      return true;
    },
    pay(checkout, card) {
      if (!isOpen(settled(checkout))) return "over";
      const fate = whatBecomes(card, checkout.amount);
      return fate === "challenge" ? "challenge" : conclude(checkout, fate === "paid");
    },
    answerChallenge: (checkout, isPassed) => conclude(checkout, isPassed),
    payLate(checkout) {
      if (checkout.status !== "PAID") book(checkout, "SUCCESSFUL");
    },
    expire(checkout) {
      if (!isOpen(checkout)) return;
      checkout.status = "EXPIRED";
      onChange(checkout);
    },
    findTransaction,
    refund(merchantCode, transactionId, amount) {
      const found = findTransaction(merchantCode, transactionId);
      if (found === null) return { kind: "no-transaction" };
      const { transaction } = found;
      if (transaction.status === "FAILED" || transaction.isChargedBack) return { kind: "not-refundable" };
      const left = pennies(transaction.amount - refundedOf(transaction));
      if (left === 0) return { kind: "not-refundable" };
      if (amount !== null && amount > left) return { kind: "too-much", left };
      transaction.refunds.push({
        id: Number(`9${Date.now()}${transaction.refunds.length}`.slice(0, 15)),
        amount: amount ?? left,
        at: clock.now(),
      });
      transaction.status = "REFUNDED";
      transaction.changedAt = clock.now();
      return { kind: "refunded" };
    },
    chargeBack(merchantCode, transactionId) {
      const found = findTransaction(merchantCode, transactionId);
      if (found === null) return;
      found.transaction.isChargedBack = true;
      found.transaction.changedAt = clock.now();
    },
  };
}

/** All that went back of a payment, in major units. */
export function refundedOf({ refunds }: SimulatedTransaction): number {
  return pennies(refunds.reduce((sum, { amount }) => sum + amount, 0));
}

/** A failed try leaves a checkout open: the buyer may pay it still. */
function isOpen({ status }: SimulatedCheckout): boolean {
  return status === "PENDING" || status === "FAILED";
}

function aTransaction(amount: number, status: "SUCCESSFUL" | "FAILED", at: Date): SimulatedTransaction {
  const code = `T${randomBytes(5).toString("hex").toUpperCase()}`.slice(0, 10);
  return { id: randomUUID(), code, amount, at, status, changedAt: at, refunds: [], isChargedBack: false };
}

function pennies(amount: number): number {
  return Math.round(amount * 100) / 100;
}
