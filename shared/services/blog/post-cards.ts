import { eq, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { type PostCard, postCard } from "../../contracts/blog.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { PublicUrl } from "../../infrastructure/service-deps.ts";
import { postAuthors, posts, postTags, tags } from "../../models/blog.ts";
import { users } from "../../models/identity.ts";
import { media } from "../../models/media.ts";
import { pictureColumns, pictureOf } from "../pictures.ts";

const BYTES_PER_MINUTE = 1300; // some 220 words of English

const authors: SQL<{ name: string; handle: string }[]> = sql`(
  select coalesce(json_agg(json_build_object('name', ${users.name}, 'handle', ${users.handle})
    order by ${postAuthors.position}, ${users.id}), '[]')
  from ${postAuthors} join ${users} on ${users.id} = ${postAuthors.userId}
  where ${postAuthors.postId} = ${posts.id})`;

const tagsOfPost: SQL<{ name: string; slug: string }[]> = sql`(
  select coalesce(json_agg(json_build_object('name', ${tags.name}, 'slug', ${tags.slug})
    order by ${postTags.position}, ${tags.id}), '[]')
  from ${postTags} join ${tags} on ${tags.id} = ${postTags.tagId}
  where ${postTags.postId} = ${posts.id} and not ${tags.isInternal})`;

/** The original and what was translated from it, this one among them. */
const translations: SQL<{ language: string; name: string; slug: string }[]> = sql`(
  select coalesce(json_agg(json_build_object('language', t.language, 'name', t.title, 'slug', t.slug) order by t.language, t.id), '[]')
  from ${posts} t where t.status = 'published'
  and (t.id = coalesce(${posts.translationOf}, ${posts.id}) or t.translation_of = coalesce(${posts.translationOf}, ${posts.id})))`;

const commentCount = sql<number>`coalesce((
  select shown_count from comment_threads where source_type = 'Post' and source_id = ${posts.id}::text and ${posts.audience} is null), 0)`;

const postCardColumns = {
  slug: posts.slug,
  title: posts.title,
  excerpt: posts.excerpt,
  publishedAt: posts.publishedAt,
  byteLength: sql<number>`octet_length(${posts.plaintext})`,
  language: posts.language,
  audience: posts.audience,
  pictureAlt: posts.pictureAlt,
  picture: pictureColumns,
  authors,
  tags: tagsOfPost,
  translations,
  commentCount,
};

/** Posts with what a card needs, and more columns if given. The join with media keeps table names before columns in subqueries. */
export function selectPosts<More extends Record<string, SQL | AnyPgColumn>>(db: Db, more: More) {
  return db
    .select({ ...postCardColumns, ...more })
    .from(posts)
    .leftJoin(media, eq(media.id, posts.pictureId));
}

/** A post as selectPosts gives it. */
export interface PostCardRow {
  slug: string;
  title: string;
  excerpt: string;
  publishedAt: Date | null;
  byteLength: number;
  language: string;
  audience: string | null;
  pictureAlt: string;
  picture: Parameters<typeof pictureOf>[0];
  authors: { name: string; handle: string }[];
  tags: { name: string; slug: string }[];
  translations: { language: string; name: string; slug: string }[];
  commentCount: number;
}

/** A published post as lists show it. */
export function postCardOf(row: PostCardRow, publicUrl: PublicUrl): PostCard {
  return postCard.parse({
    ...row,
    url: publicUrl("blog", `/posts/${row.slug}`),
    picture: pictureOf(row.picture, row.pictureAlt),
    authors: row.authors.map((author) => ({ ...author, url: publicUrl("blog", `/authors/${author.handle}`) })),
    tags: row.tags.map(({ name, slug }) => ({ name, url: publicUrl("blog", `/tags/${slug}`) })),
    translations: row.translations.filter(({ slug }) => slug !== row.slug).map((to) => translationOf(to, publicUrl)),
    readingMinutes: Math.max(1, Math.round(row.byteLength / BYTES_PER_MINUTE)),
  });
}

/** A text in one of its languages, with its address. */
export function translationOf({ language, name, slug }: { language: string; name: string; slug: string }, publicUrl: PublicUrl) {
  return { language, name, url: publicUrl("blog", `/posts/${slug}`) };
}
