import { and, asc, count, desc, eq, inArray, ne, sql } from "drizzle-orm";
import type { Db } from "../../infrastructure/db.ts";
import { categories, productCategories, products, suppliers } from "../../models/market.ts";
import { media } from "../../models/media.ts";
import { productCardColumns } from "./product-cards.ts";

const NEWEST_SHOWN = 8;
const ALSO_SHOWN = 4;

const slug = sql.placeholder("slug");
const byName = [asc(sql`lower(${products.name})`), asc(products.id)];

/** The shop's reads, each prepared once per process. */
export function prepareQueries(db: Db) {
  return {
    categories: prepareCategories(db),
    newest: cards(db).orderBy(desc(products.createdAt), desc(products.id)).limit(NEWEST_SHOWN).prepare("market_newest"),
    onShelf: cards(db)
      .where(inArray(products.id, onShelf(db)))
      .orderBy(...byName)
      .prepare("market_on_shelf"),
    product: prepareProduct(db),
    alsoOnShelf: cards(db)
      .where(and(inArray(products.id, onShelvesOf(db)), ne(products.slug, slug)))
      .orderBy(asc(sql`${products.stock} = 0`), ...byName)
      .limit(ALSO_SHOWN)
      .prepare("market_also_on_shelf"),
    cards: cards(db)
      .where(sql`${products.slug} = any(${sql.placeholder("slugs")}::text[])`)
      .orderBy(sql`array_position(${sql.placeholder("slugs")}::text[], ${products.slug})`)
      .prepare("market_cards"),
    cardsById: cards(db)
      .where(sql`${products.id} = any(${sql.placeholder("ids")}::bigint[])`)
      .orderBy(sql`array_position(${sql.placeholder("ids")}::bigint[], ${products.id})`)
      .prepare("market_cards_by_id"),
  };
}

function cards(db: Db) {
  return db.select(productCardColumns).from(products).leftJoin(media, eq(media.id, products.pictureId));
}

function prepareCategories(db: Db) {
  return db
    .select({
      slug: categories.slug,
      name: categories.name,
      description: categories.description,
      productCount: count(productCategories.productId),
    })
    .from(categories)
    .leftJoin(productCategories, eq(productCategories.categoryId, categories.id))
    .groupBy(categories.id)
    .orderBy(asc(categories.position), asc(categories.id))
    .prepare("market_categories");
}

function onShelf(db: Db) {
  return db
    .select({ id: productCategories.productId })
    .from(productCategories)
    .innerJoin(categories, eq(categories.id, productCategories.categoryId))
    .where(eq(categories.slug, slug));
}

/** The products of every shelf on which this one stands. */
function onShelvesOf(db: Db) {
  const shelves = db
    .select({ id: productCategories.categoryId })
    .from(productCategories)
    .innerJoin(products, eq(products.id, productCategories.productId))
    .where(eq(products.slug, slug));
  return db.select({ id: productCategories.productId }).from(productCategories).where(inArray(productCategories.categoryId, shelves));
}

function prepareProduct(db: Db) {
  return db
    .select({
      ...productCardColumns,
      id: products.id,
      description: products.description,
      ingredients: products.ingredients,
      areAllergensStated: products.areAllergensStated,
      contains: products.contains,
      mayContain: products.mayContain,
      origin: products.origin,
      vatClass: products.vatClass,
      supplier: { name: suppliers.name, description: suppliers.description, place: suppliers.place },
      categories: sql<{ name: string; slug: string }[]>`(
        select coalesce(json_agg(json_build_object('name', ${categories.name}, 'slug', ${categories.slug})
          order by ${categories.position}, ${categories.id}), '[]')
        from ${productCategories} join ${categories} on ${categories.id} = ${productCategories.categoryId}
        where ${productCategories.productId} = ${products.id})`,
    })
    .from(products)
    .innerJoin(suppliers, eq(suppliers.id, products.supplierId))
    .leftJoin(media, eq(media.id, products.pictureId))
    .where(eq(products.slug, slug))
    .prepare("market_product");
}
