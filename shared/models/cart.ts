import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, unique } from "drizzle-orm/pg-core";
import { createdAt, identity, instant, oneOf, reference } from "./columns.ts";
import { devices, users } from "./identity.ts";
import type { CartId, CartLineId, DeviceId, OrderId, ProductId, UserId } from "./ids.ts";
import { products } from "./market.ts";

/** The most of one thing that a cart line can hold. */
export const MAX_LINE_QUANTITY = 99;

/** A cart belongs to a guest's device or to a member, never to both. */
export const carts = pgTable(
  "carts",
  {
    id: identity().$type<CartId>(),
    deviceId: text()
      .$type<DeviceId>()
      .unique()
      .references(() => devices.id, { onDelete: "cascade" }),
    userId: reference()
      .$type<UserId>()
      .unique()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (table) => [check("carts_one_owner", sql`num_nonnulls(${table.deviceId}, ${table.userId}) = 1`)],
);

/** One product in a cart. Its price is read from the product whenever it is shown. */
export const cartLines = pgTable(
  "cart_lines",
  {
    id: identity().$type<CartLineId>(),
    cartId: reference()
      .$type<CartId>()
      .notNull()
      .references(() => carts.id, { onDelete: "cascade" }),
    productId: reference()
      .$type<ProductId>()
      .notNull()
      .references(() => products.id, { onDelete: "cascade" }),
    quantity: integer().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    unique("cart_lines_one_per_product").on(table.cartId, table.productId),
    check("cart_lines_quantity", sql`${table.quantity} between 1 and ${sql.raw(String(MAX_LINE_QUANTITY))}`),
    index("cart_lines_product").on(table.productId),
  ],
);

/** The ways an order can stand, from placed to collected. */
export const ORDER_STATUSES = ["pending_payment", "paid", "ready", "collected", "cancelled"] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** What a member bought. reference is public and random; totals are in minor units. */
export const orders = pgTable(
  "orders",
  {
    id: identity().$type<OrderId>(),
    reference: text().notNull().unique(),
    userId: reference()
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    status: text().$type<OrderStatus>().notNull().default("pending_payment"),
    currency: text().notNull().default("GBP"),
    totalMinor: integer().notNull(),
    createdAt: createdAt(),
    paidAt: instant(),
  },
  (table) => [
    oneOf("orders_status", table.status, ORDER_STATUSES),
    check("orders_total", sql`${table.totalMinor} >= 0`),
    index("orders_user").on(table.userId, table.createdAt.desc().nullsFirst()),
  ],
);

/** A line of an order, with name and price as they were when it was bought. */
export const orderLines = pgTable(
  "order_lines",
  {
    id: identity(),
    orderId: reference()
      .$type<OrderId>()
      .notNull()
      .references(() => orders.id, { onDelete: "cascade" }),
    productId: reference()
      .$type<ProductId>()
      .references(() => products.id, { onDelete: "set null" }),
    name: text().notNull(),
    quantity: integer().notNull(),
    unitPriceMinor: integer().notNull(),
    position: integer().notNull(),
  },
  (table) => [
    unique("order_lines_position").on(table.orderId, table.position),
    check("order_lines_numbers", sql`${table.quantity} > 0 and ${table.unitPriceMinor} >= 0`),
    index("order_lines_product").on(table.productId),
  ],
);
