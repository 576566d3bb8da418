import { type SQL, sql } from "drizzle-orm";
import type { MediaUse } from "../../contracts/media.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { PublicUrl } from "../../infrastructure/service-deps.ts";
import { pages, posts } from "../../models/blog.ts";
import { calendarEntries } from "../../models/events.ts";
import { users } from "../../models/identity.ts";
import type { MediaId } from "../../models/ids.ts";
import { products } from "../../models/market.ts";
import { media, mediaVariants } from "../../models/media.ts";
import { revisions } from "../../models/revisions.ts";

/** key: the id of a piece of writing, the name in the address of everything else. */
interface UseRow extends Record<string, unknown> {
  kind: MediaUse["kind"];
  key: string;
  name: string;
}

/** What shows a file: as its own picture, or inside its text, where the file's hash or that of one of its variants stands. */
export async function listUses(db: Db | Tx, id: MediaId, publicUrl: PublicUrl): Promise<readonly MediaUse[]> {
  const { rows } = await db.execute<UseRow>(usesOf(id));
  return rows.map(({ kind, key, name }) => ({ kind, name, url: urlOf(kind, key, publicUrl) }));
}

function usesOf(id: MediaId): SQL {
  const names = sql`(select string_agg(sha256, '|') from (
    select sha256 from ${media} where id = ${id} union select sha256 from ${mediaVariants} where media_id = ${id}) hashes)`;
  const holds = (html: SQL) => sql`coalesce(${html}, '') ~ (select pattern from wanted)`;
  const written = sql`picture_id = ${id} or ${holds(sql`html`)} or ${holds(sql`document::text`)}`;
  return sql`with wanted as materialized (select ${names} as pattern), uses as (
    select 'post' as kind, id::text as key, title as name from ${posts} where ${written}
    union all select 'page', id::text, title from ${pages} where ${written}
    union all select distinct 'revision', coalesce('posts/' || post_id, 'pages/' || page_id), title from ${revisions}
      where ${holds(sql`html`)} or ${holds(sql`document::text`)}
    union all select 'person', handle, name from ${users} where picture_id = ${id}
    union all select 'product', slug, name from ${products} where picture_id = ${id} or ${holds(sql`description`)}
    union all select 'entry', slug, title from ${calendarEntries} where picture_id = ${id} or ${holds(sql`html`)})
    select kind, key, name from uses order by kind, name, key`;
}

function urlOf(kind: MediaUse["kind"], key: string, publicUrl: PublicUrl): string | null {
  if (kind === "post") return publicUrl("blog", `/admin/posts/${key}`);
  if (kind === "page") return publicUrl("blog", `/admin/pages/${key}`);
  if (kind === "revision") return publicUrl("blog", `/admin/${key}`);
  if (kind === "product") return publicUrl("market", `/products/${key}`);
  return kind === "entry" ? publicUrl("events", `/entries/${key}`) : null;
}
