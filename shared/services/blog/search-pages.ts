import { asc, desc, eq, sql } from "drizzle-orm";
import { type Searchable, searchHit } from "../../contracts/search.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { pages, posts } from "../../models/blog.ts";
import { media } from "../../models/media.ts";
import { pictureColumns, pictureOf } from "../pictures.ts";
import { cleanWords, markExcerpt, markedOf, markWhole, prepareNamesLike, question } from "../search.ts";
import { isPublished } from "./queries.ts";

/** Standing pages by their words. */
export function makeSearchPages({ db, publicUrl }: ServiceDeps): Searchable {
  const isShown = sql`${pages.status} = 'published'`;
  const isSeen = sql`(${pages.audience} is null or ts_filter(${pages.search}, '{a,b}') @@ ${question})`;
  const found = db
    .select({ path: pages.path, title: markWhole(pages.title), excerpt: markExcerpt(pages.summary), picture: pictureColumns })
    .from(pages)
    .leftJoin(media, eq(media.id, pages.pictureId))
    .where(sql`${isShown} and ${pages.search} @@ ${question} and ${isSeen}`)
    .orderBy(desc(sql`ts_rank(${pages.search}, ${question})`), asc(pages.id))
    .limit(sql.placeholder("limit"))
    .prepare("blog_search_pages");
  return {
    async search(words, limit) {
      const rows = await found.execute({ words: cleanWords(words), limit });
      return rows.map((row) =>
        searchHit.parse({
          url: publicUrl("blog", `/${row.path}`),
          title: markedOf(row.title),
          excerpt: markedOf(row.excerpt),
          detail: "",
          picture: pictureOf(row.picture),
          startsAt: null,
          zone: "",
        }),
      );
    },
    listNamesLike: prepareNamesLike(db, "blog_names_like", { column: posts.title, table: posts, isShown: isPublished }),
  };
}
