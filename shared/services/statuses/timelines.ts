import { type SQL, sql } from "drizzle-orm";
import type { Reader, StatusesService, StatusPage, TimelineLine } from "../../contracts/statuses.ts";
import type { StatusId } from "../../models/ids.ts";
import { isHeard } from "../comments/visible.ts";
import { isHiddenFrom, isMuted } from "../people/hidden.ts";
import { cleanWords } from "../search.ts";
import { authorsAt } from "./authors.ts";
import { type Direction, directionOf, writeCursor } from "./cursor.ts";
import { actorOrNull, type StatusParts } from "./parts.ts";
import { viewsOf } from "./views.ts";
import { isCut } from "./visible.ts";

type Timelines = Pick<
  StatusesService,
  | "listHome"
  | "listLocal"
  | "listPublic"
  | "listTagged"
  | "listFound"
  | "listOfActors"
  | "listOf"
  | "listPinned"
  | "listBookmarks"
  | "listLiked"
  | "listDirect"
>;

const ON_PAGE = 20;
/** Looked at for a page: some of them drop out, as what is not for the reader, or was boosted by several. */
const CANDIDATES = 40;
/** Of those, so many are read with all that hangs on them. A page may be a line or two short: the next one goes on where it ended. */
const READ = 24;
const MOST_PINNED = 5;

/** A line before it is read: at in microseconds since 1970. booster: who brought it there; null: its author. */
interface Candidate extends Record<string, unknown> {
  id: string;
  at: string;
  booster: string | null;
  isWanted: boolean;
}

export function makeTimelines(parts: StatusParts): Timelines {
  const { actorOf } = parts;
  const page = (reader: Reader | null, way: Direction, candidates: SQL, isWanted = sql`true`) =>
    pageOf(parts, reader, { candidates, isWanted, way });
  return {
    async listHome(reader, from) {
      const [me, way] = [actorOf(reader), directionOf(from)];
      const { byRule } = await parts.eyesOf(reader);
      const asked = sql`select followed as uri from ap_follows where follower = ${me} and state = 'accepted'`;
      const followed = byRule.length === 0 ? asked : sql`${asked} union select unnest(${sql.param([...byRule])}::text[])`;
      const isWanted = sql`${isUnmuted(me)} and ${isTalkFor(me, followed)}`;
      return page(reader, way, newestOf(sql`${followed} union select ${me}`, way), isWanted);
    },
    async listOfActors(actors, reader, from) {
      const [me, way] = [actorOrNull(parts, reader), directionOf(from)];
      const listed = sql`select unnest(${sql.param([...actors])}::text[]) as uri`;
      const isWanted = me === null ? sql`true` : sql`${isUnmuted(me)} and ${isTalkFor(me, listed)}`;
      return page(reader, way, newestOf(listed, way), isWanted);
    },
    async listOf(actor, reader, from) {
      const way = directionOf(from);
      return page(reader, way, newestOf(sql`select ${actor} as uri`, way));
    },
    async listLocal(reader, from) {
      const way = directionOf(from);
      const isTopic = sql`d.author_id is not null and d.visibility = 'public' and d.deleted_at is null and d.in_reply_to is null`;
      const said = sql`select d.id, d.published_at as at, null as booster from ap_documents d where ${isTopic}`;
      return page(reader, way, ordered(said, "d.published_at", "d.id", way), isForBoard(actorOrNull(parts, reader)));
    },
    async listPublic(reader, from, which) {
      const way = directionOf(from);
      const isTopic = sql`d.visibility = 'public' and d.deleted_at is null and d.in_reply_to is null`;
      const isWanted = which === "all" ? isTopic : sql`${isTopic} and d.author_id is null`;
      const said = sql`select d.id, d.published_at as at, null as booster from ap_documents d where ${isWanted}`;
      return page(reader, way, ordered(said, "d.published_at", "d.id", way), isForBoard(actorOrNull(parts, reader)));
    },
    async listTagged(tag, reader, from) {
      const way = directionOf(from);
      const tagged = sql`select h.status_id as id, h.published_at as at, null as booster from ap_hashtags h
        join ap_documents d on d.id = h.status_id and d.visibility = 'public' and d.deleted_at is null where h.tag = ${tag}`;
      return page(reader, way, ordered(tagged, "h.published_at", "h.status_id", way), isForBoard(actorOrNull(parts, reader)));
    },
    async listFound(words, reader, from) {
      const way = directionOf(from);
      const found = sql`select d.id, d.published_at as at, null as booster from ap_documents d
        join profiles author on author.user_id = d.author_id and author.is_findable
        where d.author_id is not null and d.visibility = 'public' and d.deleted_at is null
          and to_tsvector('public.plain_english', d.html) @@ websearch_to_tsquery('public.plain_english', ${cleanWords(words)})`;
      return page(reader, way, ordered(found, "d.published_at", "d.id", way), isForBoard(actorOrNull(parts, reader)));
    },
    async listPinned(actor, reader) {
      const where = sql`d.actor = ${actor} and d.id in (select status_id from ap_pins)`;
      const pinned = [...(await viewsOf(parts, reader, { where, isChecked: false })).values()];
      return pinned.sort((one, other) => other.publishedAt.getTime() - one.publishedAt.getTime()).slice(0, MOST_PINNED);
    },
    async listBookmarks(reader, from) {
      const way = directionOf(from);
      const kept = sql`select k.status_id as id, k.created_at as at, null as booster from ap_bookmarks k where k.user_id = ${reader.userId}`;
      return page(reader, way, ordered(kept, "k.created_at", "k.status_id", way));
    },
    async listLiked(reader, from) {
      const way = directionOf(from);
      const liked = sql`select d.id, r.created_at as at, null as booster from ap_reactions r join ap_documents d on d.uri = r.object
        where r.actor = ${actorOf(reader)} and r.type = 'Like'`;
      return page(reader, way, ordered(liked, "r.created_at", "d.id", way));
    },
    async listDirect(reader, from) {
      const [me, way] = [actorOf(reader), directionOf(from)];
      const isMine = sql`(d.actor = ${me} or d.id in (select status_id from ap_mentions where actor = ${me}))`;
      const direct = sql`select d.id, d.published_at as at, null as booster from ap_documents d where d.visibility = 'direct' and ${isMine}`;
      return page(reader, way, ordered(direct, "d.published_at", "d.id", way));
    },
  };
}

/**
 * The newest of what some actors wrote and boosted. Those CANDIDATES that are newest of all are by no more actors than that, who are
 * those whose own newest are newest: one probe of an index for each actor finds them, and only they are read further. So a page costs by
 * how many are followed, not by how much they or others have written.
 */
function newestOf(actors: SQL, way: Direction): SQL {
  const { order, isBeyond, isFrom } = way;
  const wrote = (actor: SQL, most: number) => sql`select d.id, d.published_at as at from ap_documents d
    where d.actor = ${actor} and d.deleted_at is null and d.visibility <> 'direct' ${isBeyond("d.published_at", "d.id")}
    order by d.published_at ${order}, d.id ${order} limit ${most}`;
  const boosted = (actor: SQL, most: number) => sql`select r.object, r.created_at as at from ap_reactions r
    where r.actor = ${actor} and r.type = 'Announce' ${isFrom("r.created_at")} order by r.created_at ${order}, r.object limit ${most}`;
  const heads = (first: SQL) =>
    sql`select actors.uri from actors cross join lateral (${first}) head order by head.at ${order} limit ${CANDIDATES}`;
  return sql`
    with actors as materialized (${actors}),
    writers as materialized (${heads(wrote(sql`actors.uri`, 1))}), boosters as materialized (${heads(boosted(sql`actors.uri`, 1))}),
    boosts as (
      select one.object, one.at, boosters.uri from boosters cross join lateral (${boosted(sql`boosters.uri`, CANDIDATES)}) one
      order by one.at ${order} limit ${CANDIDATES}
    ), lines as (
      (select one.id, one.at, null as booster from writers cross join lateral (${wrote(sql`writers.uri`, CANDIDATES)}) one
        order by one.at ${order}, one.id ${order} limit ${CANDIDATES})
      union all
      (select d.id, boosts.at, boosts.uri from boosts join ap_documents d on d.uri = boosts.object where true ${isBeyond("boosts.at", "d.id")})
    )
    select id, at, booster from lines order by at ${order}, id ${order} limit ${CANDIDATES}`;
}

/** Not muted by the reader; on its author's own page it stands all the same. */
const isUnmuted = (me: string): SQL => sql`not ${isMuted(me, sql`d.actor`)}`;

/** On boards for all stand those who are heard here. */
const isForBoard = (me: string | null): SQL =>
  me === null ? isHeard(sql`d.actor`, sql`d.host`) : sql`${isHeard(sql`d.actor`, sql`d.host`)} and ${isUnmuted(me)}`;

/** Of what is answered to others only answers to whom the reader follows too, and to the reader. */
function isTalkFor(me: string, followed: SQL): SQL {
  return sql`(line.booster is not null or d.in_reply_to is null or d.actor = ${me}
    or exists (select from ap_documents parent where parent.uri = d.in_reply_to
      and (parent.actor in (${me}, d.actor) or parent.actor in (${followed})))
    or exists (select from ap_mentions m where m.status_id = d.id and m.actor = ${me}))`;
}

function ordered(lines: SQL, at: string, id: string, { order, isBeyond }: Direction): SQL {
  return sql`${lines} ${isBeyond(at, id)} order by ${sql.raw(at)} ${order}, ${sql.raw(id)} ${order} limit ${CANDIDATES}`;
}

/** candidates: lines, in the order of the way, CANDIDATES of them unless there are no more; isWanted: a condition on each "line" and its status "d". */
async function pageOf(
  parts: StatusParts,
  reader: Reader | null,
  { candidates, isWanted, way }: { candidates: SQL; isWanted: SQL; way: Direction },
): Promise<StatusPage> {
  const { rows } = await parts.db.execute<Candidate>(sql`
    select line.id, (extract(epoch from line.at) * 1000000)::bigint as at, line.booster, (${isWanted}) as "isWanted"
    from (${candidates}) as line join ap_documents d on d.id = line.id order by line.at ${way.order}, line.id ${way.order}`);
  const wanted = rows.filter((row) => row.isWanted).slice(0, READ);
  const [views, authors] = await Promise.all([
    viewsOf(parts, reader, { where: sql`d.id = any(${sql.param(wanted.map(({ id }) => id))}::bigint[])`, isChecked: false }),
    boostersOf(parts, reader, [...new Set(wanted.flatMap(({ booster }) => booster ?? []))]),
  ]);
  const lines: TimelineLine[] = [];
  const seen = new Set<string>();
  let last: Candidate | undefined;
  const lastRead = wanted.length === READ ? wanted.at(-1) : undefined;
  for (const row of rows) {
    if (lines.length === ON_PAGE || (last !== undefined && last === lastRead)) break;
    last = row;
    const status = row.isWanted ? views.get(Number(row.id) as StatusId) : undefined;
    const boostedBy = row.booster === null ? null : (authors.get(row.booster) ?? null);
    if (status === undefined || seen.has(row.id) || (row.booster !== null && (boostedBy === null || !status.mayBoost))) continue;
    seen.add(row.id);
    lines.push({ status, boostedBy, place: writeCursor(row) });
  }
  const isAll = last === rows.at(-1) && rows.length < CANDIDATES;
  if (way.isUp) lines.reverse();
  return { lines, older: last === undefined || isAll ? null : writeCursor(last) };
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
