import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { createdAt, identity, oneOf, reference } from "./columns.ts";
import type { CategoryId, PriceRuleId } from "./ids.ts";
import { categories, suppliers } from "./market.ts";

/** To what a reckoned price goes up: the penny, the next 5 or 10, or the next that ends in 49 or 99, or in 99. */
export const ROUNDINGS = ["penny", "five", "ten", "forty-nine", "ninety-nine"] as const;
export type Rounding = (typeof ROUNDINGS)[number];

/**
 * What is added to the cost of a product on a shelf or below it, of a supplier, or of any; the first one in order that fits a
 * product makes its price. addPermille: of the cost; minimumAddMinor: at least so much, before VAT.
 */
export const priceRules = pgTable(
  "price_rules",
  {
    id: identity().$type<PriceRuleId>(),
    position: integer().notNull(),
    categoryId: reference()
      .$type<CategoryId>()
      .references(() => categories.id),
    supplierId: reference().references(() => suppliers.id),
    addPermille: integer().notNull(),
    minimumAddMinor: integer().notNull().default(0),
    rounding: text().$type<Rounding>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    oneOf("price_rules_rounding", table.rounding, ROUNDINGS),
    check("price_rules_numbers", sql`${table.addPermille} between 0 and 10000 and ${table.minimumAddMinor} between 0 and 100000`),
    index("price_rules_category").on(table.categoryId),
    index("price_rules_supplier").on(table.supplierId),
  ],
);
