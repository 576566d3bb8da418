import { openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { sql } from "drizzle-orm";

export const POSTS = 2_000_000;
const AUTHORS = 20_000;
export const FOLLOWED = 2_000;
const BOOSTS = 200_000;

/** member: the address of whoever follows. Authors write by a long tail, over two years; what is followed is one in ten of them, the loud and the quiet. */
export async function fillTimeline(databaseUrl: string, member: string): Promise<void> {
  const db = openDb(databaseUrl, 1);
  const count = (number: number) => sql.raw(String(number));
  try {
    await db.execute(sql`set synchronous_commit = off`);
    await db.execute(sql`
      insert into ap_remote_actors (uri, host, type, handle, name, inbox, shared_inbox, keys, document)
      select 'https://h' || n % 900 || '.example/users/u' || n, 'h' || n % 900 || '.example', 'Person', 'u' || n, 'Person ' || n,
        'https://h' || n % 900 || '.example/users/u' || n || '/inbox', 'https://h' || n % 900 || '.example/inbox', '[]', '{}'
      from generate_series(0, ${count(AUTHORS - 1)}) n`);
    await db.execute(sql`
      insert into ap_documents (uri, type, actor, html, visibility, published_at, document)
      select actor || '/notes/' || n, 'Note', actor, '<p>Something that was said, number ' || n || ', long enough to be read as a line or two.</p>',
        case when n % 10 = 0 then 'unlisted' when n % 10 = 1 then 'followers' else 'public' end,
        now() - (n * interval '31 seconds'), '{"type": "Note"}'
      from (select n, 'https://h' || author % 900 || '.example/users/u' || author as actor
        from (select n, floor(${count(AUTHORS)} * power(random(), 2))::int as author from generate_series(1, ${count(POSTS)}) n) as drawn) as written`);
    await db.execute(sql`
      insert into ap_reactions (type, actor, object, activity, created_at)
      select 'Announce', 'https://h' || author % 900 || '.example/users/u' || author, uri, 'https://boosts.example/' || n, published_at + interval '1 hour'
      from (select row_number() over () as n, uri, published_at, floor(${count(AUTHORS)} * random())::int as author
        from ap_documents tablesample bernoulli (${count((100 * BOOSTS) / POSTS)}) where visibility = 'public') as chosen`);
    await db.execute(sql`
      insert into ap_follows (follower, followed, state, activity, accepted_at)
      select ${member}, 'https://h' || (n * 10) % 900 || '.example/users/u' || n * 10, 'accepted', 'https://follows.example/' || n, now()
      from generate_series(0, ${count(FOLLOWED - 1)}) n`);
    await db.execute(sql`vacuum analyze`);
  } finally {
    await db.close();
  }
}
