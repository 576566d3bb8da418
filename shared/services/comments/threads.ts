import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Commented, CommentPlace } from "../../contracts/comments.ts";
import type { CacheTag } from "../../contracts/tags.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { Db } from "../../infrastructure/db.ts";
import { COMMENTED_TYPES, type CommentedType, commentThreads } from "../../models/comments.ts";
import { apDocuments, apOutgoing } from "../../models/fediverse.ts";
import type { ThreadId } from "../../models/ids.ts";
import { isShown } from "./visible.ts";

const APPS = { Post: "blog", Product: "market", CalendarEntry: "events" } as const satisfies Record<CommentedType, string>;

/** What a thread is about, as it is called and found now: what only some may read, or nobody yet, is not there. */
export const placeColumns = (type: SQL, id: SQL) => ({
  title: sql<string | null>`case ${type}
    when 'Post' then (select title from posts where posts.id = ${id}::bigint and posts.status = 'published' and posts.audience is null)
    when 'Product' then (select name from products where products.id = ${id}::bigint)
    else (select title from calendar_entries where calendar_entries.id = ${id}::bigint and status in ('confirmed', 'cancelled')) end`,
  slug: sql<string | null>`case ${type}
    when 'Post' then (select slug from posts where posts.id = ${id}::bigint and posts.status = 'published' and posts.audience is null)
    when 'Product' then (select slug from products where products.id = ${id}::bigint)
    else (select slug from calendar_entries where calendar_entries.id = ${id}::bigint and status in ('confirmed', 'cancelled')) end`,
});

const FOLDERS: Record<CommentedType, string> = { Post: "posts", Product: "products", CalendarEntry: "entries" };

/** To select with comment_threads. */
export const placeOfThread = {
  type: commentThreads.sourceType,
  id: commentThreads.sourceId,
  ...placeColumns(sql`${commentThreads.sourceType}`, sql`${commentThreads.sourceId}`),
};

/** The place that a row of placeOfThread names; null: it is gone. */
export function placeOf(row: {
  type: CommentedType | null;
  id: string | null;
  title: string | null;
  slug: string | null;
}): CommentPlace | null {
  const { type, id, title, slug } = row;
  if (type === null || id === null || title === null || slug === null) return null;
  return { source: { type, id }, app: APPS[type], title, path: `/${FOLDERS[type]}/${slug}` };
}

/** Where something is that can be commented on; null: it is gone, or not public. */
export async function findPlace(db: Db | Tx, { type, id }: Commented): Promise<CommentPlace | null> {
  const columns = placeColumns(sql`${type}::text`, sql`${String(id)}::text`);
  const { rows } = await db.execute<{ title: string | null; slug: string | null }>(
    sql`select ${columns.title} as title, ${columns.slug} as slug`,
  );
  return placeOf({ type, id: String(id), title: rows[0]?.title ?? null, slug: rows[0]?.slug ?? null });
}

/** The thread of something, made if it is not there. */
export async function keepThread(tx: Tx, { type, id }: Commented): Promise<{ id: ThreadId; isClosed: boolean }> {
  const [row] = await tx
    .insert(commentThreads)
    .values({ sourceType: type, sourceId: String(id) })
    .onConflictDoUpdate({ target: [commentThreads.sourceType, commentThreads.sourceId], set: { sourceId: String(id) } })
    .returning({ id: commentThreads.id, isClosed: commentThreads.isClosed });
  if (row === undefined) throw new RangeError("it was inserted or is there");
  return row;
}

/** What of ours the world knows by this address, if it can be commented on and was not taken back. */
export async function findSource(tx: Tx, uri: string): Promise<Commented | null> {
  const [row] = await tx
    .select({ type: apOutgoing.objectType, id: apOutgoing.objectId, last: apOutgoing.type })
    .from(apOutgoing)
    .where(and(eq(apOutgoing.object, uri), inArray(apOutgoing.type, ["Create", "Update", "Delete"])))
    .orderBy(sql`${apOutgoing.id} desc`)
    .limit(1);
  const type = COMMENTED_TYPES.find((one) => one === row?.type);
  return row === undefined || type === undefined || row.id === null || row.last === "Delete" ? null : { type, id: row.id };
}

/** Counts anew what everybody sees of these threads, and purges the pages that show them, and the lists that show how many. */
export async function settleThreads(tx: Tx, ids: readonly ThreadId[]): Promise<void> {
  if (ids.length === 0) return;
  const counted = sql`(select count(*)::int from ${apDocuments} where ${apDocuments.commentThreadId} = ${commentThreads.id} and ${isShown})`;
  await tx
    .update(commentThreads)
    .set({ shownCount: counted })
    .where(inArray(commentThreads.id, [...ids]));
  const places = await tx
    .select(placeOfThread)
    .from(commentThreads)
    .where(inArray(commentThreads.id, [...ids]));
  const tags = places.flatMap((row): CacheTag[] => {
    const place = placeOf(row);
    return place === null ? [] : [`comments:${place.path}`];
  });
  purgeOnCommit(tx, tags.length === 0 ? [] : [...tags, "comments"]);
}

/** The same for all threads in which something of these documents stands. */
export async function settleThreadsOf(tx: Tx, which: SQL): Promise<void> {
  const rows = await tx
    .selectDistinct({ id: apDocuments.commentThreadId })
    .from(apDocuments)
    .where(and(which, sql`${apDocuments.commentThreadId} is not null`));
  await settleThreads(
    tx,
    rows.flatMap(({ id }) => (id === null ? [] : [id])),
  );
}

/** Something was done to an object that comments stand under: the page says how often. */
export async function purgeCommentsOf(tx: Tx, object: string): Promise<void> {
  const source = await findSource(tx, object);
  const place = source === null ? null : await findPlace(tx, source);
  if (place !== null) purgeOnCommit(tx, [`comments:${place.path}`]);
}
