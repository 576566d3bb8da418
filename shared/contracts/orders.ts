import type { CartLineId, MerchantId, OrderCycleId, OrderId, PickUpId, ProductId, UserId } from "../models/ids.ts";
import type { OrderStatus } from "../models/order-states.ts";
import type { AttemptState, PaymentKind, RefundReason, RefundState } from "../models/payments.ts";
import type { VatClass } from "../models/vat.ts";
import type { CartOwner } from "./cart.ts";
import type { LineRefusal } from "./cycles.ts";
import type { Paging } from "./dto.ts";
import type { HoldingAsk, HoldingPage } from "./holdings.ts";
import type { KindLines } from "./line-kinds.ts";
import type { Tx } from "./tx.ts";
import type { Guest, Member } from "./viewer.ts";

/**
 * What a buyer says at the checkout. shownTotalMinor: what the page said that all orders would cost, but for bringing them. email, name: of a guest; a
 * member's are known. sellers: of whose lines orders are made; what others sell stays in the cart.
 */
export interface Placing {
  email: string | null;
  name: string;
  shownTotalMinor: number;
  sellers: "all" | readonly MerchantId[];
  pickUps: readonly PickUpChoice[];
}

/** shownFeeMinor: what the page said that bringing it costs; 0, where it is fetched. address: null, where it is fetched. */
export interface PickUpChoice {
  cycleId: OrderCycleId;
  pickUpId: PickUpId;
  shownFeeMinor: number;
  address: { lines: string; postcode: string } | null;
}

/** A line from the shelf that can't be had as it stands. left: pieces that can. */
export interface ShelfShort {
  productId: ProductId;
  name: string;
  left: number;
}

/** Something of a kind that can't be had as it stands. left: pieces that can. trouble: why, in words of its seller; empty: there are fewer. */
export interface KindRefusal {
  lineId: CartLineId;
  name: string;
  trouble: string;
  left: number;
}

export interface PlacedOrder {
  orderId: OrderId;
  reference: string;
}

/**
 * What became of placing an order. empty: there is nothing in the cart, as another tab may have placed it: latest is the order that
 * waits for its money, if any. placed: orderId and reference are those of the first of the orders, which is paid first. too-many: so many of this buyer's wait for their money that no further one may; latest: the newest. price-changed: it costs something else by now, and nothing was placed.
 */
export type PlaceResult =
  | ({ kind: "placed"; orders: readonly PlacedOrder[] } & PlacedOrder)
  | { kind: "empty"; latest: string | null }
  | { kind: "too-many"; latest: string }
  | { kind: "price-changed"; totalMinor: number }
  | { kind: "short"; lines: readonly ShelfShort[] }
  | { kind: "refused"; lines: readonly LineRefusal[] }
  | { kind: "not-had"; lines: readonly KindRefusal[] }
  | { kind: "not-sold" };

/** One of the orders that were placed together, each with a merchant of its own. isHeld: it waits for money, and its time is not over. */
export interface PurchasePart {
  reference: string;
  status: OrderStatus;
  isHeld: boolean;
  /** The last card was declined, and it can be paid still. */
  isDeclined: boolean;
  totalMinor: number;
  currency: string;
  merchantName: string;
}

/** totalMinor: before discounts. listPriceMinor: what it cost others, where its buyer had the price for members. */
export interface OrderLine {
  name: string;
  quantity: number;
  unitPriceMinor: number;
  listPriceMinor: number | null;
  totalMinor: number;
  vatClass: VatClass;
  vatBasisPoints: number;
}

/** How much of an order is taxed at one rate. */
export interface VatSum {
  vatClass: VatClass;
  vatBasisPoints: number;
  grossMinor: number;
  netMinor: number;
  vatMinor: number;
}

/** An order as its page shows it. payment: the newest try. isHeld: it waits for money, and its time is not over. */
export interface OrderDetail {
  id: OrderId;
  reference: string;
  status: OrderStatus;
  isHeld: boolean;
  lines: readonly OrderLine[];
  /** What was taken off, and why (name). */
  discounts: readonly { name: string; amountMinor: number }[];
  vat: readonly VatSum[];
  totalMinor: number;
  refundedMinor: number;
  currency: string;
  placedAt: Date;
  holdUntil: Date | null;
  paidAt: Date | null;
  merchantName: string;
  /** Of the merchant, as it stands on receipts; empty: nothing is known. */
  merchantAddress: string;
  merchantVatId: string;
  /** All orders of its purchase, in the order in which they are paid; []: it stands alone. */
  parts: readonly PurchasePart[];
  buyerName: string;
  receipt: { year: number; number: number; issuedAt: Date } | null;
  payment: { kind: PaymentKind; state: AttemptState; lastStatus: string; trouble: string; transactionCode: string } | null;
  refunds: readonly { amountMinor: number; reason: RefundReason; state: RefundState; note: string; askedAt: Date }[];
  /** All of the money went back, and what it took from the shelf is not there again. */
  canRestock: boolean;
  /** address: where it is brought to; empty: it is fetched. */
  pickUps: readonly { cycle: string; place: string; startsAt: Date; endsAt: Date; zone: string; address: string }[];
}

/** An order in a list behind the counter. hasMatter: something about its money waits for somebody. */
export interface OrderRow {
  reference: string;
  status: OrderStatus;
  buyerName: string;
  totalMinor: number;
  refundedMinor: number;
  currency: string;
  placedAt: Date;
  hasMatter: boolean;
}

/** waiting: for money; under-way: paid, and not all had yet; done: had; over: not paid in time, called off, or paid back. */
export type OrdersShown = "all" | "waiting" | "under-way" | "done" | "over";

/** An order in its buyer's list. isHeld: it waits for money, and its time is not over. lines: in order, each once. */
export interface HeldOrder {
  reference: string;
  status: OrderStatus;
  isHeld: boolean;
  totalMinor: number;
  refundedMinor: number;
  currency: string;
  placedAt: Date;
  merchantName: string;
  hasReceipt: boolean;
  lines: readonly { name: string; quantity: number; unitPriceMinor: number }[];
}

/** Nulls and empty texts leave open. */
export interface OrderFilter {
  status: OrderStatus | null;
  /** Part of the reference or of the buyer's name. */
  words: string;
  /** Placed from this day on, and up to that one: "2026-11-01", in the co-operative's zone. */
  from: string | null;
  until: string | null;
  /** A code. */
  merchant: string | null;
  /** Only those about whose money somebody has to look. */
  hasMatter: boolean;
}

/** What staff wrote about an order. by: empty where nobody knows any more. */
export interface OrderNote {
  words: string;
  by: string;
  at: Date;
}

/** An order that is packed from the shelf. notes: what staff wrote about it. */
export interface OrderToPick {
  reference: string;
  buyerName: string;
  status: OrderStatus;
  lines: readonly { name: string; quantity: number }[];
  notes: readonly string[];
}

/** What is packed for one pick-up; null: fetched at the counter. */
export interface PickList {
  pickUp: { place: string; startsAt: Date; endsAt: Date; zone: string } | null;
  orders: readonly OrderToPick[];
}

/** Whom to write to about an order. */
export interface Buyer {
  email: string;
  order: OrderDetail;
}

/** Whose orders are shown: a member's own, and those that a guest placed with this browser. */
export type OrderReader = Guest | Pick<Member, "kind" | "userId" | "deviceId">;

/** When and where a member gets what they ordered. isBrought: it comes to them. */
export interface PickUpAhead {
  readonly reference: string;
  readonly status: OrderStatus;
  readonly cycle: string;
  readonly place: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly zone: string;
  readonly isBrought: boolean;
}

export interface OrdersService {
  /** Of paid orders that were not fetched yet, soonest first. */
  listPickUpsAhead(userId: UserId, limit: number): Promise<readonly PickUpAhead[]>;
  /** Makes an order of a cart at today's prices, all of it or nothing; what it holds is kept until its time is over. Locks the cart. */
  placeFromCart(tx: Tx, owner: CartOwner, placing: Placing): Promise<PlaceResult>;
  /** Lines of a kind in an order, for whoever sells it; null: it has none. */
  findKindLines(orderId: OrderId, kind: string): Promise<KindLines | null>;
  /** What an order that ended unpaid had of products, to be put into a cart again. isWhole: it had nothing else. */
  listAgain(orderId: OrderId): Promise<{
    isWhole: boolean;
    lines: readonly { productSlug: string; quantity: number; cycleId: OrderCycleId | null }[];
  }>;
  /** The buyer's own: by membership, or by the browser that placed it. Null: nothing that this viewer may see. */
  findFor(reader: OrderReader, reference: string): Promise<OrderDetail | null>;
  /** A member's own in pages, newest first. */
  listHeld(userId: UserId, shown: OrdersShown, ask: HoldingAsk): Promise<HoldingPage<HeldOrder>>;
  /** For staff. */
  find(reference: string): Promise<OrderDetail | null>;
  /** Null: nobody can be written to about it. */
  findBuyer(orderId: OrderId): Promise<Buyer | null>;
  /** Newest first. page: from 1. */
  list(filter: OrderFilter, page: number): Promise<Paging & { orders: readonly OrderRow[] }>;
  /** The same in one, as many as most. */
  listAll(filter: OrderFilter, most: number): Promise<readonly OrderRow[]>;
  /** Codes and names of whom orders paid, for the filter. */
  listMerchants(): Promise<readonly { code: string; name: string }[]>;
  /** Oldest first. */
  listNotes(orderId: OrderId): Promise<readonly OrderNote[]>;
  /** words: 1 to MAX_NOTE_LETTERS letters. */
  addNote(tx: Tx, orderId: OrderId, note: { by: UserId; words: string }): Promise<void>;
  /** Paid orders with what of them comes from the shelf, until they are ready; by pick-up, those fetched first before others. */
  listToPick(): Promise<readonly PickList[]>;
  /** The buyer calls off what they have not paid. Throws order-moved. */
  cancel(tx: Tx, orderId: OrderId, by: { kind: "buyer" } | { kind: "staff"; userId: UserId }): Promise<void>;
  /** Staff bring an order further. Throws order-moved. */
  move(tx: Tx, orderId: OrderId, to: OrderStatus, by: UserId): Promise<void>;
  /** Puts what a refunded order took back on the shelf, once. False: it took nothing, has its money, or gave it back before. */
  restock(tx: Tx, orderId: OrderId): Promise<boolean>;
}
