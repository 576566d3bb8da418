import { type SQL, sql } from "drizzle-orm";
import type { PieceFilter, PostRow, PostRows } from "../../contracts/writing.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { PostId } from "../../models/ids.ts";
import type { Reach } from "./access.ts";

const PER_PAGE = 20;

type Columns = Omit<PostRow, "id" | "publishedAt" | "deletedAt" | "updatedAt"> & {
  id: string;
  publishedAt: string | null;
  deletedAt: string | null;
  updatedAt: string;
  count: string;
};

/** The posts that somebody edits, what was touched last first; in the bin, what was put there last. page: from 1. */
export async function listPosts(db: Db, reach: Reach, filter: PieceFilter, page: number): Promise<PostRows> {
  const only = sql.join(conditionsOf(reach, filter), sql` and `);
  const order = filter.status === "bin" ? sql`deleted_at desc` : sql`updated_at desc`;
  const { rows } = await db.execute<Columns>(sql`
    select id, title, '/posts/' || slug as address, status, audience, is_featured as "isFeatured", published_at as "publishedAt",
      deleted_at as "deletedAt", updated_at as "updatedAt", count(*) over () as count,
      array(select users.name from post_authors a join users on users.id = a.user_id where a.post_id = posts.id order by a.position, users.id) as authors,
      array(select tags.name from post_tags t join tags on tags.id = t.tag_id where t.post_id = posts.id order by t.position, tags.id) as tags
    from posts where ${only} order by ${order}, id desc limit ${PER_PAGE} offset ${(page - 1) * PER_PAGE}`);
  const count = Number(rows[0]?.count ?? 0);
  return { posts: rows.map(rowOf), count, page, pageCount: Math.max(page, Math.ceil(count / PER_PAGE)) };
}

function conditionsOf(reach: Reach, { status, tag, author, words }: PieceFilter): SQL[] {
  const conditions = [status === "bin" ? sql`deleted_at is not null` : sql`deleted_at is null`];
  if (!reach.isEverything) conditions.push(sql`id = any(${sql.param([...reach.posts])}::bigint[])`);
  if (status !== "" && status !== "bin") conditions.push(sql`status = ${status}`);
  if (tag !== "") conditions.push(sql`id in (select post_id from post_tags join tags on tags.id = tag_id where tags.slug = ${tag})`);
  if (author !== "")
    conditions.push(sql`id in (select post_id from post_authors join users on users.id = user_id where users.handle = ${author})`);
  if (words !== "") {
    const part = `%${words.replace(/[\\%_]/g, "\\$&")}%`;
    conditions.push(sql`(title ilike ${part} or slug ilike ${part} or search @@ websearch_to_tsquery('public.plain_english', ${words}))`);
  }
  return conditions;
}

function rowOf({ id, publishedAt, deletedAt, updatedAt, count: _count, ...rest }: Columns): PostRow {
  return {
    ...rest,
    id: Number(id) as PostId,
    publishedAt: instantOf(publishedAt),
    deletedAt: instantOf(deletedAt),
    updatedAt: new Date(updatedAt),
  };
}

function instantOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
