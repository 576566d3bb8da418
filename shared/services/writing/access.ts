import { sql } from "drizzle-orm";
import type { RelationHandle, RelationsService } from "../../contracts/relations.ts";
import type { PieceRef } from "../../contracts/writing.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { PageId, PostId, UserId } from "../../models/ids.ts";

type Editing = { user: number; part: number };
const POSTS: RelationHandle<Editing> = { relation: "blog.editor", columns: { user: "user", part: "post" } };
const PAGES: RelationHandle<Editing> = { relation: "blog.editor", columns: { user: "user", part: "page" } };

/** What somebody edits of the blog: everything by their role, or these pieces. */
export type Reach = { isEverything: true } | { isEverything: false; posts: readonly PostId[]; pages: readonly PageId[] };

/** Looks up what somebody edits. */
export async function reachOf(relations: RelationsService, editor: UserId): Promise<Reach> {
  if (await relations.may(editor, "edit", "blog")) return { isEverything: true };
  const [posts, pages] = await Promise.all([relations.list(POSTS, { user: editor }), relations.list(PAGES, { user: editor })]);
  return { isEverything: false, posts: posts.map(({ part }) => part as PostId), pages: pages.map(({ part }) => part as PageId) };
}

/** Whether somebody may edit a piece, decided anew. */
export function mayEdit(relations: RelationsService, editor: UserId, { kind, id }: PieceRef): Promise<boolean> {
  return relations.holds({ relation: "blog.may_edit", values: [`user:${editor}`, `${kind}:${id}`] });
}

/** Whether somebody edits everything, wrote a post, or was appointed to anything. */
export async function hasDesk({ db, relations }: { db: Db; relations: RelationsService }, userId: UserId): Promise<boolean> {
  if (await relations.may(userId, "edit", "blog")) return true;
  const { rows } = await db.execute<{ is_there: boolean }>(sql`
    select exists (select from post_authors where user_id = ${userId}) or exists (
      select from relation_facts where relation = 'blog.editor' and arguments -> 0 = to_jsonb(${`user:${userId}`}::text)
      and coalesce(expires_at > now(), true)) as is_there`);
  return rows[0]?.is_there === true;
}
