import { asc, eq, inArray, sql } from "drizzle-orm";
import type { Named, NamedKind } from "../../contracts/writing.ts";
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
    union select slug from groups where archived_at is null
    order by name`);
  return rows.map(({ name }) => name).filter((name) => name !== "coop");
}

/** What things are called, by their ids. */
export async function namesOf(
  db: Db,
  ids: Readonly<Record<NamedKind, readonly number[]>>,
): Promise<Record<NamedKind, ReadonlyMap<number, string>>> {
  const of = (kind: NamedKind, select: string) =>
    sql`select ${kind}::text as kind, id, name from (${sql.raw(select)}) as t (id, name) where id = any(${sql.param([...ids[kind]])}::bigint[])`;
  const { rows } = await db.execute<{ kind: NamedKind; id: string; name: string }>(
    sql.join(
      [
        of("tags", "select id, name from tags"),
        of("people", "select id, name from users"),
        of("products", "select id, name from products"),
        of("posts", "select id, title from posts"),
        of("series", "select id, title from series"),
      ],
      sql` union all `,
    ),
  );
  const mapOf = (kind: NamedKind) => new Map(rows.filter((row) => row.kind === kind).map(({ id, name }) => [Number(id), name]));
  return { tags: mapOf("tags"), people: mapOf("people"), products: mapOf("products"), posts: mapOf("posts"), series: mapOf("series") };
}
