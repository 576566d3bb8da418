import { and, eq, gte, inArray, isNull, ne, type SQL, sql } from "drizzle-orm";
import type { WrittenElsewhere } from "../../contracts/fediverse.ts";
import type { Tx } from "../../contracts/tx.ts";
import { apDocuments } from "../../models/fediverse.ts";
import type { StatusId } from "../../models/ids.ts";
import { apHashtags, apMentions, apPictures, apPollOptions, apPolls, apVersions } from "../../models/statuses.ts";

interface Keeping {
  readonly written: WrittenElsewhere;
  readonly about: string | null;
  isOurs(uri: string): boolean;
}

const TOMBSTONE = { name: "", html: "", source: "", warning: "", language: null, url: null, document: null } as const;

/** Stores or changes what somebody elsewhere wrote, with all that hangs on it; how it stood before is kept. */
export async function keepDocument(tx: Tx, { written, about, isOurs }: Keeping): Promise<boolean> {
  const { mentions, named, tags, poll, document, ...plain } = written;
  const before = await lock(tx, written.uri);
  const thread = await threadOf(tx, written.inReplyTo);
  const row = { ...plain, document: { ...document }, about, thread };
  const { uri, actor: _actor, publishedAt, ...changed } = row;
  const isNewer = sql`coalesce(${apDocuments.updatedAt}, ${apDocuments.publishedAt}) <= coalesce(excluded.updated_at, excluded.published_at)`;
  const [kept] = await tx
    .insert(apDocuments)
    .values(row)
    .onConflictDoUpdate({
      target: apDocuments.uri,
      set: { ...changed, about: sql`coalesce(${apDocuments.about}, excluded.about)` },
      setWhere: sql`${apDocuments.actor} = excluded.actor and ${apDocuments.deletedAt} is null and ${isNewer}`,
    })
    .returning({ id: apDocuments.id });
  if (kept === undefined) return false;
  if (before === null) await joinThreads(tx, uri, thread);
  else if (before.html !== written.html || before.warning !== written.warning) await keepVersion(tx, before, written);
  const addressed = [...new Set([...named, ...mentions.filter(isOurs)])];
  await nameAll(tx, kept.id, { actors: addressed, tags, publishedAt });
  await keepPoll(tx, kept.id, poll);
  return true;
}

/** Leaves Tombstones of some that are not deleted yet; gives how many. */
export async function bury(tx: Tx, which: SQL | undefined): Promise<number> {
  const gone = await tx
    .update(apDocuments)
    .set({ ...TOMBSTONE, deletedAt: sql`now()` })
    .where(and(which, isNull(apDocuments.deletedAt)))
    .returning({ id: apDocuments.id });
  const ids = gone.map(({ id }) => id);
  if (ids.length === 0) return 0;
  for (const table of [apHashtags, apMentions, apPictures, apPollOptions, apPolls, apVersions])
    await tx.delete(table).where(inArray(table.statusId, ids));
  return ids.length;
}

async function lock(tx: Tx, uri: string) {
  const { id, html, warning } = apDocuments;
  const [row] = await tx.select({ id, html, warning }).from(apDocuments).where(eq(apDocuments.uri, uri)).for("update");
  return row ?? null;
}

/** The thread of what it answers, which begins there as far as we know. */
async function threadOf(tx: Tx, inReplyTo: string | null): Promise<string | null> {
  if (inReplyTo === null) return null;
  const [parent] = await tx.select({ thread: apDocuments.thread }).from(apDocuments).where(eq(apDocuments.uri, inReplyTo));
  return parent?.thread ?? inReplyTo;
}

/** What came before it and began with it belongs to its thread now. */
async function joinThreads(tx: Tx, uri: string, thread: string | null): Promise<void> {
  if (thread === null) return;
  await tx
    .update(apDocuments)
    .set({ thread })
    .where(and(eq(apDocuments.thread, uri), ne(apDocuments.uri, uri)));
}

async function keepVersion(tx: Tx, before: { id: StatusId; html: string; warning: string }, { updatedAt, publishedAt }: WrittenElsewhere) {
  const { id: statusId, html, warning } = before;
  await tx.insert(apVersions).values({ statusId, html, warning, replacedAt: updatedAt ?? publishedAt });
}

async function nameAll(
  tx: Tx,
  statusId: StatusId,
  { actors, tags, publishedAt }: { actors: readonly string[]; tags: readonly string[]; publishedAt: Date },
): Promise<void> {
  await tx.delete(apMentions).where(eq(apMentions.statusId, statusId));
  await tx.delete(apHashtags).where(eq(apHashtags.statusId, statusId));
  if (actors.length > 0) await tx.insert(apMentions).values(actors.map((actor) => ({ statusId, actor })));
  if (tags.length > 0) await tx.insert(apHashtags).values(tags.map((tag) => ({ statusId, tag, publishedAt })));
}

async function keepPoll(tx: Tx, statusId: StatusId, poll: WrittenElsewhere["poll"]): Promise<void> {
  if (poll === null) return;
  const { options, isMultiple, endsAt, voters } = poll;
  await tx
    .insert(apPolls)
    .values({ statusId, isMultiple, endsAt, voters })
    .onConflictDoUpdate({ target: apPolls.statusId, set: { isMultiple, endsAt, voters } });
  const isPast = gte(apPollOptions.position, options.length);
  await tx.delete(apPollOptions).where(and(eq(apPollOptions.statusId, statusId), isPast));
  await tx
    .insert(apPollOptions)
    .values(options.map((option, position) => ({ statusId, position, ...option })))
    .onConflictDoUpdate({
      target: [apPollOptions.statusId, apPollOptions.position],
      set: { name: sql`excluded.name`, votes: sql`excluded.votes` },
    });
}
