import { and, eq, isNull, sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import { type Reader, STATUS_LIMITS, type StatusDraft, type StatusesService } from "../../contracts/statuses.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { sanitiseHtml } from "../../infrastructure/sanitise-html.ts";
import { apDocuments } from "../../models/fediverse.ts";
import type { StatusId } from "../../models/ids.ts";
import { htmlOfText, tagsIn } from "../../models/status-text.ts";
import { apBookmarks, apHashtags, apMentions, apPictures, apPins, apPollOptions, apPolls, apVersions } from "../../models/statuses.ts";
import { arrive } from "../comments/arrive.ts";
import { settleThreadsOf } from "../comments/threads.ts";
import { refuseSuspended } from "../moderation/refuse-suspended.ts";
import type { StatusParts } from "./parts.ts";
import { maySee } from "./visible.ts";

type Composing = Pick<StatusesService, "compose" | "edit" | "remove">;
type Words = Pick<StatusDraft, "text" | "mentions">;

/** What a new status answers: a status, or something else of ours. */
interface Place {
  readonly inReplyTo: string | null;
  readonly thread: string | null;
  readonly about: string | null;
  /** Who wrote what it answers: they hear of it, named or not. */
  readonly to: string | null;
}

export function makeComposing(parts: StatusParts): Composing {
  return {
    async compose(tx, author, draft) {
      refuseWhatIsNone(draft);
      await refuseSuspended(tx, parts.actorOf(author));
      const me = parts.actorOf(author);
      const { to, ...place } = await placeOf(parts, tx, author, draft);
      const id = await nextId(tx);
      const publishedAt = parts.clock.now();
      const { language, visibility, warning, poll } = draft;
      await tx.insert(apDocuments).values({
        ...{ id, uri: parts.publicUrl("federation", `/posts/${id}`), url: parts.publicUrl("federation", `/posts/${id}`), actor: me },
        ...{ authorId: author.userId, type: poll === null ? "Note" : "Question", source: draft.text, html: htmlOf(parts, draft) },
        ...{ warning, language, visibility, publishedAt, ...place },
      });
      await nameAll(tx, id, { draft, publishedAt, to: to === me ? null : to });
      if (draft.pictures.length > 0)
        await tx.insert(apPictures).values(draft.pictures.map((one, position) => ({ statusId: id, position, ...one })));
      if (poll !== null) {
        await tx.insert(apPolls).values({ statusId: id, isMultiple: poll.isMultiple, endsAt: poll.endsAt });
        await tx.insert(apPollOptions).values(poll.options.map((name, position) => ({ statusId: id, position, name })));
      }
      await tell(tx, author, { id, type: "Create", visibility });
      await arrive(tx, parts.publicUrl("federation", `/posts/${id}`)); // an answer to what a service published is a comment there
      return id;
    },
    async edit(tx, author, id, draft) {
      const before = await lockOwn(tx, author, id);
      refuseWhatIsNone({ ...draft, poll: null });
      const now = parts.clock.now();
      const { html, source, warning, visibility, publishedAt } = before;
      await tx.insert(apVersions).values({ statusId: id, html, source, warning, replacedAt: now });
      await tx
        .update(apDocuments)
        .set({ source: draft.text, html: htmlOf(parts, draft), warning: draft.warning, language: draft.language, updatedAt: now })
        .where(eq(apDocuments.id, id));
      await tx.delete(apHashtags).where(eq(apHashtags.statusId, id)); // who was named stays so: they have it
      await nameAll(tx, id, { draft, publishedAt, to: null });
      for (const { mediaId, alt } of draft.pictures)
        await tx
          .update(apPictures)
          .set({ alt })
          .where(and(eq(apPictures.statusId, id), eq(apPictures.mediaId, mediaId)));
      await tell(tx, author, { id, type: "Update", visibility });
      await settleThreadsOf(tx, eq(apDocuments.id, id));
    },
    async remove(tx, author, id) {
      const { visibility } = await lockOwn(tx, author, id);
      await tx
        .update(apDocuments)
        .set({ html: "", source: "", warning: "", name: "", language: null, url: null, deletedAt: parts.clock.now() })
        .where(eq(apDocuments.id, id));
      for (const table of [apHashtags, apPictures, apPollOptions, apPolls, apVersions, apPins, apBookmarks])
        await tx.delete(table).where(eq(table.statusId, id)); // who was named is told, and stays
      await tell(tx, author, { id, type: "Delete", visibility });
      await settleThreadsOf(tx, eq(apDocuments.id, id));
    },
  };
}

function refuseWhatIsNone({ text, pictures, poll, warning }: Pick<StatusDraft, "text" | "pictures" | "poll" | "warning">): void {
  const isEmpty = text.trim() === "" && pictures.length === 0;
  const isTooMuch = text.length > STATUS_LIMITS.text || warning.length > STATUS_LIMITS.warning || pictures.length > STATUS_LIMITS.pictures;
  const isOddPoll = poll !== null && (poll.options.length < 2 || poll.options.length > STATUS_LIMITS.options || pictures.length > 0);
  if (isEmpty || isTooMuch || isOddPoll) throw new CodedError("invalid-request", "That is no post: it is empty, or too much.");
}

/** Throws not-found for what the author may not see: it can't be answered either. */
async function placeOf(parts: StatusParts, tx: Tx, author: Reader, { answers, about }: StatusDraft): Promise<Place> {
  if (answers === null) return { inReplyTo: about, thread: about, about, to: null };
  const { rows } = await tx.execute<{ uri: string; thread: string; about: string | null; actor: string }>(sql`
    select d.uri, coalesce(d.thread, d.uri) as thread, d.about, d.actor from ap_documents d
    where d.id = ${answers} and ${maySee(await parts.eyesOf(author))}`);
  const [parent] = rows;
  if (parent === undefined) throw new CodedError("not-found", "What you answer is gone, or not for you.");
  return { inReplyTo: parent.uri, thread: parent.thread, about: parent.about, to: parent.actor };
}

/** Drawn before the row is there: its address is made of it. */
async function nextId(tx: Tx): Promise<StatusId> {
  const { rows } = await tx.execute<{ id: string }>(sql`select nextval(pg_get_serial_sequence('ap_documents', 'id')) as id`);
  return Number(rows[0]?.id) as StatusId;
}

function htmlOf({ publicUrl }: StatusParts, { text, mentions }: Words): string {
  const uris = new Map(mentions.map(({ handle, uri }) => [handle.toLowerCase(), uri]));
  return sanitiseHtml(
    htmlOfText(text, {
      mention: (handle) => uris.get(handle) ?? null,
      tag: (tag) => publicUrl("federation", `/tags/${encodeURIComponent(tag)}`),
    }),
  );
}

/** Writes down whom it names and under which tags it is found. */
async function nameAll(
  tx: Tx,
  statusId: StatusId,
  { draft, publishedAt, to }: { draft: Words; publishedAt: Date; to: string | null },
): Promise<void> {
  const named = new Set([...draft.mentions.map(({ uri }) => uri), ...(to === null ? [] : [to])]);
  const actors = [...named].slice(0, STATUS_LIMITS.mentions);
  const tags = tagsIn(draft.text).slice(0, STATUS_LIMITS.tags);
  if (actors.length > 0)
    await tx
      .insert(apMentions)
      .values(actors.map((actor) => ({ statusId, actor })))
      .onConflictDoNothing();
  if (tags.length > 0) await tx.insert(apHashtags).values(tags.map((tag) => ({ statusId, tag, publishedAt })));
}

async function lockOwn(tx: Tx, author: Reader, id: StatusId) {
  const isOwn = and(eq(apDocuments.id, id), eq(apDocuments.authorId, author.userId), isNull(apDocuments.deletedAt));
  const [row] = await tx
    .select({
      ...{ html: apDocuments.html, source: apDocuments.source, warning: apDocuments.warning },
      ...{ visibility: apDocuments.visibility, publishedAt: apDocuments.publishedAt },
    })
    .from(apDocuments)
    .where(isOwn)
    .for("update");
  if (row === undefined) throw new CodedError("not-found", "There is no such post of yours.");
  return row;
}

async function tell(
  tx: Tx,
  { userId }: Reader,
  { id, type, visibility }: { id: StatusId; type: "Create" | "Update" | "Delete"; visibility: typeof apDocuments.$inferSelect.visibility },
): Promise<void> {
  const object = { type: "Status", id };
  await emitActivity(tx, { originApp: "federation", actorId: userId, type, object, details: { path: `/posts/${id}` }, visibility });
}
