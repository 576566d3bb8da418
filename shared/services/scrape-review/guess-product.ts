import { asc, desc, inArray, like, sql } from "drizzle-orm";
import type { FindingPage, NewProductGuess } from "../../contracts/scrape-review.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { CategoryId } from "../../models/ids.ts";
import { categories, productCategories, products } from "../../models/market.ts";
import { guessFields, slugOf } from "./guess.ts";
import { saidIn } from "./put-on-shelf.ts";

/** How many products with a name like it say where it stands. */
const NEIGHBOURS = 5;
const MOST_SHELVES = 3;

interface Neighbours {
  readonly categoryIds: readonly CategoryId[];
  readonly vatClass: (typeof products.$inferSelect)["vatClass"] | null;
}

/** A form filled in by what the page says, and by the products whose names are most like it. */
export async function guessProduct(db: Db, finding: FindingPage): Promise<NewProductGuess> {
  const said = saidIn(finding.fields);
  const name = said.name ?? finding.title;
  const [slug, neighbours, shelves] = await Promise.all([
    freeSlug(db, slugOf(name)),
    readNeighbours(db, name),
    db
      .select({ id: categories.id, name: categories.name })
      .from(categories)
      .orderBy(asc(sql`lower(${categories.name})`), asc(categories.id)),
  ]);
  const fields = guessFields({ ...(neighbours.vatClass ? { vatClass: neighbours.vatClass } : {}), ...said });
  return { slug, fields, categoryIds: neighbours.categoryIds, categories: shelves };
}

async function freeSlug(db: Db, wanted: string): Promise<string> {
  const rows = await db
    .select({ slug: products.slug })
    .from(products)
    .where(like(products.slug, `${wanted}%`));
  const taken = new Set(rows.map(({ slug }) => slug));
  for (let n = 1; ; n++) {
    const slug = n === 1 ? wanted : `${wanted}-${n}`;
    if (!taken.has(slug)) return slug;
  }
}

/** The shelves that most of them stand on, and the VAT class that most of them have. */
async function readNeighbours(db: Db, name: string): Promise<Neighbours> {
  const near = await db
    .select({ id: products.id, vatClass: products.vatClass })
    .from(products)
    .where(sql`word_similarity(${name}, ${products.name}) > 0.2 or word_similarity(${products.name}, ${name}) > 0.4`)
    .orderBy(desc(sql`greatest(word_similarity(${name}, ${products.name}), word_similarity(${products.name}, ${name}))`), asc(products.id))
    .limit(NEIGHBOURS);
  if (near.length === 0) return { categoryIds: [], vatClass: null };
  const shelves = await db
    .select({ id: productCategories.categoryId, n: sql<number>`count(*)::int` })
    .from(productCategories)
    .where(
      inArray(
        productCategories.productId,
        near.map(({ id }) => id),
      ),
    )
    .groupBy(productCategories.categoryId)
    .orderBy(desc(sql`count(*)`), asc(productCategories.categoryId));
  const best = shelves[0]?.n ?? 0;
  const chosen = shelves.filter(({ n }) => n === best).slice(0, MOST_SHELVES);
  return { categoryIds: chosen.map(({ id }) => id), vatClass: near[0]?.vatClass ?? null };
}
