import { and, asc, desc, eq, inArray, ne, sql } from "drizzle-orm";
import type { Db } from "../../infrastructure/db.ts";
import { categories, categoryParents, productCategories, productPictures, products, suppliers } from "../../models/market.ts";
import { media } from "../../models/media.ts";
import { isOpen, sells } from "../cycles/sql.ts";
import { type PictureRow, pictureObject } from "../pictures.ts";
import { productCardColumns } from "./product-cards.ts";

const NEWEST_SHOWN = 8;
const ALSO_SHOWN = 4;
const PRICES_SHOWN = 12;

const slug = sql.placeholder("slug");
const byName = [asc(sql`lower(${products.name})`), asc(products.id)];

/** The shop's reads, each prepared once per process. */
export function prepareQueries(db: Db) {
  return {
    categories: prepareCategories(db),
    newest: cards(db)
      .where(sql`${products.isLead} and ${products.isOnSale}`)
      .orderBy(desc(products.createdAt), desc(products.id))
      .limit(NEWEST_SHOWN)
      .prepare("market_newest"),
    product: prepareProduct(db),
    alsoOnShelf: cards(db)
      .where(and(inArray(products.id, onShelvesOf(db)), ne(products.slug, slug), sql`${products.isLead} and ${products.isOnSale}`))
      .orderBy(asc(sql`${products.forSale} = 0`), ...byName)
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

/** The shelves that are a part of no other, with how much can be found on each and below it: a pack of each thing. */
function prepareCategories(db: Db) {
  const counted = sql`(
    select category_id, sum(n)::int as n from (select section_id, count(*) as n from shelf_entries group by section_id) as entry
    join shelf_sections on shelf_sections.id = section_id, unnest(category_ids) as category_id group by category_id) as counted`;
  return db
    .select({
      slug: categories.slug,
      name: categories.name,
      description: categories.description,
      productCount: sql<number>`coalesce(counted.n, 0)`,
    })
    .from(categories)
    .leftJoin(counted, sql`counted.category_id = ${categories.id}`)
    .where(sql`not exists (select from ${categoryParents} where ${categoryParents.categoryId} = ${categories.id})`)
    .orderBy(asc(categories.position), asc(categories.id))
    .prepare("market_categories");
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
      isOnSale: products.isOnSale,
      description: products.description,
      ingredients: products.ingredients,
      areAllergensStated: products.areAllergensStated,
      contains: products.contains,
      mayContain: products.mayContain,
      origin: products.origin,
      vatClass: products.vatClass,
      gtin: products.gtin,
      caseSize: products.caseSize,
      likeCount: sql<number>`(select count(*)::int from likes where kind = 'product' and subject = ${products.id})`,
      nutrition: products.nutrition,
      variants: sql<{ name: string; slug: string; priceMinor: number; isAvailable: boolean; isOrderable: boolean }[]>`(
        select coalesce(json_agg(json_build_object('name', variant_name, 'slug', slug, 'priceMinor', price_minor, 'isAvailable', for_sale > 0,
          'isOrderable', exists (select from order_cycles as cycle where ${isOpen("cycle")} and ${sells("cycle", "pack")}))
          order by price_minor, pack.id), '[]') from products as pack
          where pack.group_id = ${products.groupId} and (is_on_sale or pack.id = ${products.id}))`,
      prices: sql<{ at: string; minor: number }[]>`(
        select coalesce(json_agg(json_build_object('at', changed_at, 'minor', after) order by change.id desc), '[]') from (
          select id, changed_at, after from product_changes where product_id = ${products.id} and field = 'priceMinor'
          order by id desc limit ${sql.raw(String(PRICES_SHOWN))}) as change)`,
      pictures: sql<PictureRow[]>`(
        select coalesce(json_agg(${pictureObject} order by position, media.id), '[]') from ${productPictures}
        join ${media} on media.id = media_id where product_id = ${products.id})`,
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
