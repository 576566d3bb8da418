import { desc, sql } from "drizzle-orm";
import type { BlogService } from "../../contracts/blog.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { posts } from "../../models/blog.ts";
import { offsetOf, postListOf } from "./post-list.ts";
import { isPublished, onePage, textCount } from "./queries.ts";

/** What was published when, by the months of the site's clock. */
export function makeArchive({ db, publicUrl, timeZone, locale }: ServiceDeps): Pick<BlogService, "listMonths" | "getMonth"> {
  const zone = sql.raw(`'${timeZone}'`); // of the configuration; a parameter would make the two mentions of it differ
  const month = sql<string>`to_char(${posts.publishedAt} at time zone ${zone}, 'YYYY-MM')`;
  const months = db
    .select({ month, postCount: textCount })
    .from(posts)
    .where(isPublished)
    .groupBy(month)
    .orderBy(desc(month))
    .prepare("blog_months");
  const begins = sql`(${sql.placeholder("first")}::timestamp at time zone ${zone})`;
  const ends = sql`((${sql.placeholder("first")}::timestamp + interval '1 month') at time zone ${zone})`;
  const ofMonth = sql`${isPublished} and ${posts.publishedAt} >= ${begins} and ${posts.publishedAt} < ${ends}`;
  const list = onePage(db, { ofAll: ofMonth, ofFew: ofMonth }, locale).prepare("blog_posts_of_month");
  return {
    listMonths: () => months.execute(),
    async getMonth(month, page) {
      const rows = await list.execute({ first: `${month}-01`, offset: offsetOf(page) });
      if (rows.length === 0) throw new CodedError("not-found", "Nothing was published in this month.", { month, page });
      return postListOf(rows, page, publicUrl);
    },
  };
}
