import { asc, desc, eq, sql } from "drizzle-orm";
import { type Searchable, searchHit } from "../../contracts/search.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { postAuthors, posts } from "../../models/blog.ts";
import { users } from "../../models/identity.ts";
import { media } from "../../models/media.ts";
import { pictureColumns, pictureOf } from "../pictures.ts";
import { cleanWords, markExcerpt, markedOf, markWhole, prepareNamesLike, question } from "../search.ts";

/** Whoever has published something under their name shows themselves; nobody else is found. */
export const showsThemselves = sql<boolean>`${users.erasedAt} is null and exists (
  select from ${postAuthors} join ${posts} on ${posts.id} = ${postAuthors.postId}
  where ${postAuthors.userId} = ${users.id} and ${posts.status} = 'published')`;

/** People by name, handle and what they say of themselves. */
export function makeSearchPeople({ db, publicUrl }: ServiceDeps): Searchable {
  const found = db
    .select({ handle: users.handle, title: markWhole(users.name), excerpt: markExcerpt(users.bio), picture: pictureColumns })
    .from(users)
    .leftJoin(media, eq(media.id, users.pictureId))
    .where(sql`${users.search} @@ ${question} and ${showsThemselves}`)
    .orderBy(desc(sql`ts_rank(${users.search}, ${question})`), asc(users.id))
    .limit(sql.placeholder("limit"))
    .prepare("identity_search_people");
  return {
    async search(words, limit) {
      const rows = await found.execute({ words: cleanWords(words), limit });
      return rows.map((row) =>
        searchHit.parse({
          url: publicUrl("blog", `/authors/${row.handle}`),
          title: markedOf(row.title),
          excerpt: markedOf(row.excerpt),
          detail: "",
          picture: pictureOf(row.picture),
          startsAt: null,
          zone: "",
        }),
      );
    },
    listNamesLike: prepareNamesLike(db, "identity_names_like", { column: users.name, table: users, isShown: showsThemselves }),
  };
}
