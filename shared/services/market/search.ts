import { asc, desc, eq, sql } from "drizzle-orm";
import { type Searchable, searchHit } from "../../contracts/search.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { products } from "../../models/market.ts";
import { media } from "../../models/media.ts";
import { pictureColumns, pictureOf } from "../pictures.ts";
import { cleanWords, markExcerpt, markedOf, markWhole, prepareNamesLike, question } from "../search.ts";

/** Products by what is written about them. */
export function makeSearch({ db, publicUrl }: ServiceDeps): Searchable {
  const found = db
    .select({
      slug: products.slug,
      title: markWhole(products.name),
      excerpt: markExcerpt(products.description),
      detail: products.brand,
      picture: pictureColumns,
    })
    .from(products)
    .leftJoin(media, eq(media.id, products.pictureId))
    .where(sql`${products.search} @@ ${question} and ${products.isOnSale}`)
    .orderBy(desc(sql`ts_rank(${products.search}, ${question})`), asc(products.id))
    .limit(sql.placeholder("limit"))
    .prepare("market_search");
  return {
    async search(words, limit) {
      const rows = await found.execute({ words: cleanWords(words), limit });
      return rows.map((row) =>
        searchHit.parse({
          ...row,
          url: publicUrl("market", `/products/${row.slug}`),
          title: markedOf(row.title),
          excerpt: markedOf(row.excerpt),
          picture: pictureOf(row.picture),
          startsAt: null,
          zone: "",
        }),
      );
    },
    listNamesLike: prepareNamesLike(db, "market_names_like", {
      column: products.name,
      table: products,
      isShown: sql`${products.isOnSale}`,
    }),
  };
}
