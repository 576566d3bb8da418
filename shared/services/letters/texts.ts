import { sql } from "drizzle-orm";
import type { LetterText, TextRow } from "../../contracts/letters.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { PostId } from "../../models/ids.ts";

export async function listTexts(db: Db): Promise<TextRow[]> {
  const { rows } = await db.execute<TextRow & Record<string, unknown>>(sql`
    select id::int as "postId", title, status, audience, updated_at as "updatedAt" from posts
    where deleted_at is null order by updated_at desc, id desc limit 40`);
  return rows.map((row) => ({ ...row, updatedAt: new Date(row.updatedAt) }));
}

export async function findText(db: Db, postId: PostId): Promise<LetterText | null> {
  const { rows } = await db.execute<LetterText & Record<string, unknown>>(sql`
    select title as subject, left(excerpt, 150) as preheader, html, plaintext, language, audience
    from posts where id = ${postId} and deleted_at is null`);
  return rows[0] ?? null;
}
