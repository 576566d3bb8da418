import { asc, count, eq, getTableColumns, inArray, sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { NotWritten, TagFields, TagForEditing } from "../../contracts/writing.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { Db } from "../../infrastructure/db.ts";
import { postTags, tags } from "../../models/blog.ts";
import type { TagId } from "../../models/ids.ts";
import { checkFields } from "./check-piece.ts";
import { unlessRefused } from "./refused-by-database.ts";

/** Every tag by heading and name, with how many posts carry it, whatever their state. */
export async function listTags(db: Db): Promise<TagForEditing[]> {
  return selectTags(db).orderBy(asc(tags.heading), asc(sql`lower(${tags.name})`), asc(tags.id));
}

/** The tags that are called so, whatever their case. */
export async function findTags(db: Db, names: readonly string[]): Promise<TagForEditing[]> {
  const wanted = names.map((name) => name.trim().toLowerCase()).filter(Boolean);
  if (wanted.length === 0) return [];
  return selectTags(db)
    .where(inArray(sql`lower(${tags.name})`, wanted))
    .orderBy(asc(tags.id));
}

/** Makes a tag, or changes one; an old address leads to the new one. */
export async function saveTag(tx: Tx, id: TagId | null, fields: TagFields): Promise<{ kind: "saved"; id: TagId } | NotWritten> {
  const errors = checkFields(fields, { name: 100, description: 1000, heading: 100 }, "name");
  if (errors.length > 0) return { kind: "invalid", errors };
  purgeOnCommit(tx, ["posts"]);
  return unlessRefused(tx, fields.slug, async (inner) => {
    const [before] = id === null ? [] : await inner.select({ slug: tags.slug }).from(tags).where(eq(tags.id, id)).for("update");
    if (id !== null && before === undefined) return { kind: "gone" as const };
    const [row] =
      id === null
        ? await inner.insert(tags).values(fields).returning({ id: tags.id })
        : await inner.update(tags).set(fields).where(eq(tags.id, id)).returning({ id: tags.id });
    if (row === undefined) return { kind: "gone" as const };
    if (before && before.slug !== fields.slug) await keepTagAddress(inner, row.id, before.slug);
    await inner.execute(sql`delete from redirects where from_path = ${`/tags/${fields.slug}`}`);
    return { kind: "saved" as const, id: row.id };
  });
}

/** What carries `from` carries `into`, in its place; the addresses of `from` lead there. */
export async function mergeTag(tx: Tx, from: TagId, into: TagId): Promise<void> {
  if (from === into) return;
  const rows = await tx
    .select({ id: tags.id, slug: tags.slug })
    .from(tags)
    .where(inArray(tags.id, [from, into]))
    .orderBy(asc(tags.id))
    .for("update");
  const gone = rows.find(({ id }) => id === from);
  if (gone === undefined || rows.length !== 2) return;
  await tx.execute(sql`
    insert into post_tags (post_id, tag_id, position) select post_id, ${into}, position from post_tags where tag_id = ${from}
    on conflict do nothing`);
  await tx.execute(sql`update redirects set tag_id = ${into} where tag_id = ${from}`);
  await tx.delete(tags).where(eq(tags.id, from));
  await keepTagAddress(tx, into, gone.slug);
  purgeOnCommit(tx, ["posts"]);
}

/** Takes a tag off every post, and its addresses with it. */
export async function removeTag(tx: Tx, id: TagId): Promise<void> {
  await tx.delete(tags).where(eq(tags.id, id));
  purgeOnCommit(tx, ["posts"]);
}

function selectTags(db: Db) {
  return db
    .select({ ...getTableColumns(tags), postCount: count(postTags.postId) })
    .from(tags)
    .leftJoin(postTags, eq(postTags.tagId, tags.id))
    .groupBy(tags.id)
    .$dynamic();
}

async function keepTagAddress(tx: Tx, id: TagId, slug: string): Promise<void> {
  await tx.execute(sql`
    insert into redirects (from_path, tag_id) values (${`/tags/${slug}`}, ${id})
    on conflict (from_path) do update set tag_id = excluded.tag_id, post_id = null, page_id = null, created_at = now()`);
}
