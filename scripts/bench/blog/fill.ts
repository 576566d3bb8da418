import { openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { sql } from "drizzle-orm";

/** Posts in the publication once it is filled. */
export const POSTS = 10_000;
const TAGS = 100;

/**
 * Fills the seeded publication up to POSTS: its own texts again and again, each under a number of its own, an hour apart, older
 * than the seeded ones, with three of a hundred tags and an author. So a word of one text stands in some hundreds of posts.
 */
export async function fillBlog(databaseUrl: string): Promise<void> {
  const db = openDb(databaseUrl, 1);
  try {
    await db.execute(sql`
      insert into posts (slug, title, excerpt, html, plaintext, status, published_at, updated_at, picture_id, picture_alt)
      select 'copy-' || n, title || ', number ' || n, excerpt, html, plaintext, 'published',
        now() - interval '2 years' - n * interval '1 hour', now() - interval '2 years', picture_id, picture_alt
      from generate_series(1, ${sql.raw(String(POSTS))} - (select count(*)::int from posts)) n
      join (select *, row_number() over (order by id) - 1 as place, count(*) over () as number from posts) seeded
        on seeded.place = n % seeded.number`);
    await db.execute(
      sql`insert into tags (slug, name) select 'topic-' || n, 'Topic ' || n from generate_series(1, ${sql.raw(String(TAGS))}) n`,
    );
    await db.execute(sql`
      insert into post_tags (post_id, tag_id, position)
      select p.id, t.id, k from posts p cross join generate_series(0, 2) k
      join tags t on t.slug = 'topic-' || (1 + (p.id * 7 + k * 31) % ${sql.raw(String(TAGS))})
      where p.slug like 'copy-%'`);
    await db.execute(sql`
      insert into post_authors (post_id, user_id, position)
      select p.id, u.id, 0 from posts p
      join (select id, row_number() over (order by id) - 1 as place, count(*) over () as number from users) u on u.place = p.id % u.number
      where p.slug like 'copy-%'`);
    await db.execute(sql`vacuum analyze`);
  } finally {
    await db.close();
  }
}
