import { eq, getTableColumns, type SQL, sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { PostForEditing } from "../../contracts/writing.ts";
import { postAuthors, postProducts, posts, postTags, series, tags } from "../../models/blog.ts";
import { users } from "../../models/identity.ts";
import type { PostId, ProductId, SeriesId, TagId, UserId } from "../../models/ids.ts";
import { products } from "../../models/market.ts";
import { media } from "../../models/media.ts";
import { revisions } from "../../models/revisions.ts";
import { pictureColumns, pictureOf } from "../pictures.ts";

/** What a piece is read with: the pool, or a transaction that sees its own changes. */
export type Reader = Pick<Tx, "select" | "execute">;

type NamedRows<Id> = SQL<{ id: Id; name: string; slug: string }[]>;

const authors: NamedRows<UserId> = sql`(
  select coalesce(json_agg(json_build_object('id', ${users.id}, 'name', ${users.name}, 'slug', ${users.handle}) order by ${postAuthors.position}, ${users.id}), '[]')
  from ${postAuthors} join ${users} on ${users.id} = ${postAuthors.userId} where ${postAuthors.postId} = ${posts.id})`;
const tagsOfPost: NamedRows<TagId> = sql`(
  select coalesce(json_agg(json_build_object('id', ${tags.id}, 'name', ${tags.name}, 'slug', ${tags.slug}) order by ${postTags.position}, ${tags.id}), '[]')
  from ${postTags} join ${tags} on ${tags.id} = ${postTags.tagId} where ${postTags.postId} = ${posts.id})`;
const productsOfPost: NamedRows<ProductId> = sql`(
  select coalesce(json_agg(json_build_object('id', ${products.id}, 'name', ${products.name}, 'slug', ${products.slug}) order by ${postProducts.position}, ${products.id}), '[]')
  from ${postProducts} join ${products} on ${products.id} = ${postProducts.productId} where ${postProducts.postId} = ${posts.id})`;
const original: SQL<{ id: PostId; name: string; slug: string } | null> = sql`(
  select json_build_object('id', o.id, 'name', o.title, 'slug', o.slug) from ${posts} o where o.id = ${posts.translationOf})`;
const seriesOfPost: SQL<{ id: SeriesId; name: string; slug: string } | null> = sql`(
  select json_build_object('id', s.id, 'name', s.title, 'slug', s.slug) from ${series} s where s.id = ${posts.seriesId})`;
const savedBy: SQL<string | null> = sql`(
  select ${users.name} from ${revisions} join ${users} on ${users.id} = ${revisions.savedBy}
  where ${revisions.postId} = ${posts.id} and ${revisions.version} = ${posts.version})`;

/** A post as its editors see it, whatever its state; null: there is none. */
export async function readPost(reader: Reader, id: PostId): Promise<PostForEditing | null> {
  const [row] = await reader
    .select({
      ...getTableColumns(posts),
      picture: pictureColumns,
      authors,
      tags: tagsOfPost,
      products: productsOfPost,
      original,
      series: seriesOfPost,
      savedBy,
    })
    .from(posts)
    .leftJoin(media, eq(media.id, posts.pictureId))
    .where(eq(posts.id, id));
  if (row === undefined) return null;
  const { version, status, publishedAt, deletedAt, updatedAt, authors: by, tags: about, products: below } = row;
  return {
    ...{ kind: "post", id, version, status, publishedAt, deletedAt, updatedAt },
    address: `/posts/${row.slug}`,
    text: { document: row.document, html: row.html, plaintext: row.plaintext },
    settings: {
      ...{ title: row.title, slug: row.slug, excerpt: row.excerpt, audience: row.audience, isFeatured: row.isFeatured },
      ...{ pictureId: row.pictureId, pictureAlt: row.pictureAlt, pictureCaption: row.pictureCaption },
      ...{ metaTitle: row.metaTitle, metaDescription: row.metaDescription },
      ...{ ogTitle: row.ogTitle, ogDescription: row.ogDescription, ogPictureId: row.ogPictureId },
      ...{ twitterTitle: row.twitterTitle, twitterDescription: row.twitterDescription, twitterPictureId: row.twitterPictureId },
      ...{ language: row.language, translationOf: row.translationOf, canonicalUrl: row.canonicalUrl },
      ...{ seriesId: row.seriesId, seriesPosition: row.seriesPosition },
      ...{ tagIds: about.map(({ id: tag }) => tag), authorIds: by.map(({ id: author }) => author) },
      productIds: below.map(({ id: product }) => product),
    },
    picture: pictureOf(row.picture, row.pictureAlt),
    savedBy: row.savedBy,
    ...{ authors: by, tags: about, products: below, translationOf: row.original, series: row.series },
  };
}
