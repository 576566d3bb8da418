import { sql } from "drizzle-orm";
import type { CommentsService } from "../../contracts/comments.ts";
import type { Db } from "../../infrastructure/db.ts";
import { COMMENTED_TYPES, type CommentedType } from "../../models/comments.ts";
import type { CommentRule } from "../../models/moderation.ts";
import { FIRST_RULE } from "./rule.ts";
import { placeColumns } from "./threads.ts";
import { isHeard } from "./visible.ts";

/** What stands under something, in numbers, and whether members may add to it: asked for by every page that has comments. */
export function makeGetThread(db: Db): CommentsService["getThread"] {
  const threads = new Map(COMMENTED_TYPES.map((type) => [type, prepareThread(db, type)]));
  return async ({ type, id }) => {
    const [row] = (await threads.get(type)?.execute({ id: String(id) })) ?? [];
    const isClosedHere = row?.isClosed ?? false;
    const isThere = row != null && row.title !== null && row.slug !== null;
    return {
      isOpen: isThere && (row.rule ?? FIRST_RULE) !== "closed" && !isClosedHere,
      isClosedHere,
      count: isThere ? (row.count ?? 0) : 0,
      likes: row?.likes ?? 0,
      boosts: row?.boosts ?? 0,
    };
  };
}

/** For each type by itself: where its name is a value PostgreSQL plans each time anew, to leave out what is of the others. */
function prepareThread(db: Db, ofType: CommentedType) {
  const type = sql.raw(`'${ofType}'`);
  const id = sql`${sql.placeholder("id")}::text`;
  const thread = sql`from comment_threads where source_type = ${type} and source_id = ${id}`;
  const reactions = (kind: "Like" | "Announce") => sql<number>`(select count(*)::int from ap_reactions
    where type = ${sql.raw(`'${kind}'`)} and object in (select object from ap_outgoing where object_type = ${type} and object_id = ${id})
      and ${isHeard(sql`ap_reactions.actor`, sql`split_part(ap_reactions.actor, '/', 3)`)})`;
  return db
    .select({
      ...placeColumns(type, id),
      rule: sql<CommentRule | null>`(select comment_rule from moderation_settings)`,
      isClosed: sql<boolean | null>`(select is_closed ${thread})`,
      count: sql<number | null>`(select shown_count ${thread})`,
      likes: reactions("Like"),
      boosts: reactions("Announce"),
    })
    .from(sql`(values (1)) as here`)
    .prepare(`comments_thread_of_${ofType}`);
}
