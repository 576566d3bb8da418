import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { CommentPage, CommentsService, ModeratedComment, OwnComment } from "../../contracts/comments.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { commentThreads } from "../../models/comments.ts";
import { apDocuments, apRemoteActors } from "../../models/fediverse.ts";
import { users } from "../../models/identity.ts";
import type { StatusId } from "../../models/ids.ts";
import { makeGetThread } from "./get-thread.ts";
import { ruleOf } from "./rule.ts";
import { findPlace, placeOf, placeOfThread } from "./threads.ts";
import { commentColumns, commentViewOf, findAnswered, selectComments } from "./view.ts";
import { isShown } from "./visible.ts";

type Reads = Pick<
  CommentsService,
  "getThread" | "listShown" | "listOwn" | "getOwn" | "findShown" | "getPlace" | "listModerated" | "countWaiting" | "getRule"
>;

const ON_PAGE = 50;
const MOST_OWN = 50;

export function makeCommentLists(deps: ServiceDeps): Reads {
  const { db, publicUrl } = deps;
  const isOf = (thread: { type: string; id: string | number }) =>
    and(eq(commentThreads.sourceType, thread.type as never), eq(commentThreads.sourceId, String(thread.id)));
  const ofThread = (source: { type: string; id: string | number }) =>
    sql`${apDocuments.commentThreadId} = (select id from comment_threads where source_type = ${source.type} and source_id = ${String(source.id)})`;
  return {
    getRule: () => ruleOf(db),
    getPlace: (source) => findPlace(db, source),
    getThread: makeGetThread(db),
    async listShown(source, page) {
      const [place, count, rows] = await Promise.all([
        findPlace(db, source),
        db.select({ count: commentThreads.shownCount }).from(commentThreads).where(isOf(source)),
        selectComments(db)
          .where(and(ofThread(source), isShown))
          .orderBy(...IN_ORDER)
          .limit(ON_PAGE)
          .offset((page - 1) * ON_PAGE),
      ]);
      if (place === null) return { comments: [], page: 1, pageCount: 1 } satisfies CommentPage;
      const answered = await findAnswered(db, rows, publicUrl);
      const here = publicUrl(place.app, place.path);
      const pageCount = Math.max(1, Math.ceil((count[0]?.count ?? 0) / ON_PAGE));
      return { comments: rows.map((row) => commentViewOf(row, { publicUrl, here, answered })), page, pageCount };
    },
    listOwn: (source, userId) => listOwn(deps, and(ofThread(source), eq(apDocuments.authorId, userId))),
    async getOwn(userId, key) {
      const [own] = await listOwn(deps, and(eq(apDocuments.id, idOf(key)), eq(apDocuments.authorId, userId)));
      if (own === undefined) throw new CodedError("not-found", "There is no such comment of yours.", { key });
      return own;
    },
    async findShown(key) {
      const [row] = await selectWithPlace(deps).where(and(eq(apDocuments.id, idOf(key)), isShown));
      const place = row === undefined ? null : placeOf(row.place);
      if (row === undefined || place === null) return null;
      const answered = await findAnswered(db, [row], publicUrl);
      return { place, comment: commentViewOf(row, { publicUrl, here: publicUrl(place.app, place.path), answered }) };
    },
    listModerated: (state, page) => listModerated(deps, state, page),
    countWaiting: () => db.$count(apDocuments, inState("waiting")),
  };
}

/** An id out of an address; 0 is nobody's. */
export const idOf = (key: string) => (/^\d{1,15}$/.test(key) ? Number(key) : 0) as StatusId;

/** Top comments as they were made, below each what answers it, however deep. */
const IN_ORDER = [
  sql`coalesce((select root.published_at from ap_documents root where root.uri = ${apDocuments.commentRoot}), ${apDocuments.publishedAt})`,
  sql`coalesce(${apDocuments.commentRoot}, ${apDocuments.uri})`,
  sql`${apDocuments.commentRoot} is not null`,
  asc(apDocuments.publishedAt),
  asc(apDocuments.uri),
];

async function listOwn({ db }: ServiceDeps, which: SQL | undefined): Promise<OwnComment[]> {
  const rows = await db
    .select({
      ...{
        id: apDocuments.id,
        uri: apDocuments.uri,
        text: apDocuments.source,
        warning: apDocuments.warning,
        state: apDocuments.moderation,
      },
      ...{ reason: apDocuments.moderationReason, publishedAt: apDocuments.publishedAt, isVisible: isShown, place: placeOfThread },
    })
    .from(apDocuments)
    .innerJoin(commentThreads, eq(commentThreads.id, apDocuments.commentThreadId))
    .where(and(which, isNull(apDocuments.deletedAt)))
    .orderBy(asc(apDocuments.publishedAt), asc(apDocuments.id))
    .limit(MOST_OWN);
  return rows.map(({ id, place, ...row }) => ({ ...row, key: String(id), place: placeOf(place) }));
}

function selectWithPlace({ db }: ServiceDeps) {
  return db
    .select({
      ...commentColumns,
      ...{ state: apDocuments.moderation, reason: apDocuments.moderationReason, isVisible: isShown, place: placeOfThread },
    })
    .from(apDocuments)
    .innerJoin(commentThreads, eq(commentThreads.id, apDocuments.commentThreadId))
    .leftJoin(users, eq(users.id, apDocuments.authorId))
    .leftJoin(apRemoteActors, eq(apRemoteActors.uri, apDocuments.actor));
}

const inState = (state: "waiting" | "hidden") =>
  sql`${apDocuments.moderation} = ${state} and ${apDocuments.commentThreadId} is not null and ${apDocuments.deletedAt} is null`;

async function listModerated(deps: ServiceDeps, state: "waiting" | "hidden", page: number) {
  const { db, publicUrl } = deps;
  const [count, rows] = await Promise.all([
    db.$count(apDocuments, inState(state)),
    selectWithPlace(deps)
      .where(inState(state))
      .orderBy(asc(apDocuments.storedAt), asc(apDocuments.uri))
      .limit(ON_PAGE)
      .offset((page - 1) * ON_PAGE),
  ]);
  const comments = rows.map((row): ModeratedComment => {
    const place = placeOf(row.place);
    const view = commentViewOf(row, { publicUrl, here: place === null ? "" : publicUrl(place.app, place.path), answered: new Map() });
    return { ...view, actor: row.actor, state: row.state, isHeldBack: row.state === "shown" && !row.isVisible, reason: row.reason, place };
  });
  return { comments, page, pageCount: Math.max(1, Math.ceil(count / ON_PAGE)) };
}
