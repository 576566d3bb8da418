import type { AttemptId, MatterId, MerchantId, OrderId, RefundId, UserId } from "../models/ids.ts";
import type { OrderStatus } from "../models/order-states.ts";
import type { AttemptState, MatterDetail, MatterKind, RefundReason, RefundState } from "../models/payments.ts";
import type { Tx } from "./tx.ts";

/** Minutes that an order waits for its money, as long as SumUp's own page of a checkout lives. */
export const PAYMENT_MINUTES = 30;

/** Minutes for which its goods are kept beyond that: SumUp's clock is not ours, and money may be on its way. */
export const GRACE_MINUTES = 5;

/** A payment through SumUp, as whoever speaks with SumUp needs it. Amounts are in minor units. */
export interface Attempt {
  id: AttemptId;
  orderId: OrderId;
  orderReference: string;
  orderStatus: OrderStatus;
  reference: string;
  merchantCode: string;
  amountMinor: number;
  currency: string;
  state: AttemptState;
  checkoutId: string | null;
  hostedUrl: string | null;
  validUntil: Date;
  /** By the database's clock. */
  isOver: boolean;
}

/** A checkout as SumUp shows it, in our words. amountMinor null: what was said is no amount. FAILED is not its end. */
export interface SeenCheckout {
  id: string;
  reference: string;
  amountMinor: number | null;
  currency: string;
  merchantCode: string;
  status: "PENDING" | "FAILED" | "PAID" | "EXPIRED";
  transactions: readonly { id: string; code: string; amountMinor: number | null; currency: string; status: string }[];
}

/** not-payable: the order does not wait for money; no-merchant: nobody can be paid for it through this site. */
export type OpenResult = { kind: "open"; attempt: Attempt } | { kind: "not-payable"; status: OrderStatus } | { kind: "no-merchant" };

/**
 * What became of looking at a checkout. before: it had been settled; waiting: it can be paid still; over: it can't; paid, refund-due:
 * the money came, and the order has it or it goes back; differs: somebody has to look.
 */
export type Settled = "before" | "waiting" | "over" | "paid" | "refund-due" | "differs";

/** Money on its way back through SumUp. */
export interface RefundWork {
  id: RefundId;
  state: RefundState;
  merchantCode: string;
  transactionId: string;
  amountMinor: number;
  currency: string;
  beforeMinor: number | null;
  /** What has gone back of its payment as far as we know, or as staff has seen it when they had it sent again. */
  knownMinor: number;
  /** How often it was taken up, this time included. */
  looks: number;
  /** Seconds since it was sent, by the database's clock; null: it was not. */
  sentSecondsAgo: number | null;
}

export type RefundRequest = {
  orderId: OrderId;
  amountMinor: number;
  reason: Extract<RefundReason, "asked" | "shortfall" | "goodwill">;
  note: string;
  /** Null: a buyer without a membership, of what is theirs to give back. */
  by: UserId | null;
  /** Of the form: pressing twice asks once. */
  requestKey: string;
  way: RefundWay;
};

/** How money goes back: as it came, or by whoever asks for it, out of the till or by a transfer. */
export type RefundWay = "as-it-came" | "cash" | "bank";

/** Money that came too late or twice, and has not gone back. isUnderWay: it is about to. */
export interface OwedMoney {
  amountMinor: number;
  currency: string;
  isUnderWay: boolean;
}

/** in-flight: another refund of that payment has not ended. */
export type RefundRequested = { kind: "requested"; refundId: RefundId } | { kind: "in-flight" } | { kind: "too-much"; leftMinor: number };

/** nothing: nothing is owed by this order; in-flight: it is on its way already. */
export type OwedReturned = { kind: "requested"; refundId: RefundId } | { kind: "in-flight" } | { kind: "nothing" };

/** What staff say of a refund that was refused, or of which nobody knows. */
export type RefundDecision = "again" | "done" | "not-done";

/** over: it was decided before; in-flight, too-much: meanwhile another refund of that payment is under way, or took what was left. */
export type RefundDecided = { kind: "decided"; refundId: RefundId } | { kind: "over" } | { kind: "in-flight" } | { kind: "too-much" };

/** A line of SumUp's history, in our words. */
export interface SeenTransaction {
  transactionId: string;
  code: string;
  type: string;
  status: string;
  /** On the web, and not at a card reader. */
  isOnline: boolean;
  amountMinor: number | null;
  currency: string;
  refundedMinor: number | null;
}

export interface Matter {
  id: MatterId;
  kind: MatterKind;
  subject: string;
  orderReference: string | null;
  detail: MatterDetail;
  openedAt: Date;
}

export interface Balance {
  account: string;
  currency: string;
  amountMinor: number;
}

/** A side of an entry, as the book-keeper gets it. receipt: "2026-12"; empty: none. valueOn: the day the money came or went. */
export interface PostingRow {
  entryId: number;
  recordedAt: Date;
  kind: string;
  orderReference: string;
  receipt: string;
  account: string;
  amountMinor: number;
  currency: string;
  valueOn: string;
}

export interface Merchant {
  id: MerchantId;
  code: string;
  name: string;
  currency: string;
}

/**
 * Money: who was asked for how much, what came, what went back, and the ledger of it. Nothing here speaks with SumUp: whoever does
 * tells what it saw, outside of any transaction, and one conditional transition is what follows.
 */
export interface PaymentsService {
  /** The order's live payment, or a new one, written down before anybody asks SumUp. Locks the order. */
  openAttempt(tx: Tx, orderId: OrderId): Promise<OpenResult>;
  /** Of whoever is paid for an order; null: nobody is. */
  findMerchantCode(orderId: OrderId): Promise<string | null>;
  findAttempt(id: AttemptId): Promise<Attempt | null>;
  /** A webhook named this checkout: its payment is looked at soon, whoever dies. Null: it is not one of ours, or was settled. */
  noteHint(tx: Tx, checkoutId: string): Promise<AttemptId | null>;
  /** The newest of an order. */
  findNewest(orderId: OrderId): Promise<Attempt | null>;
  /** SumUp has made it. False: nobody may pay it, as the order or this payment ended meanwhile; it is closed there soon. */
  noteCheckout(tx: Tx, id: AttemptId, checkout: { id: string; hostedUrl: string | null }): Promise<boolean>;
  /** SumUp won't make it: somebody has to look why. */
  noteRefused(tx: Tx, id: AttemptId, trouble: string): Promise<void>;
  /** Something went wrong on the way; it is looked at again. */
  noteTrouble(tx: Tx, id: AttemptId, trouble: string): Promise<void>;
  /** There is no key of its merchant: what became of it can't be asked, and somebody has to bring the key or to say it. */
  noteKeyMissing(tx: Tx, what: { attemptId: AttemptId } | { refundId: RefundId }, merchantCode: string): Promise<void>;
  /** Staff looked up elsewhere that nobody paid it, as the key is missing: it ends. False: the matter was resolved before. */
  letGo(tx: Tx, id: MatterId, end: { by: UserId; note: string }): Promise<boolean>;
  /** What SumUp shows of a payment, and the one transition that follows. Any number may call it at once, as often as they like. */
  settle(tx: Tx, id: AttemptId, seen: SeenCheckout): Promise<Settled>;
  /** Nobody can pay it any more, says SumUp, or it was never made. An order whose time is over expires with it. */
  close(tx: Tx, id: AttemptId): Promise<void>;
  /** Payments to look at now; each is given to one caller, and comes again later unless it has ended. */
  claimAttempts(tx: Tx, most: number): Promise<readonly Attempt[]>;
  /** Orders whose time is over and that have no live payment. Gives how many. */
  expireOrders(tx: Tx, most: number): Promise<number>;
  /** Money in the till or at the bank, recorded by somebody. paidAt: when it came; what lies ahead counts as now. Throws order-not-payable. */
  payByHand(tx: Tx, payment: { orderId: OrderId; kind: "cash" | "bank"; by: UserId; paidAt: Date }): Promise<void>;

  /** Asks for money back. What was paid by hand, and what goes another way than it came, goes back at once, by whoever asks. Locks the order. */
  requestRefund(tx: Tx, request: RefundRequest): Promise<RefundRequested>;
  /** What came too late or twice, and nothing brings back by itself any more. Locks the order. */
  returnOwed(tx: Tx, owed: { orderId: OrderId; way: RefundWay; note: string; by: UserId }): Promise<OwedReturned>;
  /** Null: the order owes nobody anything. */
  findOwed(orderId: OrderId): Promise<OwedMoney | null>;
  findRefund(id: RefundId): Promise<{ orderId: OrderId; amountMinor: number } | null>;
  /** Refunds to send or to look at now, each for one caller. */
  claimRefunds(tx: Tx, most: number): Promise<readonly RefundWork[]>;
  claimRefund(tx: Tx, id: RefundId): Promise<RefundWork | null>;
  /** About to be sent; beforeMinor: what SumUp says has gone back by now. False: somebody else did. */
  beginRefund(tx: Tx, id: RefundId, beforeMinor: number): Promise<boolean>;
  /** SumUp took it, or its refunded amount shows that it did. */
  finishRefund(tx: Tx, id: RefundId): Promise<boolean>;
  refuseRefund(tx: Tx, id: RefundId, trouble: string): Promise<boolean>;
  /** Its answer was unclear: the refunded amount is to be read before anything else. */
  doubtRefund(tx: Tx, id: RefundId, trouble: string): Promise<boolean>;
  /** The refunded amount shows that it was not done: it may be sent again. */
  resendRefund(tx: Tx, id: RefundId, trouble?: string): Promise<boolean>;
  /** The refunded amount fits neither: somebody has to look. */
  stopRefund(tx: Tx, id: RefundId, seen: MatterDetail): Promise<void>;

  /** A merchant whose history is to be compared, for one caller, from and up to when by the database's clock. */
  claimReconciliation(tx: Tx): Promise<{ merchant: Merchant; since: Date; until: Date } | null>;
  endReconciliation(tx: Tx, merchantId: MerchantId, end: { until: Date } | { trouble: string }): Promise<void>;
  /** Compares a line of the history with what we know. look: payments to be read and settled before it is compared a last time. */
  compare(tx: Tx, merchant: Merchant, seen: SeenTransaction, isLast: boolean): Promise<{ look: readonly AttemptId[] }>;

  /** Comparisons with SumUp's history that broke off and were not made good yet. */
  listBrokenComparisons(): Promise<readonly { merchantName: string; trouble: string; comparedUntil: Date }[]>;
  listMatters(): Promise<readonly Matter[]>;
  /** False: it was resolved before, or wants decideRefund or letGo. */
  resolveMatter(tx: Tx, id: MatterId, end: { by: UserId; resolution: string }): Promise<boolean>;
  /** Ends a matter about a refund: it is sent again, was done after all (and is booked), or was not. Locks the order. */
  decideRefund(tx: Tx, id: MatterId, end: { decision: RefundDecision; by: UserId; note: string }): Promise<RefundDecided>;
  listBalances(): Promise<readonly Balance[]>;
  /** What was recorded in a month by the co-operative's zone, oldest first. month: "2026-11". */
  listPostings(month: string): Promise<readonly PostingRow[]>;
}
