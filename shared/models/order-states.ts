/** The ways an order can stand, from placed to done. */
export const ORDER_STATUSES = [
  "pending_payment",
  "paid",
  "preparing",
  "ready",
  "collected",
  "shipped",
  "done",
  "expired",
  "cancelled",
  "partly_refunded",
  "refunded",
  "refund_due",
  "disputed",
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** Those in which it is paid for, and what it holds is to be bought, packed or was fetched. */
export const PAID_STATUSES = [
  "paid",
  "preparing",
  "ready",
  "collected",
  "shipped",
  "done",
  "partly_refunded",
  "disputed",
] as const satisfies readonly OrderStatus[];

/** What can move an order: money that came or went back, the end of its hold, its buyer, or staff. */
export type OrderMover = "payment" | "refund" | "time" | "buyer" | "staff";

export interface OrderTransition {
  readonly from: OrderStatus;
  readonly to: OrderStatus;
  readonly by: OrderMover;
}

const moves = (by: OrderMover, to: OrderStatus, ...from: OrderStatus[]): OrderTransition[] => from.map((one) => ({ from: one, to, by }));

/**
 * Every way an order can go, whole; nothing else moves one. A part of the money that went back changes `paid` alone: further on the
 * order stays where it is, and what went back stands in refunded_minor.
 */
export const TRANSITIONS: readonly OrderTransition[] = [
  ...moves("payment", "paid", "pending_payment", "expired"),
  ...moves("payment", "refund_due", "pending_payment", "expired", "cancelled"),
  ...moves("payment", "disputed", "paid", "preparing", "ready", "collected", "shipped", "done", "partly_refunded"),
  ...moves("time", "expired", "pending_payment"),
  ...moves("buyer", "cancelled", "pending_payment"),
  ...moves("staff", "cancelled", "pending_payment"),
  ...moves("staff", "preparing", "paid", "partly_refunded"),
  ...moves("staff", "ready", "paid", "partly_refunded", "preparing"),
  ...moves("staff", "collected", "ready"),
  ...moves("staff", "shipped", "ready"),
  ...moves("staff", "done", "collected", "shipped"),
  ...moves("refund", "partly_refunded", "paid"),
  ...moves("refund", "refunded", "paid", "preparing", "ready", "collected", "shipped", "done", "partly_refunded", "refund_due", "disputed"),
];

/** From where this mover may bring an order there. */
export function statesBefore(to: OrderStatus, by: OrderMover): readonly OrderStatus[] {
  return TRANSITIONS.filter((each) => each.to === to && each.by === by).map(({ from }) => from);
}
