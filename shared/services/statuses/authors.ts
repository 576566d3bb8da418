import { type SQL, sql } from "drizzle-orm";
import type { StatusAuthor } from "../../contracts/statuses.ts";
import { type PictureRow, pictureObject, pictureOf } from "../pictures.ts";
import { arePicturesTaken } from "../remote-pictures/taken.ts";
import type { StatusParts } from "./parts.ts";

/** What authorOf needs of an actor: a member, or somebody elsewhere as their document says. */
export interface AuthorRow {
  uri: string;
  memberHandle: string | null;
  memberName: string | null;
  memberPicture: PictureRow | null;
  handle: string | null;
  name: string | null;
  host: string | null;
  hasFace: boolean;
}

/** The members and actors elsewhere who have the address that "actor" gives, joined as author_user, media and author_actor. */
export const authorJoins = (parts: StatusParts, actor: SQL): SQL => {
  const members = parts.publicUrl("federation", "/ap/members/");
  return sql`
    left join users author_user on author_user.handle = case when starts_with(${actor}, ${members}) then substr(${actor}, ${members.length + 1}::int) end
    left join media on media.id = author_user.picture_id
    left join ap_remote_actors author_actor on author_actor.uri = ${actor}`;
};

/** The columns of an AuthorRow. */
export const authorColumns = (
  actor: SQL,
): SQL => sql`${actor} as "uri", author_user.handle as "memberHandle", author_user.name as "memberName",
  case when media.id is null then null else ${pictureObject} end as "memberPicture",
  author_actor.handle as "handle", author_actor.name as "name", author_actor.host as "host",
  coalesce(jsonb_exists(author_actor.document, 'icon') and ${arePicturesTaken(sql`author_actor.host`)}, false) as "hasFace"`;

export function authorOf({ services }: StatusParts, row: AuthorRow): StatusAuthor {
  if (row.memberHandle !== null) {
    const handle = `@${row.memberHandle}`;
    const pictureUrl = pictureOf(row.memberPicture)?.url ?? null;
    return { uri: row.uri, name: row.memberName || handle, handle, path: `/${handle}`, pictureUrl, isOurs: true };
  }
  const service = services.get(row.uri);
  if (service !== undefined) {
    const { uri, name, handle, path } = service;
    return { uri, name, handle, path, pictureUrl: null, isOurs: true };
  }
  const host = row.host ?? new URL(row.uri).host;
  const handle = `@${row.handle || "somebody"}@${host}`;
  const pictureUrl = row.hasFace ? `/${handle}/picture` : null;
  return { uri: row.uri, name: row.name || handle, handle, path: `/${handle}`, pictureUrl, isOurs: false };
}

/** Whoever has these addresses, by them. */
export async function authorsAt(parts: StatusParts, uris: readonly string[]): Promise<ReadonlyMap<string, StatusAuthor>> {
  if (uris.length === 0) return new Map();
  const { rows } = await parts.db.execute<AuthorRow & Record<string, unknown>>(sql`
    select ${authorColumns(sql`wanted.uri`)} from unnest(${sql.param([...uris])}::text[]) as wanted (uri) ${authorJoins(parts, sql`wanted.uri`)}`);
  return new Map(rows.map((row) => [row.uri, authorOf(parts, row)]));
}
