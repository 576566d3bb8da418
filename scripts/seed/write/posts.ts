import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import { plainText } from "@rose-ash/shared/infrastructure/sanitise-html.ts";
import { postAuthors, postProducts, posts, postTags, series, tags } from "@rose-ash/shared/models/blog.ts";
import type { PostId, ProductId, SeriesId, TagId, UserId } from "@rose-ash/shared/models/ids.ts";
import { relationFacts } from "@rose-ash/shared/models/relation-facts.ts";
import { eq, inArray, sql } from "drizzle-orm";
import { readPosts, type SeedPost } from "../content/posts.ts";
import { SERIES } from "../content/series.ts";
import { TAGS } from "../content/tags.ts";
import { daysBefore, type SeedContext } from "../context.ts";
import { htmlOf } from "../html.ts";
import { type Ids, idOf, idsOf } from "../keyed.ts";

export interface Linked {
  people: Ids<UserId>;
  products: Ids<ProductId>;
}

/** Makes the posts that are not there, with authors, tags and products. Returns the ids of those it made, by slug. */
export async function writePosts(context: SeedContext, linked: Linked): Promise<Ids<PostId>> {
  const all = readPosts();
  const slugs = all.map((post) => post.slug);
  const known = new Set(
    (await context.tx.select({ slug: posts.slug }).from(posts).where(inArray(posts.slug, slugs))).map((row) => row.slug),
  );
  const missing = all.filter((post) => !known.has(post.slug));
  if (missing.length === 0) return new Map();
  const seriesIds = await writeSeries(context);
  const rows = missing.map((post) => toRow(post, context, seriesIds));
  const made = idsOf(await context.tx.insert(posts).values(rows).returning({ key: posts.slug, id: posts.id }));
  await link(context, missing, made, linked);
  await writeTranslations(context, missing);
  return made;
}

async function writeSeries({ tx }: SeedContext): Promise<Ids<SeriesId>> {
  await tx
    .insert(series)
    .values([...SERIES])
    .onConflictDoNothing();
  return idsOf(await tx.select({ key: series.slug, id: series.id }).from(series));
}

/** Once all are there: an original may stand behind what was translated from it. */
async function writeTranslations({ tx }: SeedContext, missing: readonly SeedPost[]): Promise<void> {
  for (const { slug, translationOf } of missing) {
    if (translationOf === null) continue;
    const original = sql`(select id from posts where slug = ${translationOf})`;
    await tx.update(posts).set({ translationOf: original }).where(eq(posts.slug, slug));
  }
}

async function link({ tx }: SeedContext, missing: readonly SeedPost[], made: Ids<PostId>, linked: Linked): Promise<void> {
  const tagIds = await writeTags(tx);
  const authorRows = missing.flatMap((post) =>
    post.authors.map((handle, position) => ({ postId: idOf(made, post.slug), userId: idOf(linked.people, handle), position })),
  );
  const tagRows = missing.flatMap((post) =>
    post.tags.map((slug, position) => ({ postId: idOf(made, post.slug), tagId: idOf(tagIds, slug), position })),
  );
  const productRows = missing.flatMap((post) =>
    post.products.map((slug, position) => ({ postId: idOf(made, post.slug), productId: idOf(linked.products, slug), position })),
  );
  await tx.insert(postAuthors).values(authorRows);
  await tx.insert(postTags).values(tagRows);
  if (productRows.length > 0) await tx.insert(postProducts).values(productRows);
}

/** The tags, and which of them say much about a post: that is what relates two. */
async function writeTags(tx: Tx): Promise<Ids<TagId>> {
  await tx
    .insert(tags)
    .values(TAGS.map(({ slug, name, description, heading }) => ({ slug, name, description, heading })))
    .onConflictDoNothing();
  const ids = idsOf(await tx.select({ key: tags.slug, id: tags.id }).from(tags));
  const facts = TAGS.filter(({ isDistinctive }) => isDistinctive).map(({ slug }) => ({
    ...{ relation: "blog.distinctive", arguments: [`tag:${idOf(ids, slug)}`], assertedBy: "app:blog" },
    reason: "Posts about it have much in common",
  }));
  await tx.insert(relationFacts).values(facts).onConflictDoNothing();
  return ids;
}

function toRow(post: SeedPost, { now, pictures }: SeedContext, seriesIds: Ids<SeriesId>): typeof posts.$inferInsert {
  const html = htmlOf(post.markdown);
  const publishedAt = daysBefore(now, post.daysAgo, 2);
  return {
    slug: post.slug,
    title: post.title,
    excerpt: post.excerpt,
    html,
    plaintext: plainText(html),
    status: "published",
    pictureId: idOf(pictures, post.picture),
    pictureAlt: post.pictureAlt,
    pictureCaption: post.pictureCaption,
    language: post.language,
    audience: post.audience,
    seriesId: post.series && idOf(seriesIds, post.series.slug),
    seriesPosition: post.series?.position ?? 0,
    publishedAt,
    createdAt: daysBefore(publishedAt, 1),
    updatedAt: publishedAt,
  };
}
