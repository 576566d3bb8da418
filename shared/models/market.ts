import { sql } from "drizzle-orm";
import { type AnyPgColumn, boolean, check, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, identity, isSlug, oneOf, reference, searchOf } from "./columns.ts";
import type { CategoryId, MediaId, ProductId } from "./ids.ts";
import { media } from "./media.ts";

/** The fourteen allergens of Annex II of Regulation (EU) 1169/2011. */
export const ALLERGENS = [
  "celery",
  "cereals-containing-gluten",
  "crustaceans",
  "eggs",
  "fish",
  "lupin",
  "milk",
  "molluscs",
  "mustard",
  "nuts",
  "peanuts",
  "sesame",
  "soya",
  "sulphites",
] as const;
export type Allergen = (typeof ALLERGENS)[number];

/** What a pack is measured in. */
export const PACK_UNITS = ["g", "ml", "piece"] as const;
export type PackUnit = (typeof PACK_UNITS)[number];

/** Who sells to the co-operative. */
export const suppliers = pgTable(
  "suppliers",
  {
    id: identity(),
    slug: text().notNull().unique(),
    name: text().notNull(),
    description: text().notNull().default(""),
    place: text().notNull().default(""),
  },
  (table) => [isSlug("suppliers_slug", table.slug)],
);

/**
 * Something on the shelf. Prices are in minor units and include VAT. packAmount is in packUnit.
 * areAllergensStated false: nobody has stated them, so the product is never "free from" anything.
 */
export const products = pgTable(
  "products",
  {
    id: identity().$type<ProductId>(),
    slug: text().notNull().unique(),
    name: text().notNull(),
    brand: text().notNull().default(""),
    supplierId: reference()
      .notNull()
      .references((): AnyPgColumn => suppliers.id),
    description: text().notNull().default(""),
    packAmount: integer().notNull(),
    packUnit: text().$type<PackUnit>().notNull(),
    priceMinor: integer().notNull(),
    currency: text().notNull().default("GBP"),
    vatClass: text().$type<"zero" | "reduced" | "standard">().notNull(),
    ingredients: text().notNull().default(""),
    areAllergensStated: boolean().notNull().default(false),
    contains: text().array().$type<Allergen[]>().notNull().default([]),
    mayContain: text().array().$type<Allergen[]>().notNull().default([]),
    labels: text().array().notNull().default([]),
    origin: text().notNull().default(""),
    stock: integer().notNull().default(0),
    pictureId: reference()
      .$type<MediaId>()
      .references(() => media.id),
    createdAt: createdAt(),
    updatedAt: createdAt(),
    search: searchOf({ A: "name", B: "brand", C: "description || ' ' || ingredients" }),
  },
  (table) => [
    isSlug("products_slug", table.slug),
    index("products_search").using("gin", table.search),
    index("products_name_trigrams").using("gin", table.name.op("gin_trgm_ops")),
    oneOf("products_pack_unit", table.packUnit, PACK_UNITS),
    oneOf("products_vat_class", table.vatClass, ["zero", "reduced", "standard"]),
    check("products_unknown_says_nothing", sql`${table.areAllergensStated} or cardinality(${table.contains} || ${table.mayContain}) = 0`),
    check("products_numbers", sql`${table.packAmount} > 0 and ${table.priceMinor} >= 0 and ${table.stock} >= 0`),
    check("products_currency", sql`${table.currency} ~ '^[A-Z]{3}$'`),
    index("products_supplier").on(table.supplierId),
    index("products_picture").on(table.pictureId),
  ],
);

/** A shelf. */
export const categories = pgTable(
  "categories",
  {
    id: identity().$type<CategoryId>(),
    slug: text().notNull().unique(),
    name: text().notNull(),
    description: text().notNull().default(""),
    position: integer().notNull(),
  },
  (table) => [isSlug("categories_slug", table.slug)],
);

/** Which product stands on which shelves. */
export const productCategories = pgTable(
  "product_categories",
  {
    productId: reference()
      .$type<ProductId>()
      .notNull()
      .references(() => products.id, { onDelete: "cascade" }),
    categoryId: reference()
      .$type<CategoryId>()
      .notNull()
      .references(() => categories.id, { onDelete: "cascade" }),
  },
  (table) => [primaryKey({ columns: [table.productId, table.categoryId] }), index("product_categories_category").on(table.categoryId)],
);
