import { type SQL, sql } from "drizzle-orm";
import type { Reader, StatusesService, StatusPage, TimelineLine } from "../../contracts/statuses.ts";
import type { StatusId } from "../../models/ids.ts";
import { isHiddenFrom, isMuted } from "../people/hidden.ts";
import { authorsAt } from "./authors.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { actorOrNull, type StatusParts } from "./parts.ts";
import { viewsOf } from "./views.ts";
import { isCut } from "./visible.ts";

type Timelines = Pick<
  StatusesService,
  "listHome" | "listLocal" | "listTagged" | "listOfActors" | "listOf" | "listPinned" | "listBookmarks" | "listLiked" | "listDirect"
>;

const ON_PAGE = 20;
/** Looked at for a page: some of them drop out, as what is not for the reader, or was boosted by several. */
const CANDIDATES = 40;
const MOST_PINNED = 5;

/** A line before it is read: at in microseconds since 1970. booster: who brought it there; null: its author. */
interface Candidate extends Record<string, unknown> {
  id: string;
  at: string;
  booster: string | null;
}

export function makeTimelines(parts: StatusParts): Timelines {
  const page = (reader: Reader | null, candidates: SQL) => pageOf(parts, reader, candidates);
  /** Without what the reader does not want to see; on its author's own page it stands all the same. */
  const unmuted = (reader: Reader | null, candidates: SQL) =>
    page(reader, reader === null ? candidates : withoutMuted(candidates, parts.actorOf(reader)));
  return {
    async listHome(reader, before) {
      const me = parts.actorOf(reader);
      const followed = sql`select followed as uri from ap_follows where follower = ${me} and state = 'accepted'`;
      const actors = sql`${followed} union all select ${me}`;
      return unmuted(reader, withoutStrangersTalk(newestOf(actors, before), me, followed));
    },
    async listOfActors(actors, reader, before) {
      const me = actorOrNull(parts, reader);
      const listed = sql`select unnest(${sql.param([...actors])}::text[]) as uri`;
      const newest = newestOf(listed, before);
      return unmuted(reader, me === null ? newest : withoutStrangersTalk(newest, me, listed));
    },
    listOf: async (actor, reader, before) => page(reader, newestOf(sql`select ${actor} as uri`, before)),
    async listLocal(reader, before) {
      const isTopic = sql`d.author_id is not null and d.visibility = 'public' and d.deleted_at is null and d.in_reply_to is null`;
      return unmuted(
        reader,
        ordered(
          sql`select d.id, d.published_at as at, null as booster from ap_documents d where ${isTopic}`,
          "d.published_at",
          "d.id",
          before,
        ),
      );
    },
    async listTagged(tag, reader, before) {
      const tagged = sql`select h.status_id as id, h.published_at as at, null as booster from ap_hashtags h
        join ap_documents d on d.id = h.status_id and d.visibility = 'public' and d.deleted_at is null where h.tag = ${tag}`;
      return unmuted(reader, ordered(tagged, "h.published_at", "h.status_id", before));
    },
    async listPinned(actor, reader) {
      const where = sql`d.actor = ${actor} and d.id in (select status_id from ap_pins)`;
      const pinned = [...(await viewsOf(parts, reader, { where, isChecked: false })).values()];
      return pinned.sort((one, other) => other.publishedAt.getTime() - one.publishedAt.getTime()).slice(0, MOST_PINNED);
    },
    async listBookmarks(reader, before) {
      const kept = sql`select k.status_id as id, k.created_at as at, null as booster from ap_bookmarks k where k.user_id = ${reader.userId}`;
      return page(reader, ordered(kept, "k.created_at", "k.status_id", before));
    },
    async listLiked(reader, before) {
      const liked = sql`select d.id, r.created_at as at, null as booster from ap_reactions r join ap_documents d on d.uri = r.object
        where r.actor = ${parts.actorOf(reader)} and r.type = 'Like'`;
      return page(reader, ordered(liked, "r.created_at", "d.id", before));
    },
    async listDirect(reader, before) {
      const me = parts.actorOf(reader);
      const isMine = sql`(d.actor = ${me} or d.id in (select status_id from ap_mentions where actor = ${me}))`;
      const direct = sql`select d.id, d.published_at as at, null as booster from ap_documents d where d.visibility = 'direct' and ${isMine}`;
      return page(reader, ordered(direct, "d.published_at", "d.id", before));
    },
  };
}

/**
 * The newest of what some actors wrote and boosted: of each actor the newest by an index of its own, then of all of those. So a page
 * costs by how many are followed, not by how much they or others have written.
 */
function newestOf(actors: SQL, before: string | null): SQL {
  const wrote = sql`select d.id, d.published_at as at from ap_documents d
    where d.actor = actors.uri and d.deleted_at is null and d.visibility <> 'direct' ${since("d.published_at", "d.id", before)}
    order by d.published_at desc, d.id desc limit ${CANDIDATES}`;
  const boosted = sql`select r.object, r.created_at as at from ap_reactions r
    where r.actor = actors.uri and r.type = 'Announce' ${until("r.created_at", before)}
    order by r.created_at desc, r.object limit ${CANDIDATES}`;
  return sql`
    with actors as materialized (${actors}), boosts as (
      select boosted.object, boosted.at, actors.uri from actors cross join lateral (${boosted}) boosted order by boosted.at desc limit ${CANDIDATES}
    ), lines as (
      (select wrote.id, wrote.at, null as booster from actors cross join lateral (${wrote}) wrote order by wrote.at desc, wrote.id desc limit ${CANDIDATES})
      union all
      (select d.id, boosts.at, boosts.uri from boosts join ap_documents d on d.uri = boosts.object where true ${since("boosts.at", "d.id", before)})
    )
    select id, at, booster from lines order by at desc, id desc limit ${CANDIDATES}`;
}

function withoutMuted(lines: SQL, me: string): SQL {
  return sql`select said.id, said.at, said.booster from (${lines}) said join ap_documents author on author.id = said.id
    where not ${isMuted(me, sql`author.actor`)} order by said.at desc, said.id desc`;
}

/** Of what is answered to others only answers to whom the reader follows too, and to the reader. */
function withoutStrangersTalk(lines: SQL, me: string, followed: SQL): SQL {
  return sql`select line.id, line.at, line.booster from (${lines}) line join ap_documents d on d.id = line.id
    where line.booster is not null or d.in_reply_to is null or d.actor = ${me}
      or exists (select from ap_documents parent where parent.uri = d.in_reply_to
        and (parent.actor in (${me}, d.actor) or parent.actor in (${followed})))
      or exists (select from ap_mentions m where m.status_id = d.id and m.actor = ${me})
    order by line.at desc, line.id desc`;
}

function ordered(lines: SQL, at: string, id: string, before: string | null): SQL {
  return sql`${lines} ${since(at, id, before)} order by ${sql.raw(at)} desc, ${sql.raw(id)} desc limit ${CANDIDATES}`;
}

function since(at: string, id: string, before: string | null): SQL {
  const cursor = readCursor(before);
  return cursor === null ? sql`` : sql`and (${sql.raw(at)}, ${sql.raw(id)}) < (${cursor.at}, ${cursor.id}::bigint)`;
}

function until(at: string, before: string | null): SQL {
  const cursor = readCursor(before);
  return cursor === null ? sql`` : sql`and ${sql.raw(at)} <= ${cursor.at}`;
}

async function pageOf(parts: StatusParts, reader: Reader | null, candidates: SQL): Promise<StatusPage> {
  const { rows } = await parts.db.execute<Candidate>(
    sql`select id, (extract(epoch from at) * 1000000)::bigint as at, booster from (${candidates}) as candidates order by candidates.at desc, id desc`,
  );
  const boosters = [...new Set(rows.flatMap(({ booster }) => booster ?? []))];
  const [views, authors] = await Promise.all([
    viewsOf(parts, reader, { where: sql`d.id = any(${sql.param(rows.map(({ id }) => id))}::bigint[])`, isChecked: false }),
    boostersOf(parts, reader, boosters),
  ]);
  const lines: TimelineLine[] = [];
  const seen = new Set<string>();
  let last: Candidate | undefined;
  for (const row of rows) {
    if (lines.length === ON_PAGE) break;
    last = row;
    const status = views.get(Number(row.id) as StatusId);
    const boostedBy = row.booster === null ? null : (authors.get(row.booster) ?? null);
    if (status === undefined || seen.has(row.id) || (row.booster !== null && (boostedBy === null || !status.mayBoost))) continue;
    seen.add(row.id);
    lines.push({ status, boostedBy });
  }
  const isLast = last === rows.at(-1) && rows.length < CANDIDATES / 2;
  return { lines, older: last === undefined || isLast ? null : writeCursor(last) };
}

/** Who is blocked or muted brings nothing either. */
async function boostersOf(parts: StatusParts, reader: Reader | null, uris: readonly string[]) {
  if (uris.length === 0) return authorsAt(parts, []);
  const me = actorOrNull(parts, reader);
  const { rows } = await parts.db.execute<{ uri: string }>(
    sql`select uri from unnest(${sql.param([...uris])}::text[]) as booster (uri) where not ${me === null ? isCut(me, sql`booster.uri`) : isHiddenFrom(sql`${me}::text`, sql`booster.uri`)}`,
  );
  return authorsAt(
    parts,
    rows.map(({ uri }) => uri),
  );
}
