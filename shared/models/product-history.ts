import { sql } from "drizzle-orm";
import { check, index, jsonb, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { anyValue, createdAt, identity, instant, reference } from "./columns.ts";
import { users } from "./identity.ts";
import type { ProductId, UserId } from "./ids.ts";
import { products, suppliers } from "./market.ts";

const productKey = () =>
  reference()
    .$type<ProductId>()
    .notNull()
    .references(() => products.id, { onDelete: "cascade" });

/** What a supplier says of a product under a number of theirs, whole, as last seen. fields: of contracts/product-fields.ts. */
export const productSources = pgTable(
  "product_sources",
  {
    id: identity(),
    productId: productKey(),
    supplierId: reference()
      .notNull()
      .references(() => suppliers.id),
    sku: text().notNull(),
    fields: jsonb().$type<Readonly<Record<string, unknown>>>().notNull(),
    seenAt: instant().notNull(),
  },
  (table) => [
    unique("product_sources_once_each").on(table.supplierId, table.sku),
    index("product_sources_product").on(table.productId),
    check("product_sources_fields", sql`jsonb_typeof(${table.fields}) = 'object'`),
    check("product_sources_sku", sql`length(${table.sku}) between 1 and 100`),
  ],
);

/** What staff say of one field, whatever the supplier says. */
export const productOverrides = pgTable(
  "product_overrides",
  {
    productId: productKey(),
    field: text().notNull(),
    value: anyValue().notNull(),
    userId: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
    saidAt: createdAt(),
    reason: text().notNull().default(""),
  },
  (table) => [primaryKey({ columns: [table.productId, table.field] }), index("product_overrides_user").on(table.userId)],
);

/** What changed, field by field. userId: a person did it; sourceId: a supplier said so; neither: the house itself. */
export const productChanges = pgTable(
  "product_changes",
  {
    id: identity(),
    productId: productKey(),
    changedAt: createdAt(),
    userId: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
    sourceId: reference().references(() => productSources.id, { onDelete: "set null" }),
    field: text().notNull(),
    before: anyValue(),
    after: anyValue(),
    reason: text().notNull().default(""),
  },
  (table) => [
    index("product_changes_product").on(table.productId, table.field, table.id),
    index("product_changes_user").on(table.userId),
    index("product_changes_source").on(table.sourceId),
  ],
);
