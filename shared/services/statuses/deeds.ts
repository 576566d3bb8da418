import { and, eq, sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { Reader, StatusesService } from "../../contracts/statuses.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { apReactions } from "../../models/fediverse.ts";
import type { ActivityId, StatusId } from "../../models/ids.ts";
import { apBookmarks, apPins } from "../../models/statuses.ts";
import type { StatusParts } from "./parts.ts";
import { maySee } from "./visible.ts";

type Deeds = Pick<StatusesService, "react" | "takeBack" | "bookmark" | "pin">;

const MOST_PINNED = 5;

interface Found extends Record<string, unknown> {
  uri: string;
  visibility: string;
  isOurs: boolean;
  isMine: boolean;
}

export function makeDeeds(parts: StatusParts): Deeds {
  const find = (tx: Tx, reader: Reader, id: StatusId) => findVisible(parts, tx, reader, id);
  return {
    async react(tx, reader, id, type) {
      const { uri, visibility, isOurs } = await find(tx, reader, id);
      const isForAll = visibility === "public" || visibility === "unlisted";
      if (type === "Announce" && !isForAll) throw new CodedError("post-refused", "This post is for some only: it is its author's to show.");
      const actor = parts.actorOf(reader);
      const isDone = and(eq(apReactions.object, uri), eq(apReactions.actor, actor), eq(apReactions.type, type));
      if ((await tx.select({ actor: apReactions.actor }).from(apReactions).where(isDone)).length > 0) return;
      const activityId = await emitDeed(tx, reader, { id, type, isOurs });
      // the same at the same moment: whoever is second says what nobody keeps, under a name that nothing has
      await tx
        .insert(apReactions)
        .values({ type, actor, object: uri, activity: addressOf(parts, activityId), createdAt: parts.clock.now() })
        .onConflictDoNothing();
    },
    async takeBack(tx, reader, id, type) {
      const { uri, isOurs } = await find(tx, reader, id);
      const [gone] = await tx
        .delete(apReactions)
        .where(and(eq(apReactions.object, uri), eq(apReactions.actor, parts.actorOf(reader)), eq(apReactions.type, type)))
        .returning({ activity: apReactions.activity });
      if (gone === undefined) return;
      const details = { undone: type, activity: gone.activity };
      const visibility = type === "Announce" ? "public" : isOurs ? "internal" : "direct";
      const object = { type: "Status", id };
      await emitActivity(tx, { originApp: "federation", actorId: reader.userId, type: "Undo", object, details, visibility });
    },
    async bookmark(tx, reader, statusId, isWanted) {
      const mine = { userId: reader.userId, statusId };
      if (!isWanted)
        return void (await tx.delete(apBookmarks).where(and(eq(apBookmarks.userId, mine.userId), eq(apBookmarks.statusId, statusId))));
      await find(tx, reader, statusId);
      await tx.insert(apBookmarks).values(mine).onConflictDoNothing();
    },
    async pin(tx, reader, statusId, isWanted) {
      const mine = { userId: reader.userId, statusId };
      if (!isWanted) return void (await tx.delete(apPins).where(and(eq(apPins.userId, mine.userId), eq(apPins.statusId, statusId))));
      const { isMine, visibility } = await find(tx, reader, statusId);
      if (!isMine) throw new CodedError("not-found", "There is no such post of yours.");
      if (visibility === "direct") throw new CodedError("post-refused", "This post is for those whom it names only.");
      await tx.execute(sql`select from users where id = ${reader.userId} for update`); // two at once would both find room
      const pinned = await tx.select({ statusId: apPins.statusId }).from(apPins).where(eq(apPins.userId, reader.userId));
      if (pinned.some((one) => one.statusId === statusId)) return;
      if (pinned.length >= MOST_PINNED)
        throw new CodedError("post-refused", `No more than ${MOST_PINNED} posts stand on top: take one down first.`);
      await tx.insert(apPins).values(mine);
    },
  };
}

/** Throws not-found for what the reader may not see. */
export async function findVisible(parts: StatusParts, tx: Tx, reader: Reader, id: StatusId): Promise<Found> {
  const eyes = await parts.eyesOf(reader);
  const { rows } = await tx.execute<Found>(sql`
    select d.uri, d.visibility, d.author_id is not null as "isOurs", d.author_id = ${reader.userId} is true as "isMine"
    from ap_documents d where d.id = ${id} and ${maySee(eyes)}`);
  const [found] = rows;
  if (found === undefined) throw new CodedError("not-found", "There is no such post, or it is not for you.");
  return found;
}

/** A boost goes to who follows; a like to the author, who is told by a notification where they are one of ours. */
function emitDeed(
  tx: Tx,
  { userId }: Reader,
  { id, type, isOurs }: { id: StatusId; type: "Like" | "Announce"; isOurs: boolean },
): Promise<ActivityId> {
  const visibility = type === "Announce" ? "public" : isOurs ? "internal" : "direct";
  const object = { type: "Status", id };
  return emitActivity(tx, { originApp: "federation", actorId: userId, type, object, details: { path: `/posts/${id}` }, visibility });
}

const addressOf = ({ publicUrl }: StatusParts, id: ActivityId) => publicUrl("federation", `/ap/activities/${id}`);
