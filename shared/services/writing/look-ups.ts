import { asc, eq, inArray, sql } from "drizzle-orm";
import type { Named } from "../../contracts/writing.ts";
import type { Db } from "../../infrastructure/db.ts";
import { posts } from "../../models/blog.ts";
import { users } from "../../models/identity.ts";
import type { PostId, ProductId, UserId } from "../../models/ids.ts";
import { products } from "../../models/market.ts";

/** Which post has this slug; null: none. */
export async function findPostBySlug(db: Db, slug: string): Promise<PostId | null> {
  const [row] = await db.select({ id: posts.id }).from(posts).where(eq(posts.slug, slug));
  return row?.id ?? null;
}

/** The members with these handles. */
export async function findPeople(db: Db, handles: readonly string[]): Promise<Named<UserId>[]> {
  if (handles.length === 0) return [];
  return db
    .select({ id: users.id, name: users.name, slug: users.handle })
    .from(users)
    .where(inArray(users.handle, [...handles]))
    .orderBy(asc(users.id));
}

/** The products with these slugs. */
export async function findProducts(db: Db, slugs: readonly string[]): Promise<Named<ProductId>[]> {
  if (slugs.length === 0) return [];
  return db
    .select({ id: products.id, name: products.name, slug: products.slug })
    .from(products)
    .where(inArray(products.slug, [...slugs]))
    .orderBy(asc(products.id));
}

/** Groups that somebody was put into, or that are part of another; that of all members is not among them. */
export async function listGroups(db: Db): Promise<string[]> {
  const { rows } = await db.execute<{ name: string }>(sql`
    select arguments ->> 1 as name from relation_facts where relation = 'shared.member'
    union select arguments ->> 0 from relation_facts where relation = 'shared.part_of'
    order by name`);
  return rows.map(({ name }) => name).filter((name) => name !== "coop");
}
