import { asc, inArray, sql } from "drizzle-orm";
import type { RelationsService } from "../../contracts/relations.ts";
import type { AccessView, PieceRef } from "../../contracts/writing.ts";
import type { Db } from "../../infrastructure/db.ts";
import { users } from "../../models/identity.ts";
import type { UserId } from "../../models/ids.ts";
import { findPeople } from "./look-ups.ts";

/** What whoever edits a piece may be shown of others: who edits and reads it, not what groups and offices they are in. */
const SHOWN = ["blog.may_edit", "blog.editor", "blog.readable", "blog.tier", "blog.tiered"];

/** Who edits a piece, as author or by an appointment; and why somebody may edit or read it. */
export async function accessView(
  { db, relations }: { db: Db; relations: RelationsService },
  { editor, piece, asked }: { editor: UserId; piece: PieceRef; asked: string },
): Promise<AccessView> {
  const part = `${piece.kind}:${piece.id}`;
  const handle = { relation: "blog.editor", columns: { user: "user", part: piece.kind } } as const;
  const editing = await relations.list<{ user: number; part: number }>(handle, { part: piece.id });
  const [person] = asked === "" ? [] : await findPeople(db, [asked]);
  const why = (relation: string, user: UserId) => relations.explain(editor, { relation, values: [`user:${user}`, part] }, SHOWN);
  return {
    editors: await namesOf(
      db,
      piece,
      editing.map(({ user }) => user as UserId),
    ),
    asked: person ? { name: person.name, edit: await why("blog.may_edit", person.id), read: await why("blog.readable", person.id) } : null,
  };
}

async function namesOf(db: Db, piece: PieceRef, ids: readonly UserId[]): Promise<AccessView["editors"]> {
  if (ids.length === 0) return [];
  const isAuthor =
    piece.kind === "post"
      ? sql<boolean>`exists (select from post_authors a where a.post_id = ${piece.id} and a.user_id = users.id)`
      : sql<boolean>`false`;
  return db
    .select({ userId: users.id, name: users.name, handle: users.handle, isAuthor })
    .from(users)
    .where(inArray(users.id, [...ids]))
    .orderBy(asc(users.name), asc(users.id));
}
