import { sql } from "drizzle-orm";
import type { BlogService, FoundPosts } from "../../contracts/blog.ts";
import { CodedError } from "../../contracts/errors.ts";
import { searchHit } from "../../contracts/search.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { posts } from "../../models/blog.ts";
import { cleanWords, markExcerpt, markedOf, markWhole, question } from "../search.ts";
import { postCardOf, selectPosts } from "./post-cards.ts";
import { isPublished, newestFirst } from "./queries.ts";

const HITS_PER_PAGE = 10;
/** Of words that stand in more posts than this, the newest so many are put in order. */
const MOST_RANKED = 500;
/** What is read of a text for its excerpt, in characters. */
const EXCERPT_OF = 20_000;

/** Posts by their words. Titles weigh most, then excerpts; of two alike the newer comes first. */
export function makeSearchPosts({ db, publicUrl }: ServiceDeps): BlogService["searchPosts"] {
  const found = preparePages(db);
  return async (typed, page): Promise<FoundPosts> => {
    const words = cleanWords(typed);
    const rows = await found.execute({ words, offset: (page - 1) * HITS_PER_PAGE });
    if (rows.length === 0 && page > 1) throw new CodedError("not-found", "The list does not go on this far.", { page });
    const count = rows[0]?.total ?? 0;
    return {
      hits: rows.map((row) => {
        const { url, picture } = postCardOf(row, publicUrl);
        const marked = { title: markedOf(row.markedTitle), excerpt: markedOf(row.markedExcerpt) };
        return searchHit.parse({ url, picture, ...marked, detail: "", startsAt: null, zone: "" });
      }),
      paging: { page, pageCount: Math.max(1, Math.ceil(count / HITS_PER_PAGE)) },
      count,
      isCut: count === MOST_RANKED,
    };
  };
}

/** Ranks what was found, takes one page of it, and marks that page alone: marking reads whole texts. */
function preparePages(db: ServiceDeps["db"]) {
  const seen = sql`(${posts.audience} is null or ts_filter(${posts.search}, '{a,b}') @@ ${question})`;
  const candidates = db
    .select({ id: posts.id, publishedAt: posts.publishedAt, search: posts.search })
    .from(posts)
    .where(sql`${isPublished} and ${posts.search} @@ ${question} and ${seen}`)
    .orderBy(...newestFirst)
    .limit(MOST_RANKED)
    .as("candidates");
  const ranked = db
    .select({
      id: candidates.id,
      total: sql<number>`(count(*) over ())::int`.as("total"),
      place:
        sql<number>`row_number() over (order by ts_rank(${candidates.search}, ${question}) desc, ${candidates.publishedAt} desc, ${candidates.id} desc)`.as(
          "place",
        ),
    })
    .from(candidates)
    .orderBy(sql`place`)
    .limit(HITS_PER_PAGE)
    .offset(sql.placeholder("offset"))
    .as("ranked");
  const text = sql`case when ${posts.audience} is null then left(${posts.plaintext}, ${sql.raw(String(EXCERPT_OF))}) else ${posts.excerpt} end`;
  return selectPosts(db, { total: sql<number>`ranked.total`, markedTitle: markWhole(posts.title), markedExcerpt: markExcerpt(text) })
    .innerJoin(ranked, sql`${ranked.id} = ${posts.id}`)
    .orderBy(sql`ranked.place`)
    .prepare("blog_search_posts");
}
