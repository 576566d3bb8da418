import { sql } from "drizzle-orm";
import type { OwnStatus, StatusesService, StatusVisibility } from "../../contracts/statuses.ts";
import type { StatusId, UserId } from "../../models/ids.ts";
import { type PictureRow, pictureObject, pictureOf } from "../pictures.ts";
import type { StatusParts } from "./parts.ts";
import { maySee } from "./visible.ts";

type Own = Pick<StatusesService, "findOwn" | "findAddress" | "isSeenBy" | "listFeatured">;

interface OwnRow extends Record<string, unknown> {
  uri: string;
  type: OwnStatus["type"];
  authorId: string;
  handle: string;
  html: string;
  warning: string;
  language: string | null;
  visibility: StatusVisibility;
  inReplyTo: string | null;
  publishedAt: string;
  updatedAt: string | null;
  deletedAt: string | null;
  mentions: { uri: string; handle: string }[];
  tags: string[];
  pictures: (PictureRow & { words: string })[];
  poll: { isMultiple: boolean; endsAt: string | null; voters: number; options: { name: string; votes: number }[] } | null;
}

/** Members' statuses as the world is told of them, and who may be told. */
export function makeOwn(parts: StatusParts): Own {
  const { db, publicUrl } = parts;
  return {
    async findOwn(id) {
      const { rows } = await db.execute<OwnRow>(ownStatus(id, publicUrl("federation", "/ap/members/")));
      return rows[0] === undefined ? null : ownOf(id, rows[0]);
    },
    async findAddress(id) {
      const { rows } = await db.execute<{ uri: string; actor: string; visibility: StatusVisibility }>(
        sql`select uri, actor, visibility from ap_documents where id = ${id} and deleted_at is null`,
      );
      return rows[0] ?? null;
    },
    async isSeenBy(uri, actor) {
      const { rows } = await db.execute(sql`select from ap_documents d where d.uri = ${uri} and ${maySee(await parts.eyesOfActor(actor))}`);
      return rows.length > 0;
    },
    async listFeatured(actor) {
      const { rows } = await db.execute<{ uri: string }>(sql`
        select d.uri from ap_pins p join ap_documents d on d.id = p.status_id
        where d.actor = ${actor} and d.visibility in ('public', 'unlisted') and d.deleted_at is null order by p.created_at desc, d.id desc`);
      return rows.map(({ uri }) => uri);
    },
  };
}

const ownStatus = (id: StatusId, members: string) => sql`
  select d.uri, d.type, d.author_id as "authorId", author.handle, d.html, d.warning, d.language, d.visibility, d.in_reply_to as "inReplyTo",
    d.published_at as "publishedAt", d.updated_at as "updatedAt", d.deleted_at as "deletedAt",
    coalesce((select json_agg(json_build_object('uri', m.actor, 'handle', coalesce(elsewhere.handle || '@' || elsewhere.host,
        case when starts_with(m.actor, ${members}) then substr(m.actor, ${members.length + 1}::int) end, '')) order by m.actor)
      from ap_mentions m left join ap_remote_actors elsewhere on elsewhere.uri = m.actor where m.status_id = d.id), '[]') as mentions,
    array(select tag from ap_hashtags h where h.status_id = d.id order by tag) as tags,
    coalesce((select json_agg(${pictureObject}::jsonb || jsonb_build_object('words', p.alt) order by p.position)
      from ap_pictures p join media on media.id = p.media_id where p.status_id = d.id), '[]') as pictures,
    (select json_build_object('isMultiple', p.is_multiple, 'endsAt', p.ends_at, 'voters', p.voters,
      'options', (select json_agg(json_build_object('name', o.name, 'votes', o.votes) order by o.position) from ap_poll_options o where o.status_id = d.id))
      from ap_polls p where p.status_id = d.id) as poll
  from ap_documents d join users author on author.id = d.author_id where d.id = ${id}`;

function ownOf(id: StatusId, row: OwnRow): OwnStatus {
  const instant = (text: string | null) => (text === null ? null : new Date(text));
  const { authorId, publishedAt, updatedAt, deletedAt, pictures, poll, ...rest } = row;
  return {
    ...{ ...rest, id, authorId: Number(authorId) as UserId, publishedAt: new Date(publishedAt) },
    ...{ editedAt: instant(updatedAt), deletedAt: instant(deletedAt) },
    pictures: pictures.flatMap((picture) => pictureOf(picture, picture.words) ?? []),
    poll: poll === null ? null : { ...poll, endsAt: instant(poll.endsAt) },
  };
}
