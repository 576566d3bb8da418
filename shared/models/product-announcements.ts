import { boolean, index, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, instant, reference } from "./columns.ts";
import type { ProductId } from "./ids.ts";

/**
 * That the world was told of a product, once and for all. isAlone: in a note of its own, which is changed and withdrawn with the
 * product; otherwise together with others, or it was on the shelf before anybody was told. The row outlives the product, without a
 * key to it: name and slug are what a withdrawal says. withdrawnAt: since when it has not been for sale.
 */
export const productAnnouncements = pgTable(
  "product_announcements",
  {
    productId: reference().$type<ProductId>().primaryKey(),
    name: text().notNull(),
    slug: text().notNull(),
    isAlone: boolean().notNull(),
    announcedAt: createdAt(),
    withdrawnAt: instant(),
  },
  (table) => [index("product_announcements_newest").on(table.announcedAt)],
);
