import { index, pgTable, primaryKey } from "drizzle-orm/pg-core";
import { createdAt, reference } from "./columns.ts";
import { users } from "./identity.ts";
import type { ProductId, UserId } from "./ids.ts";
import { products } from "./market.ts";

/** Who wants a mail once there is more of a product. The row goes when the mail has gone out. */
export const stockAlerts = pgTable(
  "stock_alerts",
  {
    productId: reference()
      .$type<ProductId>()
      .notNull()
      .references(() => products.id, { onDelete: "cascade" }),
    userId: reference()
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    askedAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.productId, table.userId] }), index("stock_alerts_user").on(table.userId)],
);
