import { eq, inArray, type SQL, sql } from "drizzle-orm";
import type { CommentView } from "../../contracts/comments.ts";
import type { Db } from "../../infrastructure/db.ts";
import { sanitiseShort } from "../../infrastructure/sanitise-html.ts";
import type { PublicUrl } from "../../infrastructure/service-deps.ts";
import { apDocuments, apRemoteActors } from "../../models/fediverse.ts";
import { users } from "../../models/identity.ts";
import { isShown } from "./visible.ts";

/** To select from ap_documents, left-joined with its author here and its actor elsewhere. */
export const commentColumns = {
  ...{ id: apDocuments.id, uri: apDocuments.uri, actor: apDocuments.actor, html: apDocuments.html, warning: apDocuments.warning },
  ...{ language: apDocuments.language, url: apDocuments.url, inReplyTo: apDocuments.inReplyTo, root: apDocuments.commentRoot },
  ...{ publishedAt: apDocuments.publishedAt, updatedAt: apDocuments.updatedAt, host: apDocuments.host },
  member: { name: users.name, handle: users.handle },
  known: { name: apRemoteActors.name, handle: apRemoteActors.handle, url: sql<string | null>`${apRemoteActors.document} ->> 'url'` },
};

export type CommentRow = Awaited<ReturnType<typeof selectComments>>[number];

/** Comments with what is shown of them; the caller says which, and in which order. */
export function selectComments(db: Pick<Db, "select">) {
  return db
    .select(commentColumns)
    .from(apDocuments)
    .leftJoin(users, eq(users.id, apDocuments.authorId))
    .leftJoin(apRemoteActors, eq(apRemoteActors.uri, apDocuments.actor))
    .$dynamic();
}

/** here: the address of the page that a comment from here stands on, without the place in it. */
export function commentViewOf(
  row: CommentRow,
  { publicUrl, here, answered }: { publicUrl: PublicUrl; here: string; answered: Answered },
): CommentView {
  const key = String(row.id);
  const answers = row.root === null || row.inReplyTo === null ? null : answered.get(row.inReplyTo);
  return {
    ...{ uri: row.uri, key, author: authorOf(row, publicUrl), isFromHere: row.member !== null, html: sanitiseShort(row.html) },
    ...{ warning: row.warning, language: row.language, publishedAt: row.publishedAt, isEdited: isEdited(row) },
    url: row.member === null ? (row.url ?? row.uri) : `${here}#comment-${key}`,
    answers: answers === null ? null : (answers ?? { key: "", name: null }),
  };
}

function authorOf({ member, known, actor, host }: CommentRow, publicUrl: PublicUrl): CommentView["author"] {
  if (member !== null) {
    const { host: here } = new URL(publicUrl("federation", "/"));
    return { name: member.name, handle: `@${member.handle}@${here}`, url: publicUrl("federation", `/@${member.handle}`) };
  }
  const handle = `@${oneLine(known?.handle ?? "") || "somebody"}@${host ?? ""}`;
  const page = known?.url ?? null;
  return { name: oneLine(known?.name ?? "") || handle, handle, url: page !== null && /^https?:\/\//.test(page) ? page : actor };
}

/** A name as it may stand beside others: in one line, without what can't be seen or turns text round, and not endless. */
const oneLine = (name: string) =>
  name
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 80);

const isEdited = ({ publishedAt, updatedAt }: CommentRow) => updatedAt !== null && updatedAt.getTime() - publishedAt.getTime() > 60_000;

/** What is answered, by address; a comment that is not shown has no name. */
export type Answered = ReadonlyMap<string, { key: string; name: string | null }>;

/** Of the comments that these rows answer those that everybody sees. */
export async function findAnswered(db: Db, rows: readonly CommentRow[], publicUrl: PublicUrl): Promise<Answered> {
  const uris = [...new Set(rows.flatMap(({ inReplyTo, root }) => (inReplyTo === null || root === null ? [] : [inReplyTo])))];
  if (uris.length === 0) return new Map();
  const found = await selectComments(db).where(both(inArray(apDocuments.uri, uris)));
  return new Map(found.map((row) => [row.uri, { key: String(row.id), name: authorOf(row, publicUrl).name }]));
}

const both = (which: SQL) => sql`${which} and ${isShown}`;
