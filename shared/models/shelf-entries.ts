import { boolean, index, integer, pgTable, text, unique } from "drizzle-orm/pg-core";
import { instant, reference } from "./columns.ts";
import type { CategoryId, ProductId } from "./ids.ts";
import { products } from "./market.ts";

const key = () => integer().primaryKey().generatedAlwaysAsIdentity();

/** Each brand of each supplier that has a product. */
export const shelfMakers = pgTable("shelf_makers", { id: key(), brand: text().notNull(), supplierId: reference().notNull() }, (table) => [
  unique("shelf_makers_once").on(table.brand, table.supplierId),
]);

/** What is said of food, each set once. allergens: in it or maybe in it; isStated false: nobody knows them whole. Both sorted. */
export const shelfFoods = pgTable(
  "shelf_foods",
  { id: key(), labels: text().array().notNull(), allergens: text().array().notNull(), isStated: boolean().notNull() },
  (table) => [unique("shelf_foods_once").on(table.labels, table.allergens, table.isStated)],
);

/** Shelves on which something stands, with all above them, each set once and sorted. */
export const shelfSections = pgTable("shelf_sections", {
  id: key(),
  categoryIds: reference().array().$type<CategoryId[]>().notNull().unique("shelf_sections_once"),
});

/**
 * What lists choose and count by, one narrow row for each product that leads its group: sets of words stand in the three tables
 * above, so that fifty thousand rows are counted by numbers. Triggers keep it (the function refresh_shelf_entries): of products,
 * shelves, facts about products, and exported tuples about ingredients and shelves.
 * priceMinor, isAvailable: of the cheapest of its group, and of the group as a whole.
 */
export const shelfEntries = pgTable(
  "shelf_entries",
  {
    productId: reference()
      .$type<ProductId>()
      .primaryKey()
      .references(() => products.id, { onDelete: "cascade" }),
    name: text().notNull(),
    makerId: integer()
      .notNull()
      .references(() => shelfMakers.id),
    foodId: integer()
      .notNull()
      .references(() => shelfFoods.id),
    sectionId: integer()
      .notNull()
      .references(() => shelfSections.id),
    priceMinor: integer().notNull(),
    isAvailable: boolean().notNull(),
    createdAt: instant().notNull(),
  },
  (table) => [
    index("shelf_entries_maker").on(table.makerId),
    index("shelf_entries_food").on(table.foodId),
    index("shelf_entries_section").on(table.sectionId),
    index("shelf_entries_name").on(table.name, table.productId),
    index("shelf_entries_price").on(table.priceMinor, table.productId),
    index("shelf_entries_newest").on(table.createdAt.desc(), table.productId.desc()),
  ],
);

/** Products whose entry has to be made anew, when something was learnt that touches too many of them for one statement. */
export const shelfStale = pgTable("shelf_stale", {
  productId: reference()
    .$type<ProductId>()
    .primaryKey()
    .references(() => products.id, { onDelete: "cascade" }),
});
