import { sql } from "drizzle-orm";
import { check, index, pgTable, text, unique } from "drizzle-orm/pg-core";
import { createdAt, identity, reference } from "./columns.ts";
import { devices, users } from "./identity.ts";
import type { DeviceId, ProductId, UserId } from "./ids.ts";
import { products } from "./market.ts";

/** When somebody last looked at a product: a member, or a guest's browser. Only the newest few of each are kept, and none for long. */
export const productViews = pgTable(
  "product_views",
  {
    id: identity(),
    productId: reference()
      .$type<ProductId>()
      .notNull()
      .references(() => products.id, { onDelete: "cascade" }),
    userId: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "cascade" }),
    deviceId: text()
      .$type<DeviceId>()
      .references(() => devices.id, { onDelete: "cascade" }),
    seenAt: createdAt(),
  },
  (table) => [
    check("product_views_by_one", sql`num_nonnulls(${table.userId}, ${table.deviceId}) = 1`),
    unique("product_views_once_a_member").on(table.userId, table.productId),
    unique("product_views_once_a_device").on(table.deviceId, table.productId),
    index("product_views_product").on(table.productId),
    index("product_views_seen").on(table.seenAt),
  ],
);
