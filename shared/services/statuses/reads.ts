import { sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { RelationsService } from "../../contracts/relations.ts";
import type { Reader, StatusesService, StatusView } from "../../contracts/statuses.ts";
import type { StatusId } from "../../models/ids.ts";
import { isHeard } from "../comments/visible.ts";
import { type PictureRow, pictureObject, pictureOf } from "../pictures.ts";
import { arePicturesTaken } from "../remote-pictures/taken.ts";
import { attachmentsOf } from "./attachments.ts";
import { authorsAt } from "./authors.ts";
import { actorOrNull, type StatusParts } from "./parts.ts";
import { readThread } from "./thread.ts";
import { viewsOf } from "./views.ts";
import { isCut, maySee } from "./visible.ts";

type Reads = Pick<
  StatusesService,
  | "getStatus"
  | "findAttachment"
  | "findByUri"
  | "findAllByUri"
  | "listTies"
  | "searchTags"
  | "getThread"
  | "getSource"
  | "listVersions"
  | "listReactors"
>;

const MOST_REACTORS = 100;

export function makeReads(parts: StatusParts, relations: Pick<RelationsService, "holds">): Reads {
  const { db } = parts;

  /** What is shown alone is asked of the relations. Who has done nothing yet is nobody to them, and reads by what tables say. */
  async function find(where: ReturnType<typeof sql>, reader: Reader | null): Promise<StatusView | null> {
    const actor = actorOrNull(parts, reader);
    const isKnown = actor !== null && (await relations.holds({ relation: "federation.actor", values: [actor] }));
    const [status] = (await viewsOf(parts, reader, { where, isChecked: isKnown })).values();
    if (status === undefined || !isKnown) return status ?? null;
    return (await relations.holds({ relation: "federation.can_see", values: [actor, status.uri] })) ? status : null;
  }

  async function getStatus(id: StatusId, reader: Reader | null): Promise<StatusView> {
    const status = await find(sql`d.id = ${id}`, reader);
    if (status === null) throw new CodedError("not-found", "There is no such post, or it is not for you.");
    return status;
  }

  return {
    getStatus,
    async findAttachment(id, place, reader) {
      const { rows } = await db.execute<{ attachment: unknown }>(sql`
        select d.document -> 'attachment' as attachment from ap_documents d
        where d.id = ${id} and d.author_id is null and ${arePicturesTaken(sql`d.host`)} and ${maySee(await parts.eyesOf(reader))}`);
      const found = attachmentsOf(rows[0]?.attachment, "")[place];
      return found?.kind === "picture" ? found.url : null;
    },
    findByUri: (uri, reader) => find(sql`d.uri = ${uri}`, reader),
    async findAllByUri(uris, reader) {
      if (uris.length === 0) return new Map();
      const where = sql`d.uri = any(${sql.param([...uris])}::text[])`;
      const views = await viewsOf(parts, reader, { where, isChecked: false });
      return new Map([...views.values()].map((view) => [view.uri, view]));
    },
    async listTies(ids) {
      if (ids.length === 0) return new Map();
      const { rows } = await db.execute<{ id: string; mentions: string[]; tags: string[] }>(sql`
        select wanted.id, array(select actor from ap_mentions m where m.status_id = wanted.id order by actor) as mentions,
          array(select tag from ap_hashtags h where h.status_id = wanted.id order by tag) as tags
        from unnest(${sql.param([...ids])}::bigint[]) as wanted (id)`);
      return new Map(rows.map(({ id, mentions, tags }) => [Number(id) as StatusId, { mentions, tags }]));
    },
    async searchTags(words, limit) {
      const tag = words.trim().replace(/^#/, "").toLowerCase();
      if (tag === "" || !/^[\p{L}\p{N}_]{1,100}$/u.test(tag)) return [];
      const { rows } = await db.execute<{ tag: string; count: string }>(sql`
        select h.tag, count(*) as count from ap_hashtags h
        join ap_documents d on d.id = h.status_id and d.visibility = 'public' and d.deleted_at is null and d.moderation <> 'hidden'
        where h.tag >= ${tag} and h.tag < ${`${tag}\u{10ffff}`} and ${isHeard(sql`d.actor`, sql`d.host`)}
        group by h.tag order by h.tag = ${tag} desc, max(h.published_at) desc, h.tag limit ${limit}`);
      return rows.map((row) => ({ tag: row.tag, count: Number(row.count) }));
    },
    getThread: async (id, reader) => readThread(parts, await getStatus(id, reader), reader),
    async getSource(id, author) {
      const { rows } = await db.execute<SourceRow>(sql`
        select d.source, d.warning, d.language, d.visibility, d.type = 'Question' as "hasPoll",
          (select json_agg(jsonb_build_object('mediaId', p.media_id, 'alt', p.alt, 'row', ${pictureObject}) order by p.position)
            from ap_pictures p join media on media.id = p.media_id where p.status_id = d.id) as pictures
        from ap_documents d where d.id = ${id} and d.author_id = ${author.userId} and d.deleted_at is null`);
      const [row] = rows;
      if (row === undefined) throw new CodedError("not-found", "There is no such post of yours.");
      const { source: text, pictures, ...rest } = row;
      const shown = (pictures ?? []).flatMap(({ row: file, ...one }) => {
        const picture = pictureOf(file, one.alt);
        return picture === null ? [] : [{ ...one, picture }];
      });
      return { id, text, pictures: shown, ...rest };
    },
    async listVersions(id, reader) {
      await getStatus(id, reader);
      const { rows } = await db.execute<{ html: string; warning: string; at: string }>(
        sql`select html, warning, replaced_at as at from ap_versions where status_id = ${id} order by id desc limit 100`,
      );
      return rows.map(({ html, warning, at }) => ({ html, warning, at: new Date(at) }));
    },
    async listReactors(id, type, reader) {
      const status = await getStatus(id, reader);
      const { rows } = await db.execute<{ actor: string }>(sql`
        select r.actor from ap_reactions r where r.object = ${status.uri} and r.type = ${type} and not ${isCut(actorOrNull(parts, reader), sql`r.actor`)}
        order by r.created_at desc, r.actor limit ${MOST_REACTORS}`);
      const authors = await authorsAt(
        parts,
        rows.map(({ actor }) => actor),
      );
      return rows.flatMap(({ actor }) => authors.get(actor) ?? []);
    },
  };
}

interface SourceRow extends Record<string, unknown> {
  source: string;
  warning: string;
  language: string | null;
  visibility: StatusView["visibility"];
  hasPoll: boolean;
  pictures:
    | { mediaId: Awaited<ReturnType<StatusesService["getSource"]>>["pictures"][number]["mediaId"]; alt: string; row: PictureRow }[]
    | null;
}
