import { and, eq, inArray, isNull, ne, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { CommentsService } from "../../contracts/comments.ts";
import type { CacheTag } from "../../contracts/tags.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import { commentThreads } from "../../models/comments.ts";
import type { Visibility } from "../../models/federation.ts";
import { apDocuments } from "../../models/fediverse.ts";
import type { StatusId, ThreadId, UserId } from "../../models/ids.ts";
import { tellOfComment } from "./tell.ts";
import { keepThread, settleThreads } from "./threads.ts";

type Decisions = Pick<CommentsService, "approve" | "hide" | "closeThread">;
type Decision = { by: UserId; reason: string };

export function makeDecisions({ audit }: { audit: AuditService }): Decisions {
  return {
    approve: (tx, uris, decision) => decide(tx, audit, uris, { ...decision, to: "shown" }),
    hide: (tx, uris, decision) => decide(tx, audit, uris, { ...decision, to: "hidden" }),
    async closeThread(tx, source, isClosed, by) {
      const { id, isClosed: before } = await keepThread(tx, source);
      await tx.update(commentThreads).set({ isClosed }).where(eq(commentThreads.id, id));
      await settleThreads(tx, [id]);
      const subject = `comments:${source.type}:${source.id}`;
      await audit.record(tx, {
        app: "federation",
        by,
        action: isClosed ? "close comments" : "open comments",
        subject,
        reason: "",
        before: { isClosed: before },
        after: { isClosed },
      });
    },
  };
}

/** Conditional: of two stewards one decides. What is shown now for the first time goes out; what the world knew is taken back. */
async function decide(
  tx: Tx,
  audit: AuditService,
  uris: readonly string[],
  { by, reason, to }: Decision & { to: "shown" | "hidden" },
): Promise<number> {
  const before = await tx
    .select({ uri: apDocuments.uri, state: apDocuments.moderation, visibility: apDocuments.visibility })
    .from(apDocuments)
    .where(and(inArray(apDocuments.uri, [...uris]), ne(apDocuments.moderation, to), isNull(apDocuments.deletedAt)))
    .orderBy(apDocuments.uri)
    .for("update");
  if (before.length === 0) return 0;
  const changed = before.map(({ uri }) => uri);
  const rows = await tx
    .update(apDocuments)
    .set({ moderation: to, moderatedBy: by, moderatedAt: sql`now()`, moderationReason: reason, visibility: visibilityOf(to) })
    .where(inArray(apDocuments.uri, changed))
    .returning({ uri: apDocuments.uri, id: apDocuments.id, thread: apDocuments.commentThreadId, authorId: apDocuments.authorId });
  purgeOnCommit(
    tx,
    rows.flatMap(({ authorId }): CacheTag[] => (authorId === null ? [] : [`own-comments:${authorId}`])),
  );
  await settleThreads(
    tx,
    rows.flatMap(({ thread }): ThreadId[] => (thread === null ? [] : [thread])),
  );
  for (const { uri, state, visibility } of before) {
    const row = rows.find((one) => one.uri === uri);
    if (to === "shown") await tellOfComment(tx, "Create", uri);
    else if (row?.thread === null) await takeBackPost(tx, { ...row, visibility });
    else if (state === "shown") await tellOfComment(tx, "Delete", uri);
    const action = to === "shown" ? "show comment" : "hide comment";
    await audit.record(tx, { app: "federation", by, action, subject: uri, reason, before: { state }, after: { state: to } });
  }
  return rows.length;
}

/** A member's post of the hub: whoever elsewhere has it is told to drop it. Once it is shown again it stays away there, as nobody takes up what was deleted. */
async function takeBackPost(
  tx: Tx,
  { id, authorId, visibility }: { id: StatusId; authorId: UserId | null; visibility: Visibility },
): Promise<void> {
  if (authorId === null) return;
  const details = { path: `/posts/${id}` };
  await emitActivity(tx, {
    originApp: "federation",
    actorId: authorId,
    type: "Delete",
    object: { type: "Status", id },
    details,
    visibility,
  });
}

/** What members wrote here is on no page at all while it is taken away; what others wrote is theirs to show elsewhere. */
const visibilityOf = (to: "shown" | "hidden") =>
  sql`case when ${apDocuments.authorId} is null or ${apDocuments.commentThreadId} is null then ${apDocuments.visibility} else ${to === "shown" ? "public" : "internal"} end`;
