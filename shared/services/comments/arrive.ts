import { eq, sql } from "drizzle-orm";
import type { CommentsService } from "../../contracts/comments.ts";
import type { Tx } from "../../contracts/tx.ts";
import { apDocuments } from "../../models/fediverse.ts";
import { firstState, ruleOf } from "./rule.ts";
import { tellOfComment, tellOfWaiting } from "./tell.ts";
import { findSource, keepThread, settleThreads } from "./threads.ts";

/** So many may wait at once, of one person, of one server, and under one thing; and so much is stored of one server in a day. */
const MOST_WAITING = { actor: 20, host: 200, thread: 500 };
const MOST_A_DAY = 2000;

/** A flood is let past: what is over the limits is not stored, and its sender learns nothing of it. */
export const refuseArrival: CommentsService["refuseArrival"] = async (tx, { uri, actor, visibility }, about) => {
  const { rows } = await tx.execute<{ is_known: boolean; today: number; of_actor: number; of_host: number; of_thread: number }>(sql`
    with waiting as (
      select actor, host, about from ap_documents
      where moderation = 'waiting' and comment_thread_id is not null and deleted_at is null
        and (host = split_part(${actor}, '/', 3) or about = ${about})
    )
    select exists (select from ap_documents where uri = ${uri}) as is_known,
      (select count(*)::int from (select from ap_documents
        where host = split_part(${actor}, '/', 3) and stored_at > now() - interval '1 day' limit ${MOST_A_DAY}) as lately) as today,
      (select count(*)::int from waiting where actor = ${actor}) as of_actor,
      (select count(*)::int from waiting where host = split_part(${actor}, '/', 3)) as of_host,
      (select count(*)::int from waiting where about = ${about}) as of_thread`);
  const [row] = rows;
  if (row === undefined || row.is_known) return null; // what is here may be changed
  if (row.today >= MOST_A_DAY) return "its server sent as much today as is stored of one in a day";
  if (about === null || !["public", "unlisted"].includes(visibility)) return null;
  const source = await findSource(tx, about);
  if (source === null) return null;
  if ((await ruleOf(tx)) === "closed" || (await keepThread(tx, source)).isClosed) return "no comments are taken there";
  const isFull = row.of_actor >= MOST_WAITING.actor || row.of_host >= MOST_WAITING.host || row.of_thread >= MOST_WAITING.thread;
  return isFull ? "too many wait for a look already" : null;
};

/** What was stored, from elsewhere or here, takes its place under what it answers, or is changed there. */
export async function arrive(tx: Tx, uri: string): Promise<string> {
  const [found] = await tx.select().from(apDocuments).where(eq(apDocuments.uri, uri)).for("update");
  if (found === undefined || found.about === null || !["public", "unlisted"].includes(found.visibility)) return "kept";
  if (found.commentThreadId !== null) return arriveAgain(tx, found);
  const source = await findSource(tx, found.about);
  if (source === null) return "kept";
  const thread = await keepThread(tx, source);
  const moderation = await firstState(tx, found.actor);
  const commentRoot = await rootOf(tx, found.inReplyTo, thread.id);
  await tx.update(apDocuments).set({ commentThreadId: thread.id, commentRoot, moderation }).where(eq(apDocuments.uri, uri));
  if (moderation === "waiting") await tellOfWaiting(tx, { uri, authorId: found.authorId, threadId: thread.id });
  else {
    await settleThreads(tx, [thread.id]);
    await tellOfComment(tx, "Create", uri);
  }
  return "kept";
}

/** Where everything waits, so does what is changed: nobody slips in by an edit. */
async function arriveAgain(tx: Tx, found: typeof apDocuments.$inferSelect): Promise<string> {
  const waitsAgain = found.moderation === "shown" && (await ruleOf(tx)) === "all-wait";
  const visibility = found.authorId === null ? found.visibility : "internal";
  if (waitsAgain) await tx.update(apDocuments).set({ moderation: "waiting", visibility }).where(eq(apDocuments.uri, found.uri));
  await settleThreads(tx, found.commentThreadId === null ? [] : [found.commentThreadId]);
  if (!waitsAgain && found.moderation === "shown") await tellOfComment(tx, "Update", found.uri);
  return "kept";
}

/** The comment on top of those below which this one belongs; null: it is one. */
export async function rootOf(tx: Tx, answered: string | null, threadId: number): Promise<string | null> {
  if (answered === null) return null;
  const [row] = await tx
    .select({ uri: apDocuments.uri, root: apDocuments.commentRoot, thread: apDocuments.commentThreadId })
    .from(apDocuments)
    .where(eq(apDocuments.uri, answered));
  return row === undefined || row.thread !== threadId ? null : (row.root ?? row.uri);
}
