import type pg from "pg";

const FOLLOWS_EACH = 20;
const SESSIONS_EACH = 3;
const APPS = "array['blog', 'market', 'cart']";

/** Members from the one after `from` to `to`, each with sessions at three services and with others whom they follow. */
export async function growMembers(client: pg.Client, from: number, to: number): Promise<void> {
  await quietly(client, "relation_facts", async () => {
    await client.query(
      "insert into users (id, handle, name) overriding system value select n, 'member-' || n, 'Member ' || n from generate_series($1::int + 1, $2::int) n",
      [from, to],
    );
    await client.query(
      `insert into sessions (token_hash, app, user_id, provider_session, expires_at)
       select md5(n || ' ' || s), (${APPS})[s], n, 'session ' || n, now() + interval '30 days'
       from generate_series($1::int + 1, $2::int) n, generate_series(1, $3::int) s`,
      [from, to, SESSIONS_EACH],
    );
    // neighbours, so that some follow each other, and strangers
    await client.query(
      `insert into relation_facts (relation, arguments, asserted_by)
       select 'federation.follows', jsonb_build_array('user:' || n, 'user:' || 1 + (n + case when f <= 10 then f - 5 else f * 7919 end + $2) % $2), 'user:' || n
       from generate_series($1::int + 1, $2::int) n, generate_series(1, $3::int) f
       on conflict do nothing`,
      [from, to, FOLLOWS_EACH],
    );
  });
  await client.query("vacuum analyze users, sessions, relation_facts");
}

/** Activities that were handled long ago, one handling each. */
export async function growActivities(client: pg.Client, from: number, to: number): Promise<void> {
  await client.query(
    `with activity as (
       insert into ap_activities (origin_app, type, object_type, object_id, details, published_at)
       select 'blog', 'Like', 'Post', 'post-' || n, '{"name": "Of bread and noticeboards", "path": "/posts/bread"}', now() - n * interval '1 second'
       from generate_series($1::int + 1, $2::int) n returning id, object_id
     )
     insert into ap_activity_handlings (activity_id, handler, object_type, object_id, state, settled_at, attempts)
     select id, 'blog.count', 'Post', object_id, 'done', now() - interval '1 day', 1 from activity`,
    [from, to],
  );
  await client.query("vacuum analyze ap_activities, ap_activity_handlings");
}

/** The table that remote posts would lie in: as Mastodon's statuses, with the indexes that receiving and showing take. */
export const REMOTE_POSTS = `
  create table remote_posts (
    id bigint generated always as identity primary key,
    uri text not null unique,
    actor_id bigint not null,
    reply_to_uri text,
    html text not null,
    published_at timestamptz not null,
    received_at timestamptz not null default now()
  );
  create index on remote_posts (actor_id, published_at desc, id desc);
  create index on remote_posts (reply_to_uri) where reply_to_uri is not null;`;

/** Posts by remote actors, 500 each, of 400 characters that do not compress away. */
export async function growRemotePosts(client: pg.Client, from: number, to: number): Promise<void> {
  await client.query(
    `insert into remote_posts (uri, actor_id, reply_to_uri, html, published_at)
     select 'https://social-' || n % 5000 || '.example/users/someone/statuses/' || 110000000000000000 + n, 1 + (n::bigint * 7919) % greatest($2::int / 500, 1),
       case when n % 3 = 0 then 'https://social.example/users/other/statuses/' || 110000000000000000 + n / 2 end,
       (select string_agg(md5(n || ' ' || part), ' ') from generate_series(1, 12) part), now() - ($2::int - n) * interval '0.3 second'
     from generate_series($1::int + 1, $2::int) n`,
    [from, to],
  );
  await client.query("vacuum analyze remote_posts");
}

/** Rows that are made up need nobody to be told of them. */
async function quietly(client: pg.Client, table: string, work: () => Promise<void>): Promise<void> {
  await client.query(`alter table ${table} disable trigger user`);
  await work();
  await client.query(`alter table ${table} enable trigger user`);
}
