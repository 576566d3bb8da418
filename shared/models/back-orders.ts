import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { orderLines, orders } from "./cart.ts";
import { createdAt, identity, instant, oneOf, reference } from "./columns.ts";
import { users } from "./identity.ts";
import type { BackOrderId, BackOrderSendingId, OrderCycleId, OrderId, PickUpId, ProductId, UserId } from "./ids.ts";
import { products, suppliers } from "./market.ts";
import { orderCycles, pickUps } from "./order-cycles.ts";

/** Where the buyer of an order fetches what a cycle brings: one place for each cycle in the order. address: where it is brought to; empty: it is fetched. */
export const orderPickUps = pgTable(
  "order_pick_ups",
  {
    orderId: reference()
      .$type<OrderId>()
      .notNull()
      .references(() => orders.id, { onDelete: "cascade" }),
    cycleId: reference()
      .$type<OrderCycleId>()
      .notNull()
      .references(() => orderCycles.id),
    pickUpId: reference()
      .$type<PickUpId>()
      .notNull()
      .references(() => pickUps.id),
    address: text().notNull().default(""),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.cycleId] }),
    index("order_pick_ups_cycle").on(table.cycleId),
    index("order_pick_ups_pick_up").on(table.pickUpId),
  ],
);

/** The one order of a cycle to a supplier, from when it was first sent. */
export const backOrders = pgTable(
  "back_orders",
  {
    id: identity().$type<BackOrderId>(),
    cycleId: reference()
      .$type<OrderCycleId>()
      .notNull()
      .references(() => orderCycles.id),
    supplierId: reference()
      .notNull()
      .references(() => suppliers.id),
    arrivedAt: instant(),
  },
  (table) => [unique("back_orders_one_each").on(table.cycleId, table.supplierId), index("back_orders_supplier").on(table.supplierId)],
);

/** What the supplier was told: 1 is the order, each further one is the whole order again as it was amended. toldAt: when the mail had gone out. */
export const backOrderSendings = pgTable(
  "back_order_sendings",
  {
    id: identity().$type<BackOrderSendingId>(),
    backOrderId: reference()
      .$type<BackOrderId>()
      .notNull()
      .references(() => backOrders.id, { onDelete: "cascade" }),
    number: integer().notNull(),
    sentAt: createdAt(),
    sentBy: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
    toldAt: instant(),
  },
  (table) => [
    unique("back_order_sendings_number").on(table.backOrderId, table.number),
    index("back_order_sendings_by").on(table.sentBy),
    check("back_order_sendings_number_from_one", sql`${table.number} > 0`),
  ],
);

/**
 * A product in a sending, as it was called then. wanted: pieces that people have paid for and get; fromStock: of them from the shelf;
 * cases × caseSize pieces are ordered, and what is over goes onto the shelf. arrived: pieces that came; null: not yet.
 */
export const backOrderLines = pgTable(
  "back_order_lines",
  {
    sendingId: reference()
      .$type<BackOrderSendingId>()
      .notNull()
      .references(() => backOrderSendings.id, { onDelete: "cascade" }),
    productId: reference()
      .$type<ProductId>()
      .notNull()
      .references(() => products.id),
    name: text().notNull(),
    sku: text().notNull().default(""),
    pack: text().notNull(),
    caseSize: integer().notNull(),
    cases: integer().notNull(),
    wanted: integer().notNull(),
    fromStock: integer().notNull().default(0),
    arrived: integer(),
  },
  (table) => [
    primaryKey({ columns: [table.sendingId, table.productId] }),
    index("back_order_lines_product").on(table.productId),
    check(
      "back_order_lines_numbers",
      sql`${table.caseSize} > 0 and ${table.cases} >= 0 and ${table.wanted} >= 0 and ${table.fromStock} between 0 and ${table.wanted} and ${table.arrived} >= 0`,
    ),
  ],
);

/** Why pieces of a paid line do not come. case-not-full: dropped at the cut-off; not-delivered: the supplier brought fewer. */
export const SHORTFALL_REASONS = ["case-not-full", "not-delivered"] as const;
export type ShortfallReason = (typeof SHORTFALL_REASONS)[number];

/** Pieces of a paid line that do not come, once for each reason. toldAt: its buyer was told; what is to be paid back follows from it. */
export const shortfalls = pgTable(
  "shortfalls",
  {
    id: identity(),
    orderLineId: reference()
      .notNull()
      .references(() => orderLines.id, { onDelete: "cascade" }),
    reason: text().$type<ShortfallReason>().notNull(),
    quantity: integer().notNull(),
    createdAt: createdAt(),
    toldAt: instant(),
  },
  (table) => [
    unique("shortfalls_once").on(table.orderLineId, table.reason),
    oneOf("shortfalls_reason", table.reason, SHORTFALL_REASONS),
    check("shortfalls_quantity", sql`${table.quantity} > 0`),
  ],
);
