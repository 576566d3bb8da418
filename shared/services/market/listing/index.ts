import { type SQL, sql } from "drizzle-orm";
import { CodedError } from "../../../contracts/errors.ts";
import { LISTING_PAGE_SIZE, type ListingQuery, type ListingSort, listing, shelfHead } from "../../../contracts/listing.ts";
import type { MarketService, ProductCard } from "../../../contracts/market.ts";
import type { ServiceDeps } from "../../../infrastructure/service-deps.ts";
import type { ProductId } from "../../../models/ids.ts";
import { cleanWords } from "../../search.ts";
import { type Conditions, conditionsOf } from "./conditions.ts";
import { countFacets } from "./count-facets.ts";

const MOST_LIKE_NAMES = 4;

interface ListingParts {
  cardsById(ids: readonly ProductId[]): Promise<readonly ProductCard[]>;
  listNamesLike: MarketService["listNamesLike"];
}

/** Lists of the shop with their facets. */
export function makeListings(
  { db, publicUrl }: ServiceDeps,
  { cardsById, listNamesLike }: ListingParts,
): Pick<MarketService, "getListing" | "getShelf" | "listShelves"> {
  const urlOf = (slug: string) => publicUrl("market", `/categories/${slug}`);
  return {
    async getListing(asked) {
      const query = { ...asked, words: cleanWords(asked.words) };
      const conditions = conditionsOf(query);
      const [facets, first, shelves] = await Promise.all([
        countFacets(db, query, conditions),
        pageOf(query, conditions),
        db.execute<{ id: string; slug: string; name: string }>(shelvesBelow(query.shelf)),
      ]);
      const pageCount = Math.max(1, Math.ceil(facets.total / LISTING_PAGE_SIZE));
      const { shelfCounts, total, ...counts } = facets;
      return listing.parse({
        ...counts,
        total,
        paging: { page: query.page, pageCount: Math.max(pageCount, query.page) },
        products: await cardsById(first),
        shelves: shelves.rows
          .map(({ id, slug, name }) => ({ slug, name, url: urlOf(slug), count: shelfCounts.get(Number(id)) ?? 0 }))
          .filter(({ count }) => count > 0),
        likeNames: total === 0 && query.words !== "" ? await listNamesLike(query.words, MOST_LIKE_NAMES) : [],
      });
    },
    async getShelf(slug) {
      const { rows } = await db.execute<{ name: string; description: string; wholes: { name: string; slug: string }[] }>(sql`
        select name, description, (
          select coalesce(json_agg(json_build_object('name', whole.name, 'slug', whole.slug) order by whole.position, whole.id), '[]')
          from category_parents join categories whole on whole.id = parent_id where category_id = shelf.id) as wholes
        from categories shelf where slug = ${slug}`);
      const [row] = rows;
      if (!row) throw new CodedError("not-found", "There is no shelf of this name.", { slug });
      return shelfHead.parse({ ...row, slug, url: urlOf(slug), wholes: row.wholes.map((whole) => ({ ...whole, url: urlOf(whole.slug) })) });
    },
    async listShelves() {
      const { rows } = await db.execute<{ slug: string; name: string }>(shelvesBelow(null));
      return rows.map(({ slug, name }) => ({ name, url: urlOf(slug) }));
    },
  };

  async function pageOf(query: ListingQuery, { hard, soft }: Conditions): Promise<ProductId[]> {
    const { rows } = await db.execute<{ id: string }>(sql`
      select product_id as id from shelf_entries ${query.words === "" ? sql`` : sql`join products on products.id = product_id`}
      where ${hard} and ${soft.brand} and ${soft.supplier} and ${soft.price}
      order by ${orderOf(query)} limit ${LISTING_PAGE_SIZE} offset ${(query.page - 1) * LISTING_PAGE_SIZE}`);
    return rows.map(({ id }) => Number(id) as ProductId);
  }
}

/** The shelves directly below one, or those that are a part of none. */
function shelvesBelow(slug: string | null): SQL {
  const isBelow =
    slug === null
      ? sql`not exists (select from category_parents where category_id = shelf.id)`
      : sql`exists (select from category_parents join categories whole on whole.id = parent_id where category_id = shelf.id and whole.slug = ${slug})`;
  return sql`select id, slug, name from categories shelf where ${isBelow} order by position, id`;
}

function orderOf({ sort, words }: ListingQuery): SQL {
  const orders: Record<ListingSort, SQL> = {
    best: words === "" ? sql`shelf_entries.name, product_id` : sql`${rank(words)} desc, product_id`,
    name: sql`shelf_entries.name, product_id`,
    price: sql`shelf_entries.price_minor, product_id`,
    "price-down": sql`shelf_entries.price_minor desc, product_id desc`,
    newest: sql`shelf_entries.created_at desc, product_id desc`,
  };
  return orders[sort];
}

function rank(words: string): SQL {
  return sql`ts_rank(products.search, websearch_to_tsquery('public.plain_english', ${words}))`;
}
