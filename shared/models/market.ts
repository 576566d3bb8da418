import { sql } from "drizzle-orm";
import { type AnyPgColumn, boolean, check, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, identity, isSlug, oneOf, reference, searchOf } from "./columns.ts";
import type { CategoryId, MediaId, ProductGroupId, ProductId } from "./ids.ts";
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

/** In 100 g or 100 ml. Energy in kJ; the others in mg, whole, so that 0.03 g of salt is 30. */
export type Nutrition = Readonly<
  Record<"energyKj" | "fatMg" | "saturatesMg" | "carbohydrateMg" | "sugarsMg" | "fibreMg" | "proteinMg" | "saltMg", number>
>;

/** Who sells to the co-operative. orderEmail: where orders go; null: they take none by mail. orderContact: who is written to. */
export const suppliers = pgTable(
  "suppliers",
  {
    id: identity(),
    slug: text().notNull().unique(),
    name: text().notNull(),
    description: text().notNull().default(""),
    place: text().notNull().default(""),
    orderEmail: text(),
    orderContact: text().notNull().default(""),
  },
  (table) => [isSlug("suppliers_slug", table.slug)],
);

/** The same thing in several packs: each pack is a product, and one of them leads in lists. */
export const productGroups = pgTable(
  "product_groups",
  {
    id: identity().$type<ProductGroupId>(),
    slug: text().notNull().unique(),
    name: text().notNull(),
  },
  (table) => [isSlug("product_groups_slug", table.slug)],
);

/** Percent of VAT by its class, in the United Kingdom (VAT Notice 701/14). */
export const VAT_PERCENT = { zero: 0, reduced: 5, standard: 20 } as const;

/**
 * Something on the shelf, as it holds: what staff say, else what a price rule makes of its cost, else what its supplier says.
 * Prices are in minor units and include VAT; membersPriceMinor: for members, below the price; costMinor: what the supplier takes
 * for a pack, without VAT. packAmount is in packUnit; caseSize: pieces in the supplier's case. isOnSale false: it can be neither
 * bought nor found in lists. forSale: how many can be bought.
 * areAllergensStated false: nobody has stated them, so the product is never "free from" anything.
 * recipe: keys of ingredients, as relations name them; isRecipeWhole: nothing is in it that is not named there.
 * revision counts what was changed, for whoever edits.
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
    isOnSale: boolean().notNull().default(true),
    forSale: integer().notNull().generatedAlwaysAs(sql.raw("case when is_on_sale then stock else 0 end")),
    costMinor: integer(),
    pictureId: reference()
      .$type<MediaId>()
      .references(() => media.id),
    groupId: reference()
      .$type<ProductGroupId>()
      .references((): AnyPgColumn => productGroups.id),
    variantName: text().notNull().default(""),
    isLead: boolean().notNull().default(true),
    membersPriceMinor: integer(),
    caseSize: integer(),
    gtin: text(),
    recipe: text().array().notNull().default([]),
    isRecipeWhole: boolean().notNull().default(false),
    nutrition: jsonb().$type<Nutrition>(),
    revision: integer().notNull().default(1),
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
    check("products_members_price", sql`${table.membersPriceMinor} >= 0 and ${table.membersPriceMinor} < ${table.priceMinor}`),
    check("products_cost", sql`${table.costMinor} >= 0`),
    check("products_case_size", sql`${table.caseSize} > 0`),
    check("products_gtin", sql`${table.gtin} ~ '^([0-9]{8}|[0-9]{12,14})$'`),
    check("products_group", sql`${table.groupId} is not null or (${table.isLead} and ${table.variantName} = '')`),
    uniqueIndex("products_lead").on(table.groupId).where(sql`${table.isLead}`),
    index("products_group_variants").on(table.groupId),
    index("products_supplier").on(table.supplierId),
    index("products_picture").on(table.pictureId),
  ],
);

/** What shows a product beside its first picture, in this order. */
export const productPictures = pgTable(
  "product_pictures",
  {
    productId: reference()
      .$type<ProductId>()
      .notNull()
      .references(() => products.id, { onDelete: "cascade" }),
    mediaId: reference()
      .$type<MediaId>()
      .notNull()
      .references(() => media.id),
    position: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.productId, table.mediaId] }), index("product_pictures_media").on(table.mediaId)],
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

/** Where a shelf was before, or what was put together with it: its old address leads to where it is. */
export const categoryAddresses = pgTable(
  "category_addresses",
  {
    slug: text().primaryKey(),
    categoryId: reference()
      .$type<CategoryId>()
      .notNull()
      .references(() => categories.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (table) => [isSlug("category_addresses_slug", table.slug), index("category_addresses_category").on(table.categoryId)],
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

/** Which shelf is a part of which; a shelf may have several wholes. The database refuses circles. */
export const categoryParents = pgTable(
  "category_parents",
  {
    categoryId: reference()
      .$type<CategoryId>()
      .notNull()
      .references(() => categories.id, { onDelete: "cascade" }),
    parentId: reference()
      .$type<CategoryId>()
      .notNull()
      .references(() => categories.id, { onDelete: "cascade" }),
  },
  (table) => [
    primaryKey({ columns: [table.categoryId, table.parentId] }),
    index("category_parents_parent").on(table.parentId),
    check("category_parents_not_itself", sql`${table.categoryId} <> ${table.parentId}`),
  ],
);
