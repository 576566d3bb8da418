import { sql } from "drizzle-orm";
import type { BlogService } from "../../contracts/blog.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { pages, posts } from "../../models/blog.ts";

interface Row extends Record<string, unknown> {
  title: string;
  summary: string;
  path: string;
  html: string | null;
  published_at: string | null;
}

/** What is for everybody, whole, up to a size. The first that does not fit comes as well, without its text: the list was cut there. */
export function makeListPublicTexts({ db, publicUrl }: ServiceDeps): BlogService["listPublicTexts"] {
  return async (maxBytes) => {
    const { rows } = await db.execute<Row>(sql`
      with texts as (
        select 0 as part, title, summary, '/' || path as path, html, null::timestamptz as published_at, id
        from ${pages} where status = 'published' and audience is null
        union all select 1, title, excerpt, '/posts/' || slug, html, published_at, id
        from ${posts} where status = 'published' and audience is null),
      measured as (
        select texts.*, sum(octet_length(html)) over (order by part, published_at desc, path, id) as bytes_so_far from texts)
      select title, summary, path, case when bytes_so_far <= ${maxBytes} then html end as html, published_at from measured
      where bytes_so_far - octet_length(html) <= ${maxBytes} order by part, published_at desc, path, id`);
    const texts = rows.flatMap(({ title, summary, path, html, published_at }) => {
      const publishedAt = published_at === null ? null : new Date(published_at);
      return html === null ? [] : [{ title, summary, html, url: publicUrl("blog", path), publishedAt }];
    });
    return { texts, isWhole: texts.length === rows.length };
  };
}
