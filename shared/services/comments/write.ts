import { randomUUID } from "node:crypto";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { CommentsService } from "../../contracts/comments.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { apDocuments, apOutgoing } from "../../models/fediverse.ts";
import { users } from "../../models/identity.ts";
import type { UserId } from "../../models/ids.ts";
import { moderationLimits } from "../../models/moderation.ts";
import { arrive, rootOf } from "./arrive.ts";
import { htmlOfTyped } from "./html-of-typed.ts";
import { idOf } from "./list.ts";
import { firstState, ruleOf } from "./rule.ts";
import { tellOfComment, tellOfWaiting } from "./tell.ts";
import { findPlace, keepThread, settleThreads } from "./threads.ts";
import { isShown } from "./visible.ts";

type Writing = Pick<CommentsService, "write" | "edit" | "remove">;

export function makeCommentWriting(deps: ServiceDeps): Writing {
  return {
    write: (tx, comment) => write(tx, deps, comment),
    async edit(tx, userId, key, { text, warning }) {
      const own = await findOwn(tx, userId, key);
      await tx
        .update(apDocuments)
        .set({ source: text, html: htmlOfTyped(text), warning, updatedAt: deps.clock.now() })
        .where(eq(apDocuments.uri, own.uri));
      await arrive(tx, own.uri);
      purgeOnCommit(tx, [`own-comments:${userId}`]);
    },
    async remove(tx, userId, key) {
      const own = await findOwn(tx, userId, key);
      await tellOfComment(tx, "Delete", own.uri);
      await tx
        .update(apDocuments)
        .set({ source: "", html: "", warning: "", name: "", language: null, url: null, deletedAt: deps.clock.now() })
        .where(eq(apDocuments.uri, own.uri));
      await settleThreads(tx, own.thread === null ? [] : [own.thread]);
      purgeOnCommit(tx, [`own-comments:${userId}`]);
    },
  };
}

async function write(
  tx: Tx,
  { clock, publicUrl }: ServiceDeps,
  comment: Parameters<CommentsService["write"]>[1],
): ReturnType<CommentsService["write"]> {
  const { source, by, text, warning, answers } = comment;
  const place = await findPlace(tx, source);
  if (place === null || (await ruleOf(tx)) === "closed") return { kind: "closed" };
  const thread = await keepThread(tx, source);
  if (thread.isClosed) return { kind: "closed" };
  const [author] = await tx.select({ handle: users.handle }).from(users).where(eq(users.id, by));
  if (author === undefined) throw new CodedError("not-found", "There is no such member.");
  const actor = publicUrl("federation", `/ap/members/${author.handle}`);
  if (await isSuspended(tx, actor)) return { kind: "limited" };
  const about = (await lastName(tx, source)) ?? publicUrl(place.app, place.path);
  const answered = answers === null ? about : await findAnswered(tx, answers, thread.id);
  if (answered === null) return { kind: "gone" };
  const moderation = await firstState(tx, actor);
  const uri = publicUrl("federation", `/ap/objects/${randomUUID()}`);
  // what waits is nobody's yet, on no page of the hub either
  await tx.insert(apDocuments).values({
    ...{ uri, type: "Note", actor, authorId: by, inReplyTo: answered, about, source: text, html: htmlOfTyped(text), warning },
    ...{
      visibility: moderation === "waiting" ? "internal" : "public",
      moderation,
      commentThreadId: thread.id,
      commentRoot: await rootOf(tx, answered, thread.id),
    },
    ...{ publishedAt: clock.now() },
  });
  purgeOnCommit(tx, [`own-comments:${by}`]);
  if (moderation === "waiting") await tellOfWaiting(tx, { uri, authorId: by, threadId: thread.id });
  else {
    await settleThreads(tx, [thread.id]);
    await tellOfComment(tx, "Create", uri);
  }
  return { kind: moderation === "waiting" ? "waits" : "shown" };
}

async function isSuspended(tx: Tx, actor: string): Promise<boolean> {
  const inForce = and(eq(moderationLimits.actor, actor), eq(moderationLimits.kind, "suspended"), isNull(moderationLimits.liftedAt));
  return (await tx.select({ id: moderationLimits.id }).from(moderationLimits).where(inForce)).length > 0;
}

/** The address by which the world knows the thing; null: it was never told of it. */
async function lastName(tx: Tx, { type, id }: { type: string; id: string | number }): Promise<string | null> {
  const [row] = await tx
    .select({ object: apOutgoing.object })
    .from(apOutgoing)
    .where(and(eq(apOutgoing.objectType, type), eq(apOutgoing.objectId, String(id)), sql`${apOutgoing.type} in ('Create', 'Update')`))
    .orderBy(sql`${apOutgoing.id} desc`)
    .limit(1);
  return row?.object ?? null;
}

/** Only what everybody sees is answered. */
async function findAnswered(tx: Tx, key: string, threadId: number): Promise<string | null> {
  const [row] = await tx
    .select({ uri: apDocuments.uri, thread: apDocuments.commentThreadId })
    .from(apDocuments)
    .where(and(eq(apDocuments.id, idOf(key)), isShown));
  return row?.thread === threadId ? row.uri : null;
}

async function findOwn(tx: Tx, userId: UserId, key: string) {
  const [own] = await tx
    .select({ uri: apDocuments.uri, thread: apDocuments.commentThreadId })
    .from(apDocuments)
    .where(and(eq(apDocuments.id, idOf(key)), eq(apDocuments.authorId, userId), isNull(apDocuments.deletedAt)))
    .for("update");
  if (own === undefined) throw new CodedError("not-found", "There is no such comment of yours.", { key });
  return own;
}
