import { asc, eq, sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { NotWritten, SeriesFields, SeriesForEditing } from "../../contracts/writing.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { Db } from "../../infrastructure/db.ts";
import { posts, series } from "../../models/blog.ts";
import type { SeriesId } from "../../models/ids.ts";
import { checkFields } from "./check-piece.ts";
import { unlessRefused } from "./refused-by-database.ts";

/** Every series by its title, with its posts in order, whatever their state. */
export async function listSeries(db: Db): Promise<SeriesForEditing[]> {
  const parts = sql<SeriesForEditing["posts"]>`(
    select coalesce(json_agg(json_build_object('id', p.id, 'title', p.title, 'position', p.series_position, 'status', p.status)
      order by p.series_position, p.id), '[]')
    from ${posts} p where p.series_id = series.id and p.deleted_at is null)`;
  return db
    .select({ id: series.id, slug: series.slug, title: series.title, description: series.description, posts: parts })
    .from(series)
    .orderBy(asc(series.title), asc(series.id));
}

/** Makes a series, or changes one. */
export async function saveSeries(tx: Tx, id: SeriesId | null, fields: SeriesFields): Promise<{ kind: "saved"; id: SeriesId } | NotWritten> {
  const errors = checkFields(fields, { title: 200, description: 1000 }, "title");
  if (errors.length > 0) return { kind: "invalid", errors };
  purgeOnCommit(tx, ["posts"]);
  return unlessRefused(tx, fields.slug, async (inner) => {
    const [row] =
      id === null
        ? await inner.insert(series).values(fields).returning({ id: series.id })
        : await inner.update(series).set(fields).where(eq(series.id, id)).returning({ id: series.id });
    return row === undefined ? { kind: "gone" as const } : { kind: "saved" as const, id: row.id };
  });
}

/** Its posts stand by themselves again. */
export async function removeSeries(tx: Tx, id: SeriesId): Promise<void> {
  await tx.delete(series).where(eq(series.id, id));
  purgeOnCommit(tx, ["posts"]);
}
