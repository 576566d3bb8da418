import { sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { PieceRef, PreviewLink, PreviewPage } from "../../contracts/writing.ts";
import type { Db } from "../../infrastructure/db.ts";
import { hashToken, randomToken } from "../../infrastructure/keys/index.ts";
import type { PageId, PostId, UserId } from "../../models/ids.ts";
import { idColumn } from "./piece-tables.ts";
import { readPage } from "./read-page.ts";
import { readPost } from "./read-post.ts";

/** The links of a piece that still open it, the newest first. */
export async function listPreviewLinks(db: Db, { kind, id }: PieceRef, now: Date): Promise<PreviewLink[]> {
  const { rows } = await db.execute<{ key: string; name: string; created_at: string; expires_at: string }>(sql`
    select token_hash as key, users.name, preview_links.created_at, expires_at
    from preview_links join users on users.id = created_by
    where ${idColumn(kind)} = ${id} and expires_at > ${now.toISOString()} order by preview_links.created_at desc, token_hash`);
  return rows.map((row) => ({
    ...{ key: row.key, createdBy: row.name },
    ...{ createdAt: new Date(row.created_at), expiresAt: new Date(row.expires_at) },
  }));
}

/** Gives the secret; only its hash is kept. Links that are over go. */
export async function createPreviewLink(
  tx: Tx,
  { kind, id }: PieceRef,
  { by, expiresAt, now }: { by: UserId; expiresAt: Date; now: Date },
): Promise<string> {
  const secret = randomToken();
  await tx.execute(sql`delete from preview_links where expires_at <= ${now.toISOString()}`);
  await tx.execute(sql`
    insert into preview_links (token_hash, ${idColumn(kind)}, created_by, expires_at)
    values (${hashToken(secret)}, ${id}, ${by}, ${expiresAt.toISOString()})`);
  return secret;
}

/** The link opens nothing from now on. */
export async function revokePreviewLink(tx: Tx, { kind, id }: PieceRef, key: string): Promise<void> {
  await tx.execute(sql`delete from preview_links where token_hash = ${key} and ${idColumn(kind)} = ${id}`);
}

/** What stands behind a link. Throws not-found for a secret that is wrong, revoked or over, and for what lies in the bin. */
export async function getPreview(db: Db, secret: string, now: Date): Promise<PreviewPage> {
  const { rows } = await db.execute<{ post_id: string | null; page_id: string | null; expires_at: string }>(sql`
    select post_id, page_id, expires_at from preview_links
    where token_hash = ${hashToken(secret)} and expires_at > ${now.toISOString()}`);
  const [link] = rows;
  const post = link?.post_id ? await readPost(db, Number(link.post_id) as PostId) : null;
  const page = link?.page_id ? await readPage(db, Number(link.page_id) as PageId) : null;
  const piece = post ?? page;
  if (link === undefined || piece === null || piece.deletedAt !== null) {
    throw new CodedError("not-found", "This preview is over, or was taken back. Ask whoever sent it for another.");
  }
  return {
    ...{ kind: piece.kind, title: piece.settings.title, html: piece.text.html, picture: piece.picture },
    excerpt: post ? post.settings.excerpt : (page?.settings.summary ?? ""),
    language: post ? post.settings.language : "",
    authors: post ? post.authors.map(({ name }) => name) : [],
    expiresAt: new Date(link.expires_at),
  };
}
