import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { orders } from "./cart.ts";
import { createdAt, identity, instant, oneOf, reference } from "./columns.ts";
import { users } from "./identity.ts";
import type { AttemptId, MatterId, MerchantId, OrderId, ProductId, RefundId, UserId } from "./ids.ts";
import { products } from "./market.ts";
import { merchants } from "./merchants.ts";

const orderKey = () =>
  reference()
    .$type<OrderId>()
    .notNull()
    .references(() => orders.id);

const whoDidIt = () =>
  reference()
    .$type<UserId>()
    .references(() => users.id, { onDelete: "set null" });

/** How money comes. */
export const PAYMENT_KINDS = ["sumup", "cash", "bank"] as const;
export type PaymentKind = (typeof PAYMENT_KINDS)[number];

/**
 * How a payment stands. new: written down before SumUp was asked; open: SumUp has a checkout; paid: the money is ours; differs: money
 * came that is not what was asked for; closed: nobody can pay it any more; refused: SumUp would not make it.
 */
export const ATTEMPT_STATES = ["new", "open", "paid", "differs", "closed", "refused"] as const;
export type AttemptState = (typeof ATTEMPT_STATES)[number];

/**
 * One try to pay an order. reference: `<order>-<number>`, by which SumUp knows it and we find it again. lookAt: when somebody should
 * look what became of it; null: there is nothing more to find out. looks: how often that was. One of an order is alive at a time.
 */
export const paymentAttempts = pgTable(
  "payment_attempts",
  {
    id: identity().$type<AttemptId>(),
    orderId: orderKey(),
    number: integer().notNull(),
    reference: text().notNull().unique(),
    merchantId: reference()
      .$type<MerchantId>()
      .notNull()
      .references(() => merchants.id),
    kind: text().$type<PaymentKind>().notNull().default("sumup"),
    amountMinor: integer().notNull(),
    currency: text().notNull(),
    state: text().$type<AttemptState>().notNull().default("new"),
    checkoutId: text().unique(),
    hostedUrl: text(),
    lastStatus: text().notNull().default(""),
    transactionId: text().unique(),
    transactionCode: text().notNull().default(""),
    validUntil: instant().notNull(),
    lookAt: instant(),
    looks: integer().notNull().default(0),
    trouble: text().notNull().default(""),
    refundedMinor: integer().notNull().default(0),
    recordedBy: whoDidIt(),
    createdAt: createdAt(),
    paidAt: instant(),
  },
  (table) => [
    unique("payment_attempts_number").on(table.orderId, table.number),
    uniqueIndex("payment_attempts_one_alive").on(table.orderId).where(sql`${table.state} in ('new', 'open')`),
    index("payment_attempts_merchant").on(table.merchantId),
    index("payment_attempts_recorded_by").on(table.recordedBy),
    index("payment_attempts_look").on(table.lookAt).where(sql`${table.lookAt} is not null`),
    oneOf("payment_attempts_kind", table.kind, PAYMENT_KINDS),
    oneOf("payment_attempts_state", table.state, ATTEMPT_STATES),
    check("payment_attempts_reference", sql`length(${table.reference}) between 1 and 64`),
    check("payment_attempts_amount", sql`${table.amountMinor} > 0 and ${table.refundedMinor} between 0 and ${table.amountMinor}`),
  ],
);

/**
 * Pieces from the shelf that an order keeps for itself. held counts until expiresAt by the database's clock, with nothing running;
 * taken: the stock has become less by them; released: others may have them.
 */
export const stockReservations = pgTable(
  "stock_reservations",
  {
    orderId: reference()
      .$type<OrderId>()
      .notNull()
      .references(() => orders.id, { onDelete: "cascade" }),
    productId: reference()
      .$type<ProductId>()
      .notNull()
      .references(() => products.id, { onDelete: "cascade" }),
    quantity: integer().notNull(),
    state: text().$type<"held" | "taken" | "released">().notNull().default("held"),
    expiresAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.productId] }),
    index("stock_reservations_product").on(table.productId, table.expiresAt),
    oneOf("stock_reservations_state", table.state, ["held", "taken", "released"]),
    check("stock_reservations_quantity", sql`${table.quantity} > 0`),
  ],
);

/** Why money goes back. late: it came when the order could not be had any more; paid_twice: the order had been paid before. */
export const REFUND_REASONS = ["asked", "shortfall", "goodwill", "late", "paid_twice"] as const;
export type RefundReason = (typeof REFUND_REASONS)[number];

/** How it goes back. sending: SumUp may or may not have it; unknown: its answer was unclear, and the refunded amount is to be read. */
export const REFUND_STATES = ["requested", "sending", "unknown", "done", "refused"] as const;
export type RefundState = (typeof REFUND_STATES)[number];

/**
 * Money on its way back; one of a payment at a time. requestKey: of the form that asked, so that pressing twice asks once.
 * beforeMinor: what SumUp said had gone back before this was sent, or staff saw before it is; null: nobody has looked. via: another
 * way than it came, taken by whoever asked; null: the way it came.
 */
export const refunds = pgTable(
  "refunds",
  {
    id: identity().$type<RefundId>(),
    orderId: orderKey(),
    attemptId: reference()
      .$type<AttemptId>()
      .notNull()
      .references(() => paymentAttempts.id),
    requestKey: text().notNull().unique(),
    amountMinor: integer().notNull(),
    currency: text().notNull(),
    reason: text().$type<RefundReason>().notNull(),
    note: text().notNull().default(""),
    via: text().$type<Exclude<PaymentKind, "sumup">>(),
    state: text().$type<RefundState>().notNull().default("requested"),
    beforeMinor: integer(),
    sentAt: instant(),
    lookAt: instant(),
    looks: integer().notNull().default(0),
    trouble: text().notNull().default(""),
    requestedBy: whoDidIt(),
    createdAt: createdAt(),
    doneAt: instant(),
  },
  (table) => [
    uniqueIndex("refunds_one_in_flight").on(table.attemptId).where(sql`${table.state} in ('requested', 'sending', 'unknown')`),
    index("refunds_attempt").on(table.attemptId),
    index("refunds_requested_by").on(table.requestedBy),
    index("refunds_order").on(table.orderId, table.id),
    index("refunds_look").on(table.lookAt).where(sql`${table.lookAt} is not null`),
    oneOf("refunds_reason", table.reason, REFUND_REASONS),
    oneOf("refunds_state", table.state, REFUND_STATES),
    oneOf("refunds_via", table.via, ["cash", "bank"]),
    check("refunds_amount", sql`${table.amountMinor} > 0`),
  ],
);

/** What somebody has to look at. docs/payments.md says of each what to do. */
export const MATTER_KINDS = [
  "amount_differs",
  "currency_differs",
  "merchant_differs",
  "reference_differs",
  "transaction_differs",
  "paid_twice",
  "refund_refused",
  "refund_unknown",
  "refunded_elsewhere",
  "charge_back",
  "unknown_payment",
  "checkout_refused",
  "key_missing",
  "not_all_comes",
] as const;
export type MatterKind = (typeof MATTER_KINDS)[number];

/** Something about money that no rule settles. subject: what it is about, as "attempt:12": of each kind one at a time is open. */
export const paymentMatters = pgTable(
  "payment_matters",
  {
    id: identity().$type<MatterId>(),
    kind: text().$type<MatterKind>().notNull(),
    subject: text().notNull(),
    orderId: reference()
      .$type<OrderId>()
      .references(() => orders.id),
    detail: jsonb().$type<MatterDetail>().notNull().default({}),
    openedAt: createdAt(),
    resolvedAt: instant(),
    resolvedBy: whoDidIt(),
    resolution: text().notNull().default(""),
  },
  (table) => [
    uniqueIndex("payment_matters_one_open").on(table.kind, table.subject).where(sql`${table.resolvedAt} is null`),
    index("payment_matters_order").on(table.orderId),
    index("payment_matters_resolved_by").on(table.resolvedBy),
    oneOf("payment_matters_kind", table.kind, MATTER_KINDS),
  ],
);

/** Plain values only. */
export type MatterDetail = Readonly<Record<string, string | number | boolean | null>>;

/** The last number of a year's receipts. Its row is locked by whoever takes the next, until it commits: there are no gaps. */
export const receiptCounters = pgTable(
  "receipt_counters",
  {
    merchantId: reference()
      .$type<MerchantId>()
      .notNull()
      .references(() => merchants.id),
    year: integer().notNull(),
    last: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.merchantId, table.year] })],
);

/** The receipt of a paid order. year: by the co-operative's zone; seller…: as the merchant was called and lived then; empty: as it does now. It never changes. */
export const receipts = pgTable(
  "receipts",
  {
    orderId: orderKey().primaryKey(),
    merchantId: reference()
      .$type<MerchantId>()
      .notNull()
      .references(() => merchants.id),
    year: integer().notNull(),
    number: integer().notNull(),
    sellerName: text().notNull().default(""),
    sellerAddress: text().notNull().default(""),
    sellerVatId: text().notNull().default(""),
    issuedAt: createdAt(),
  },
  (table) => [
    unique("receipts_number").on(table.merchantId, table.year, table.number),
    check("receipts_positive", sql`${table.number} > 0`),
  ],
);

/** Up to when SumUp's history of a merchant was compared with ours. isComplete false: the last comparison broke off. */
export const reconciliations = pgTable("reconciliations", {
  merchantId: reference()
    .$type<MerchantId>()
    .primaryKey()
    .references(() => merchants.id),
  comparedUntil: instant().notNull(),
  nextAt: instant().notNull(),
  isComplete: boolean().notNull().default(true),
  trouble: text().notNull().default(""),
});
