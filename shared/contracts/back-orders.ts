import type { ShortfallReason } from "../models/back-orders.ts";
import type { BackOrderId, BackOrderSendingId, OrderCycleId, OrderId, ProductId, UserId } from "../models/ids.ts";
import type { Tx } from "./tx.ts";

/** Who ordered of a line: an order, paid for. dropped: pieces that are not ordered, as their case is not full, or did not come. */
export interface LineBuyer {
  orderId: OrderId;
  reference: string;
  name: string;
  quantity: number;
  dropped: number;
}

/**
 * What is to be ordered of a product, in pieces unless it says cases. wanted: what people get; fromStock: of it from the shelf;
 * surplus: what cases bring beyond that, for the shelf. isUndecided: a case is not full, and nobody has said what becomes of it.
 * sentCases: what the supplier was last told; null: nothing yet. arrived: pieces that came; null: not yet.
 */
export interface BackOrderLine {
  productId: ProductId;
  name: string;
  sku: string;
  gtin: string;
  pack: string;
  caseSize: number;
  ordered: number;
  wanted: number;
  fromStock: number;
  cases: number;
  surplus: number;
  isUndecided: boolean;
  sentCases: number | null;
  arrived: number | null;
  buyers: readonly LineBuyer[];
}

/**
 * collecting: the cycle is not closed; ready: it can be sent; undecided: some line is; sent: the supplier has it; changed: they have
 * another than would be ordered now; arrived: it is here.
 */
export type BackOrderState = "collecting" | "ready" | "undecided" | "sent" | "changed" | "arrived";

/** The one order of a cycle to a supplier, as it is by now. email null: they take none by mail. waiting: orders that are not paid yet. */
export interface BackOrderView {
  id: BackOrderId | null;
  cycleId: OrderCycleId;
  cycleName: string;
  zone: string;
  supplier: { id: number; name: string; email: string | null; contact: string };
  state: BackOrderState;
  sendings: readonly { number: number; sentAt: Date; by: string; isMailed: boolean }[];
  arrivedAt: Date | null;
  waiting: number;
  lines: readonly BackOrderLine[];
}

/** What a mail to a supplier says. before: cases of the sending before; null: this is the first, or a line that it had not. */
export interface SendingMail {
  sendingId: BackOrderSendingId;
  number: number;
  cycleName: string;
  supplier: { name: string; email: string; contact: string };
  lines: readonly { name: string; sku: string; gtin: string; pack: string; caseSize: number; cases: number; before: number | null }[];
}

/** One member, and what of their orders does not come. amountMinor: what they paid for it. */
export interface ShortfallMail {
  orderId: OrderId;
  reference: string;
  name: string;
  email: string;
  cycleName: string;
  currency: string;
  lines: readonly { id: number; name: string; quantity: number; amountMinor: number; reason: ShortfallReason }[];
}

/** An order of which something does not come. owedMinor: what was paid for that, in all of the order, less what went back or is on its way. */
export interface ShortOrder {
  orderId: OrderId;
  reference: string;
  name: string;
  currency: string;
  owedMinor: number;
  lines: readonly { name: string; quantity: number; amountMinor: number; reason: ShortfallReason }[];
}

/** nothing: all of it went back, or is on its way; in-flight: another refund of that payment has not ended. */
export type PayBackResult = { kind: "requested" | "nothing" | "in-flight" };

/** not-closed: the cycle is open; no-address: the supplier has no mail address; nothing: nobody wants anything. */
export type SendResult =
  | { kind: "sent"; sendingId: BackOrderSendingId }
  | { kind: "already-sent" | "not-closed" | "no-address" | "nothing" }
  | { kind: "undecided"; names: readonly string[] };
/** conflict: another amendment went out meanwhile; unchanged: the supplier has what would be ordered. */
export type AmendResult = { kind: "sent"; sendingId: BackOrderSendingId } | { kind: "conflict" | "unchanged" | "arrived" };

/**
 * What a supplier brought. number: of the last sending, as whoever counted saw it; pieces: of each product that was ordered, nought
 * where nothing came; isAsSent: they know that other orders stand by now than the supplier was told of.
 */
export interface Arrival {
  cycleId: OrderCycleId;
  supplierId: number;
  number: number;
  pieces: ReadonlyMap<ProductId, number>;
  isAsSent: boolean;
  by: UserId;
}

/** conflict: nothing was sent, something else was meanwhile, or it has arrived; changed: other orders stand; uncounted: products without a number. */
export type ReceiveResult = { kind: "received" | "conflict" | "changed" } | { kind: "uncounted"; productIds: readonly ProductId[] };

/** What is ordered from suppliers for a cycle. Computed from paid orders until it is sent; kept as sent from then on. */
export interface BackOrdersService {
  /** Those of a cycle, by the supplier's name. */
  listBackOrders(cycleId: OrderCycleId): Promise<readonly BackOrderView[]>;
  /** Throws not-found where nobody ordered anything of this supplier in the cycle. */
  getBackOrder(cycleId: OrderCycleId, supplierId: number): Promise<BackOrderView>;
  /**
   * Freezes what is ordered, once: of two at the same moment the second gets already-sent. Locks the cycle. Shares that are dropped
   * are noted for their buyers, what comes off the shelf is taken from the stock, and the mail follows by an activity.
   */
  sendBackOrder(tx: Tx, order: { cycleId: OrderCycleId; supplierId: number; by: UserId }): Promise<SendResult>;
  /** Sends what changed since. number: of the last sending, as whoever asks saw it. Nobody is dropped by it: cases are rounded up. */
  amendBackOrder(tx: Tx, order: { cycleId: OrderCycleId; supplierId: number; number: number; by: UserId }): Promise<AmendResult>;
  /** Notes what came, once. What is missing is missing to whoever paid last; what is over goes onto the shelf. */
  receiveBackOrder(tx: Tx, arrival: Arrival): Promise<ReceiveResult>;
  /** Orders of a cycle of which something of this supplier's does not come, those that were placed first before the others. */
  listShortOrders(cycleId: OrderCycleId, supplierId: number): Promise<readonly ShortOrder[]>;
  /** Has what is owed for what does not come of an order go back the way it came, once, and ends the matter about it. Locks the order. */
  payBack(tx: Tx, wish: { orderId: OrderId; by: UserId }): Promise<PayBackResult>;
  /** email null: none. */
  setSupplierContact(tx: Tx, supplier: { id: number; email: string | null; contact: string; by: UserId }): Promise<boolean>;
  /** The sendings of a back-order that nobody was mailed yet, in their order. */
  listUnmailed(id: BackOrderId): Promise<readonly SendingMail[]>;
  markMailed(tx: Tx, id: BackOrderSendingId): Promise<void>;
  /** Whoever has not been told yet what does not come, by order. */
  listUntold(id: BackOrderId): Promise<readonly ShortfallMail[]>;
  markTold(tx: Tx, shortfallIds: readonly number[]): Promise<void>;
}
