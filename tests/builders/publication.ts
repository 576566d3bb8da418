import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { menuItems, pages, postAuthors, postProducts, posts, postTags, tags } from "../../shared/models/blog.ts";
import { users } from "../../shared/models/identity.ts";
import type { PageId, PostId, ProductId, TagId, UserId } from "../../shared/models/ids.ts";

/** A member. */
export async function aMember(db: NodePgDatabase, member: Partial<typeof users.$inferInsert> & { handle: string }): Promise<UserId> {
  const row = { name: member.handle, ...member };
  return only(await db.insert(users).values(row).returning({ id: users.id })).id;
}

/** A word to find posts by. */
export async function aTag(db: NodePgDatabase, tag: Partial<typeof tags.$inferInsert> & { slug: string }): Promise<TagId> {
  const row = { name: tag.slug, ...tag };
  return only(await db.insert(tags).values(row).returning({ id: tags.id })).id;
}

interface Around {
  authors?: readonly UserId[];
  tags?: readonly TagId[];
  products?: readonly ProductId[];
}

/** A published post, with what stands around it in the order given. */
export async function aPost(
  db: NodePgDatabase,
  post: Partial<typeof posts.$inferInsert> & { slug: string },
  around: Around = {},
): Promise<PostId> {
  const text = { title: `On ${post.slug}`, html: "<p>Flour and water.</p>", plaintext: "Flour and water." };
  const state = { status: "published" as const, publishedAt: new Date("2026-11-01T09:00:00Z") };
  const postId = only(
    await db
      .insert(posts)
      .values({ ...text, ...state, ...post })
      .returning({ id: posts.id }),
  ).id;
  for (const [position, userId] of (around.authors ?? []).entries()) await db.insert(postAuthors).values({ postId, userId, position });
  for (const [position, tagId] of (around.tags ?? []).entries()) await db.insert(postTags).values({ postId, tagId, position });
  for (const [position, productId] of (around.products ?? []).entries())
    await db.insert(postProducts).values({ postId, productId, position });
  return postId;
}

/** A post that nobody may read yet. */
export async function aDraft(db: NodePgDatabase, post: Partial<typeof posts.$inferInsert> & { slug: string }, around: Around = {}) {
  return aPost(db, { ...post, status: "draft", publishedAt: null }, around);
}

/** A standing page; the caller keeps path and parent in step. */
export async function aPage(db: NodePgDatabase, page: Partial<typeof pages.$inferInsert> & { path: string }): Promise<PageId> {
  const row = { title: `Page of ${page.path}`, html: "<p>We bake.</p>", position: 1, ...page };
  return only(await db.insert(pages).values(row).returning({ id: pages.id })).id;
}

/** A link of a menu. */
export async function aMenuItem(db: NodePgDatabase, item: typeof menuItems.$inferInsert): Promise<void> {
  await db.insert(menuItems).values(item);
}

function only<T>([row]: T[]): T {
  if (!row) throw new Error("the row was not made");
  return row;
}
