import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { createdAt, identity, instant, oneOf, reference } from "./columns.ts";
import { devices, users } from "./identity.ts";
import type { CartId, CartLineId, DeviceId, LotId, MerchantId, OrderId, ProductId, UserId } from "./ids.ts";
import { products } from "./market.ts";
import { merchants } from "./merchants.ts";
import { cycleLots } from "./order-cycles.ts";
import { ORDER_STATUSES, type OrderStatus } from "./order-states.ts";
import { VAT_CLASSES, type VatClass } from "./vat.ts";

/** The most of one thing that a cart line can hold. */
export const MAX_LINE_QUANTITY = 99;

/** A cart belongs to a guest's device or to a member, never to both. discountCode: what they typed for a discount, in capitals. */
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
    discountCode: text(),
    createdAt: createdAt(),
  },
  (table) => [check("carts_one_owner", sql`num_nonnulls(${table.deviceId}, ${table.userId}) = 1`)],
);

/** The kind of an order line that is the fee for bringing it. */
export const DELIVERY = "delivery";

/** What whoever sells something of another kind keeps with a line of it: plain values, which go into the order. */
export type LineMetadata = Readonly<Record<string, string | number | boolean | null>>;

/**
 * One thing in a cart: a product from the shelf (productId), a share in what a cycle brings of one (lotId), or something of a kind that
 * another service sells (kind, and ref, by which that service knows it). Its price is read anew whenever it is shown; seenPriceMinor:
 * what its owner has seen and not said otherwise of; null: not known. toldPriceMinor: another price that a mail told of. heldUntil:
 * until then it is theirs, and counts as taken.
 */
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
      .references(() => products.id, { onDelete: "cascade" }),
    lotId: reference()
      .$type<LotId>()
      .references(() => cycleLots.id, { onDelete: "cascade" }),
    kind: text(),
    ref: text(),
    metadata: jsonb().$type<LineMetadata>().notNull().default({}),
    quantity: integer().notNull(),
    seenPriceMinor: integer(),
    toldPriceMinor: integer(),
    heldUntil: instant(),
    createdAt: createdAt(),
  },
  (table) => [
    unique("cart_lines_one_per_product").on(table.cartId, table.productId),
    unique("cart_lines_one_per_lot").on(table.cartId, table.lotId),
    unique("cart_lines_one_per_ref").on(table.cartId, table.kind, table.ref),
    check("cart_lines_one_thing", sql`num_nonnulls(${table.productId}, ${table.lotId}, ${table.ref}) = 1`),
    check("cart_lines_kind", sql`(${table.kind} is null) = (${table.ref} is null) and ${table.kind} ~ '^[a-z-]{1,20}$'`),
    check("cart_lines_quantity", sql`${table.quantity} between 1 and ${sql.raw(String(MAX_LINE_QUANTITY))}`),
    index("cart_lines_product").on(table.productId),
    index("cart_lines_lot").on(table.lotId),
    index("cart_lines_ref").on(table.kind, table.ref),
  ],
);

/**
 * What somebody bought: a member, or a guest, whom deviceId knows again and email tells. reference is public and random; totals are
 * in minor units. holdUntil: until then it waits for its payment; null: it does not wait. merchantId null: nobody is paid through this site.
 * purchase: what was ordered at one time, of which each merchant has an order of their own; null: this one alone.
 */
export const orders = pgTable(
  "orders",
  {
    id: identity().$type<OrderId>(),
    reference: text().notNull().unique(),
    userId: reference()
      .$type<UserId>()
      .references(() => users.id),
    deviceId: text()
      .$type<DeviceId>()
      .references(() => devices.id, { onDelete: "set null" }),
    email: text(),
    buyerName: text().notNull().default(""),
    merchantId: reference()
      .$type<MerchantId>()
      .references(() => merchants.id),
    purchase: text(),
    status: text().$type<OrderStatus>().notNull().default("pending_payment"),
    currency: text().notNull().default("GBP"),
    totalMinor: integer().notNull(),
    refundedMinor: integer().notNull().default(0),
    createdAt: createdAt(),
    holdUntil: instant(),
    paidAt: instant(),
  },
  (table) => [
    oneOf("orders_status", table.status, ORDER_STATUSES),
    check("orders_total", sql`${table.totalMinor} >= 0 and ${table.refundedMinor} between 0 and ${table.totalMinor}`),
    index("orders_device").on(table.deviceId),
    index("orders_merchant").on(table.merchantId),
    index("orders_purchase").on(table.purchase),
    index("orders_waiting").on(table.holdUntil).where(sql`${table.status} = 'pending_payment'`),
    index("orders_newest").on(table.createdAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index("orders_user").on(table.userId, table.createdAt.desc().nullsFirst()),
  ],
);

/**
 * A line of an order, with name and price as they were when it was bought. lotId: it comes with a cycle; kind and ref: another
 * service sells it, and keeps metadata with it; neither: from the shelf.
 * listPriceMinor: what it cost others, where its buyer had the price for members. discountMinor: what of the order's discounts is
 * taken off this line. toldPriceMinor: another price of the product that its buyer was told of. vatBasisPoints: of the day it was bought, 2000 is 20 %.
 */
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
    lotId: reference()
      .$type<LotId>()
      .references(() => cycleLots.id),
    kind: text(),
    ref: text(),
    metadata: jsonb().$type<LineMetadata>().notNull().default({}),
    name: text().notNull(),
    quantity: integer().notNull(),
    unitPriceMinor: integer().notNull(),
    listPriceMinor: integer(),
    discountMinor: integer().notNull().default(0),
    toldPriceMinor: integer(),
    vatClass: text().$type<VatClass>().notNull().default("zero"),
    vatBasisPoints: integer().notNull().default(0),
    position: integer().notNull(),
  },
  (table) => [
    unique("order_lines_position").on(table.orderId, table.position),
    oneOf("order_lines_vat_class", table.vatClass, VAT_CLASSES),
    check("order_lines_vat", sql`${table.vatBasisPoints} between 0 and 10000`),
    check("order_lines_numbers", sql`${table.quantity} > 0 and ${table.unitPriceMinor} >= 0`),
    check("order_lines_discount", sql`${table.discountMinor} between 0 and ${table.quantity}::bigint * ${table.unitPriceMinor}`),
    index("order_lines_product").on(table.productId),
    index("order_lines_lot").on(table.lotId),
    index("order_lines_ref").on(table.kind, table.ref),
  ],
);
