import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { orders } from "./cart.ts";
import { createdAt, identity, instant, oneOf, reference } from "./columns.ts";
import type { CategoryId, DiscountId, MerchantId, OrderId, ProductId } from "./ids.ts";
import { categories, products } from "./market.ts";
import { merchants } from "./merchants.ts";

/** Who gets a discount: everybody, guests too; members of a group; or only whom staff have granted it, which adds people to the others as well. */
export const DISCOUNT_AUDIENCES = ["everybody", "group", "person"] as const;
export type DiscountAudience = (typeof DISCOUNT_AUDIENCES)[number];

/** What it is taken off: everything of its merchant, what stands on a shelf or below it, or one product. */
export const DISCOUNT_SCOPES = ["everything", "category", "product"] as const;
export type DiscountScope = (typeof DISCOUNT_SCOPES)[number];

/**
 * Less to pay, with the reason that buyers read (name). A share in hundredths of a percent, or an amount off all that it covers of an
 * order together. merchantId: who gives it, and of whose lines. code: what buyers have to type, in capitals; null: nothing. maxUses:
 * orders at most; null: any number. isCombinable: it goes together with others that do; one that does not stands alone.
 */
export const discounts = pgTable(
  "discounts",
  {
    id: identity().$type<DiscountId>(),
    name: text().notNull(),
    merchantId: reference()
      .$type<MerchantId>()
      .notNull()
      .references(() => merchants.id),
    basisPoints: integer(),
    amountMinor: integer(),
    scope: text().$type<DiscountScope>().notNull().default("everything"),
    categoryId: reference()
      .$type<CategoryId>()
      .references(() => categories.id, { onDelete: "cascade" }),
    productId: reference()
      .$type<ProductId>()
      .references(() => products.id, { onDelete: "cascade" }),
    audience: text().$type<DiscountAudience>().notNull().default("everybody"),
    groupName: text(),
    code: text().unique(),
    startsAt: instant().notNull().defaultNow(),
    endsAt: instant(),
    maxUses: integer(),
    isCombinable: boolean().notNull().default(false),
    isActive: boolean().notNull().default(true),
    revision: integer().notNull().default(1),
    createdAt: createdAt(),
  },
  (table) => [
    check("discounts_name", sql`length(${table.name}) between 1 and 100`),
    check("discounts_one_figure", sql`num_nonnulls(${table.basisPoints}, ${table.amountMinor}) = 1`),
    check("discounts_figures", sql`${table.basisPoints} between 1 and 10000 and ${table.amountMinor} > 0 and ${table.maxUses} > 0`),
    oneOf("discounts_scope", table.scope, DISCOUNT_SCOPES),
    check(
      "discounts_scope_of",
      sql`(${table.scope} = 'category') = (${table.categoryId} is not null) and (${table.scope} = 'product') = (${table.productId} is not null)`,
    ),
    oneOf("discounts_audience", table.audience, DISCOUNT_AUDIENCES),
    check("discounts_group", sql`(${table.audience} = 'group') = (${table.groupName} is not null)`),
    check("discounts_code", sql`${table.code} ~ '^[A-Z0-9-]{3,30}$'`),
    check("discounts_times", sql`${table.startsAt} < ${table.endsAt}`),
    index("discounts_merchant").on(table.merchantId),
    index("discounts_category").on(table.categoryId),
    index("discounts_product").on(table.productId),
  ],
);

/** What was taken off an order, in the order in which it was: the name as it was then. Its lines say how much of it each bears. */
export const orderDiscounts = pgTable(
  "order_discounts",
  {
    orderId: reference()
      .$type<OrderId>()
      .notNull()
      .references(() => orders.id, { onDelete: "cascade" }),
    position: integer().notNull(),
    discountId: reference()
      .$type<DiscountId>()
      .references(() => discounts.id, { onDelete: "set null" }),
    name: text().notNull(),
    amountMinor: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.position] }),
    check("order_discounts_amount", sql`${table.amountMinor} > 0`),
    index("order_discounts_discount").on(table.discountId),
  ],
);
