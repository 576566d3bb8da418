import { type SQL, sql } from "drizzle-orm";
import type { MediaUse, MediaUses } from "../../contracts/media.ts";
import type { RelationsService } from "../../contracts/relations.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { PublicUrl } from "../../infrastructure/service-deps.ts";
import { pages, posts } from "../../models/blog.ts";
import { calendarEntries } from "../../models/events.ts";
import { users } from "../../models/identity.ts";
import type { MediaId, PageId, PostId, UserId } from "../../models/ids.ts";
import { productPictures, products } from "../../models/market.ts";
import { media, mediaVariants } from "../../models/media.ts";
import { marketPlaces } from "../../models/places.ts";
import { revisions } from "../../models/revisions.ts";
import { type Reach, reachOf } from "../writing/access.ts";

/** key: where a piece of writing is edited, as "posts/12"; the name in the address of everything else. isOpen: everybody may know of it. */
interface UseRow extends Record<string, unknown> {
  kind: MediaUse["kind"];
  key: string;
  name: string;
  isOpen: boolean;
}

/** What shows a file: what the viewer edits and what everybody may know of by name, of the rest how many texts it is. */
export async function listUses(
  { db, publicUrl, relations }: { db: Db; publicUrl: PublicUrl; relations: RelationsService },
  id: MediaId,
  viewer: UserId,
): Promise<MediaUses> {
  const [{ rows }, reach] = await Promise.all([db.execute<UseRow>(usesOf(id)), reachOf(relations, viewer)]);
  const isKnown = ({ isOpen, key }: UseRow) => isOpen || isInReach(reach, key);
  const hidden = rows.filter((row) => !isKnown(row)); // an earlier version is part of the same text
  return {
    uses: rows.filter(isKnown).map(({ kind, key, name }) => ({ kind, name, url: urlOf(kind, key, publicUrl) })),
    hiddenCount: new Set(hidden.map(({ key }) => key)).size,
  };
}

/** Whether anything at all shows it, whoever asks. */
export async function isUsed(db: Db | Tx, id: MediaId): Promise<boolean> {
  const { rows } = await db.execute<UseRow>(usesOf(id));
  return rows.length > 0;
}

function isInReach(reach: Reach, key: string): boolean {
  if (reach.isEverything) return true;
  const [kind, id] = key.split("/");
  if (kind === "posts") return reach.posts.includes(Number(id) as PostId);
  return kind === "pages" && reach.pages.includes(Number(id) as PageId);
}

/** As its own picture, or inside its text, where the file's hash or that of one of its variants stands. */

function usesOf(id: MediaId): SQL {
  const names = sql`(select string_agg(sha256, '|') from (
    select sha256 from ${media} where id = ${id} union select sha256 from ${mediaVariants} where media_id = ${id}) hashes)`;
  const holds = (html: SQL) => sql`coalesce(${html}, '') ~ (select pattern from wanted)`;
  const written = sql`${id} in (picture_id, og_picture_id, twitter_picture_id) or ${holds(sql`html`)} or ${holds(sql`document::text`)}`;
  return sql`with wanted as materialized (select ${names} as pattern), uses as (
    select 'post' as kind, 'posts/' || id as key, title as name, false as open from ${posts} where ${written}
    union all select 'page', 'pages/' || id, title, false from ${pages} where ${written}
    union all select distinct 'revision', coalesce('posts/' || post_id, 'pages/' || page_id), title, false from ${revisions}
      where ${holds(sql`html`)} or ${holds(sql`document::text`)}
    union all select 'person', handle, name, true from ${users} where picture_id = ${id}
    union all select 'product', slug, name, true from ${products} where picture_id = ${id} or ${holds(sql`description`)}
      or exists (select from ${productPictures} where product_id = ${products.id} and media_id = ${id})
    union all select 'place', slug, name, is_public from ${marketPlaces} where picture_id = ${id}
    union all select 'entry', slug, title, status <> 'proposed' from ${calendarEntries} where picture_id = ${id} or ${holds(sql`html`)}
    union all select 'status', status.id::text, 'A post by ' || author.name, status.visibility = 'public'
      from ap_pictures join ap_documents as status on status.id = ap_pictures.status_id join ${users} as author on author.id = status.author_id
      where ap_pictures.media_id = ${id})
    select kind, key, name, open as "isOpen" from uses order by kind, name, key`;
}

function urlOf(kind: MediaUse["kind"], key: string, publicUrl: PublicUrl): string | null {
  if (kind === "post" || kind === "page" || kind === "revision") return publicUrl("blog", `/admin/${key}`);
  if (kind === "product") return publicUrl("market", `/products/${key}`);
  if (kind === "place") return publicUrl("market", `/places/${key}`);
  if (kind === "status") return publicUrl("federation", `/posts/${key}`);
  return kind === "entry" ? publicUrl("events", `/entries/${key}`) : null;
}
