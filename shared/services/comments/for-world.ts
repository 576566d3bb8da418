import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { CommentForWorld, CommentsService } from "../../contracts/comments.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { postAuthors } from "../../models/blog.ts";
import { commentThreads } from "../../models/comments.ts";
import { calendarEntries } from "../../models/events.ts";
import { apDocuments } from "../../models/fediverse.ts";
import type { UserId } from "../../models/ids.ts";
import { placeOf, placeOfThread } from "./threads.ts";

const answered = alias(apDocuments, "answered");

export function makeCommentsForWorld({ db, publicUrl }: ServiceDeps): Pick<CommentsService, "findForWorld" | "listPublishers"> {
  return {
    async findForWorld(uri) {
      const [row] = await db
        .select({
          ...{ id: apDocuments.id, actor: apDocuments.actor, inReplyTo: apDocuments.inReplyTo, answeredActor: answered.actor },
          ...{
            html: apDocuments.html,
            warning: apDocuments.warning,
            publishedAt: apDocuments.publishedAt,
            updatedAt: apDocuments.updatedAt,
          },
          place: placeOfThread,
        })
        .from(apDocuments)
        .innerJoin(commentThreads, eq(commentThreads.id, apDocuments.commentThreadId))
        .leftJoin(answered, eq(answered.uri, apDocuments.inReplyTo))
        .where(and(eq(apDocuments.uri, uri), isNotNull(apDocuments.authorId), isNull(apDocuments.deletedAt)));
      const place = row === undefined ? null : placeOf(row.place);
      if (row === undefined || place === null) return null;
      const { place: _, id, ...comment } = row;
      return { ...comment, url: publicUrl(place.app, `${place.path}#comment-${id}`) } satisfies CommentForWorld;
    },
    async listPublishers(uri) {
      const isIn = sql`from ${commentThreads} join ${apDocuments} on ${apDocuments.commentThreadId} = ${commentThreads.id} where ${apDocuments.uri} = ${uri}`;
      const { rows } = await db.execute<{ user_id: string }>(sql`
        select ${postAuthors.userId} as user_id from ${postAuthors}
          where ${postAuthors.postId} in (select source_id::bigint ${isIn} and source_type = 'Post')
        union select ${calendarEntries.organiserId} from ${calendarEntries}
          where ${calendarEntries.organiserId} is not null and ${calendarEntries.id} in (select source_id::bigint ${isIn} and source_type = 'CalendarEntry')`);
      return rows.map(({ user_id: userId }) => Number(userId) as UserId);
    },
  };
}
