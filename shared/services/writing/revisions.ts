import { type SQL, sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { PieceRef, Revision, RevisionRow } from "../../contracts/writing.ts";
import type { Db } from "../../infrastructure/db.ts";
import { plainText } from "../../infrastructure/sanitise-html.ts";
import type { UserId } from "../../models/ids.ts";
import { idColumn, tableOf } from "./piece-tables.ts";

const MOST_LISTED = 200;

const ids = (table: string, column: string, order: string): SQL =>
  sql.raw(`coalesce((select jsonb_agg(a.${column} order by a.${order}) from ${table} a where a.post_id = posts.id), '[]')`);

/** What posts and pages have alike. */
const COMMON = sql`jsonb_build_object(
  'audience', audience, 'pictureId', picture_id, 'pictureAlt', picture_alt, 'pictureCaption', picture_caption,
  'metaTitle', meta_title, 'metaDescription', meta_description,
  'ogTitle', og_title, 'ogDescription', og_description, 'ogPictureId', og_picture_id,
  'twitterTitle', twitter_title, 'twitterDescription', twitter_description, 'twitterPictureId', twitter_picture_id)`;

/** Everything that a save sets beside title, excerpt and text. */
const SETTINGS = {
  post: sql`${COMMON} || jsonb_build_object(
    'slug', slug, 'isFeatured', is_featured, 'language', language, 'translationOf', translation_of, 'canonicalUrl', canonical_url,
    'seriesId', series_id, 'seriesPosition', series_position, 'tagIds', ${ids("post_tags", "tag_id", "position")},
    'authorIds', ${ids("post_authors", "user_id", "position")}, 'productIds', ${ids("post_products", "product_id", "position")})`,
  page: COMMON,
};

/**
 * Keeps the piece as it stands as the revision of its version. Called after each save, and before it, where a piece that was
 * there before the first save has none yet. by null: a program, or nobody knows.
 */
export async function keepRevision(tx: Tx, { kind, id }: PieceRef, by: UserId | null): Promise<void> {
  const summary = sql.identifier(kind === "post" ? "excerpt" : "summary");
  await tx.execute(sql`
    insert into revisions (${idColumn(kind)}, version, title, excerpt, document, html, settings, saved_by)
    select id, version, title, ${summary}, document, html, ${SETTINGS[kind]}, ${by}::bigint from ${tableOf(kind)} where id = ${id}
    on conflict do nothing`);
}

/** The latest saves of a piece, newest first. */
export async function listRevisions(db: Db, { kind, id }: PieceRef): Promise<RevisionRow[]> {
  const { rows } = await db.execute<RevisionColumns>(sql`
    select ${COLUMNS} from revisions left join users on users.id = revisions.saved_by
    where ${idColumn(kind)} = ${id} order by version desc limit ${MOST_LISTED}`);
  return rows.map(rowOf);
}

/** One of them, with its text. Throws not-found where there is none. */
export async function getRevision(db: Pick<Db, "execute">, { kind, id }: PieceRef, version: number): Promise<Revision> {
  const { rows } = await db.execute<
    RevisionColumns & Pick<Revision, "excerpt" | "settings"> & Pick<Revision["text"], "document" | "html">
  >(sql`
    select ${COLUMNS}, excerpt, document, html, settings from revisions left join users on users.id = revisions.saved_by
    where ${idColumn(kind)} = ${id} and version = ${version}`);
  const [row] = rows;
  if (row === undefined) throw new CodedError("not-found", "There is no such version.", { kind, id, version });
  const { excerpt, document, html, settings } = row;
  return { ...rowOf(row), excerpt, settings, text: { document, html, plaintext: plainText(html) } };
}

const COLUMNS = sql`revisions.id, revisions.version, title, users.name as saved_by, saved_at`;
type RevisionColumns = { id: string; version: number; title: string; saved_by: string | null; saved_at: string };

function rowOf({ id, version, title, saved_by, saved_at }: RevisionColumns): RevisionRow {
  return { id: Number(id) as RevisionRow["id"], version, title, savedBy: saved_by, savedAt: new Date(saved_at) };
}
