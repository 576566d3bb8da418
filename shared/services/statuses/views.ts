import { type SQL, sql } from "drizzle-orm";
import type { AnsweredStatus, Reader, StatusPoll, StatusView, StatusVisibility } from "../../contracts/statuses.ts";
import type { MediaId, StatusId, UserId } from "../../models/ids.ts";
import { type PictureRow, pictureObject, pictureOf } from "../pictures.ts";
import { arePicturesTaken } from "../remote-pictures/taken.ts";
import { attachmentsOf } from "./attachments.ts";
import { type AuthorRow, authorColumns, authorJoins, authorOf } from "./authors.ts";
import { actorOrNull, type StatusParts } from "./parts.ts";
import { isThere, maySee } from "./visible.ts";

/** Which rows are wanted: a condition on "d", and whether the reader's right was looked at already. */
interface Wanted {
  readonly where: SQL;
  readonly isChecked: boolean;
}

interface StatusRow extends AuthorRow, Record<string, unknown> {
  id: string;
  statusUri: string;
  type: string;
  authorId: string | null;
  statusName: string;
  html: string;
  warning: string;
  language: string | null;
  url: string | null;
  visibility: StatusVisibility;
  publishedAt: string;
  updatedAt: string | null;
  inReplyTo: string | null;
  parentId: string | null;
  parentHandle: string | null;
  parentActor: string | null;
  parentAt: string | null;
  attachment: unknown;
  isSensitive: boolean;
  isWithoutPictures: boolean;
  pictures: (PictureRow & { words: string; mediaId: MediaId })[] | null;
  poll: PollRow | null;
  replies: number;
  boosts: number;
  likes: number;
  liked: boolean;
  boosted: boolean;
  bookmarked: boolean;
  pinned: boolean;
  threadMuted: boolean;
  chosen: number[] | null;
}

interface PollRow {
  isMultiple: boolean;
  endsAt: string | null;
  voters: number;
  options: { position: number; name: string; votes: number }[];
}

/** Statuses as the reader sees them, by id; those that are not for the reader are left out. */
export async function viewsOf(
  parts: StatusParts,
  reader: Reader | null,
  { where, isChecked }: Wanted,
): Promise<ReadonlyMap<StatusId, StatusView>> {
  const eyes = isChecked ? { me: actorOrNull(parts, reader), byRule: [] } : await parts.eyesOf(reader);
  const { me } = eyes;
  const { rows } = await parts.db.execute<StatusRow>(sql`
    select ${COLUMNS}, ${authorColumns(sql`d.actor`)}, ${ofReader(me, reader?.userId ?? null)}
    from ap_documents d ${authorJoins(parts, sql`d.actor`)}
    left join ap_documents parent on parent.uri = d.in_reply_to and parent.deleted_at is null
    left join ap_remote_actors parent_actor on parent_actor.uri = parent.actor
    left join users parent_user on parent_user.id = parent.author_id
    where ${where} and ${isChecked ? isThere(me) : maySee(eyes)}`);
  const now = parts.clock.now();
  return new Map(rows.map((row) => [Number(row.id) as StatusId, viewOf(parts, row, { reader, now })]));
}

const countOf = (type: string) => sql`(select count(*)::int from ap_reactions r where r.object = d.uri and r.type = ${type})`;

const COLUMNS = sql`
  d.id, d.uri as "statusUri", d.type, d.author_id as "authorId", d.name as "statusName", d.html, d.warning, d.language, d.url, d.visibility,
  d.published_at as "publishedAt", d.updated_at as "updatedAt", d.in_reply_to as "inReplyTo", parent.id as "parentId", parent.actor as "parentActor", parent.published_at as "parentAt",
  case when parent_user.id is not null then '@' || parent_user.handle else '@' || parent_actor.handle || '@' || parent_actor.host end as "parentHandle",
  d.document -> 'attachment' as attachment, coalesce(d.document -> 'sensitive' = 'true', false) as "isSensitive",
  d.document is not null and not ${arePicturesTaken(sql`d.host`)} as "isWithoutPictures",
  case when d.document is not null then null else (select json_agg(picture order by position) from (
    select p.position, (${pictureObject}::jsonb || jsonb_build_object('words', p.alt, 'mediaId', p.media_id)) as picture
    from ap_pictures p join media on media.id = p.media_id where p.status_id = d.id) as of_status) end as pictures,
  case when d.type <> 'Question' then null else (select json_build_object('isMultiple', p.is_multiple, 'endsAt', p.ends_at, 'voters', p.voters,
    'options', (select json_agg(json_build_object('position', o.position, 'name', o.name, 'votes', o.votes) order by o.position)
      from ap_poll_options o where o.status_id = d.id)) from ap_polls p where p.status_id = d.id) end as poll,
  (select count(*)::int from ap_documents r where r.in_reply_to = d.uri and r.deleted_at is null and r.visibility in ('public', 'unlisted')) as replies,
  ${countOf("Announce")} as boosts, ${countOf("Like")} as likes`;

function ofReader(me: string | null, userId: UserId | null): SQL {
  if (me === null)
    return sql`false as liked, false as boosted, false as bookmarked, false as pinned, false as "threadMuted", null as chosen`;
  const did = (type: string) => sql`exists (select from ap_reactions r where r.object = d.uri and r.type = ${type} and r.actor = ${me})`;
  const keeps = (table: string) => sql`exists (select from ${sql.raw(table)} k where k.user_id = ${userId} and k.status_id = d.id)`;
  return sql`${did("Like")} as liked, ${did("Announce")} as boosted, ${keeps("ap_bookmarks")} as bookmarked, ${keeps("ap_pins")} as pinned,
    exists (select from muted_threads k where k.user_id = ${userId} and k.thread = coalesce(d.thread, d.uri)) as "threadMuted",
    case when d.type <> 'Question' then null
      else (select json_agg(v.position) from ap_poll_votes v where v.status_id = d.id and v.actor = ${me}) end as chosen`;
}

function viewOf(parts: StatusParts, row: StatusRow, { reader, now }: { reader: Reader | null; now: Date }): StatusView {
  const isMine = reader !== null && row.authorId !== null && Number(row.authorId) === reader.userId;
  const isForAll = row.visibility === "public" || row.visibility === "unlisted";
  const path = `/posts/${row.id}`;
  const { replies, boosts, likes, liked, boosted, bookmarked, pinned, threadMuted } = row;
  return {
    ...{
      id: Number(row.id) as StatusId,
      uri: row.statusUri,
      type: row.type,
      path,
      url: row.url ?? row.statusUri,
      author: authorOf(parts, row),
      isMine,
    },
    ...{ name: row.statusName, html: row.html, warning: row.warning, language: row.language, visibility: row.visibility },
    ...{ publishedAt: new Date(row.publishedAt), editedAt: row.updatedAt === null ? null : new Date(row.updatedAt) },
    answers:
      row.inReplyTo === null
        ? null
        : {
            ...{ uri: row.inReplyTo, path: row.parentId === null ? null : `/posts/${row.parentId}`, handle: row.parentHandle },
            parent: parentOf(row),
          },
    pictures: (row.pictures ?? []).flatMap(({ mediaId, ...row }) => {
      const picture = pictureOf(row, row.words);
      return picture === null ? [] : [{ ...picture, mediaId }];
    }),
    attachments: row.authorId === null && !row.isWithoutPictures ? attachmentsOf(row.attachment, path) : [],
    isSensitive: row.isSensitive,
    poll: row.poll === null ? null : pollOf(row.poll, row.chosen ?? [], { now, isReader: reader !== null, isMine }),
    ...{ counts: { replies, boosts, likes }, mine: { liked, boosted, bookmarked, pinned, threadMuted } },
    mayBoost: isForAll,
  };
}

const parentOf = ({ parentId, parentAt, parentActor }: StatusRow): AnsweredStatus | null =>
  parentId === null || parentAt === null || parentActor === null
    ? null
    : { id: Number(parentId) as StatusId, publishedAt: new Date(parentAt), actor: parentActor };

/** Nobody answers their own question, nor twice. */
function pollOf(
  { isMultiple, endsAt, voters, options }: PollRow,
  chosen: readonly number[],
  { now, isReader, isMine }: { now: Date; isReader: boolean; isMine: boolean },
): StatusPoll {
  const ends = endsAt === null ? null : new Date(endsAt);
  const isOver = ends !== null && ends <= now;
  const all = Math.max(voters, isMultiple ? 0 : (options ?? []).reduce((sum, { votes }) => sum + votes, 0));
  const shown = (options ?? []).map((option) => ({
    ...option,
    share: all === 0 ? 0 : Math.min(100, Math.round((option.votes * 100) / all)),
    isChosen: chosen.includes(option.position),
  }));
  return { isMultiple, endsAt: ends, isOver, voters: all, options: shown, mayVote: isReader && !isMine && !isOver && chosen.length === 0 };
}
