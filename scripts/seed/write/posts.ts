import { plainText } from "@rose-ash/shared/infrastructure/sanitise-html.ts";
import { postAuthors, postProducts, posts, postTags, tags } from "@rose-ash/shared/models/blog.ts";
import type { PostId, ProductId, UserId } from "@rose-ash/shared/models/ids.ts";
import { inArray } from "drizzle-orm";
import { readPosts, type SeedPost } from "../content/posts.ts";
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
  const rows = missing.map((post) => toRow(post, context));
  const made = idsOf(await context.tx.insert(posts).values(rows).returning({ key: posts.slug, id: posts.id }));
  await link(context, missing, made, linked);
  return made;
}

async function link({ tx }: SeedContext, missing: readonly SeedPost[], made: Ids<PostId>, linked: Linked): Promise<void> {
  await tx
    .insert(tags)
    .values([...TAGS])
    .onConflictDoNothing();
  const tagIds = idsOf(await tx.select({ key: tags.slug, id: tags.id }).from(tags));
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

function toRow(post: SeedPost, { now, pictures }: SeedContext): typeof posts.$inferInsert {
  const html = htmlOf(post.markdown);
  const publishedAt = daysBefore(now, post.daysAgo, 2);
  return {
    slug: post.slug,
    title: post.title,
    excerpt: post.excerpt,
    html,
    plaintext: plainText(html),
    status: "published",
    pictureId: idOf(pictures, post.slug),
    pictureAlt: post.pictureAlt,
    publishedAt,
    createdAt: daysBefore(publishedAt, 1),
    updatedAt: publishedAt,
  };
}
