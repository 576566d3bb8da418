import { randomUUID } from "node:crypto";
import { and, eq, inArray, sql } from "drizzle-orm";
import { Temporal } from "temporal-polyfill";
import type { ChangeResult, EntryDraft } from "../../contracts/calendar-desk.ts";
import type { Tx } from "../../contracts/tx.ts";
import { type Moment, writeMoment, zoned } from "../../infrastructure/ical/index.ts";
import { calendarEntries } from "../../models/events.ts";
import { entryOverrides, occurrences } from "../../models/occurrences.ts";
import { freeAddress, slugOf } from "../slugs.ts";
import { carryOver } from "../tickets/carry-over.ts";
import { checkDraft, type DraftColumns } from "./check-draft.ts";
import { type EntryModel, eventsOf, momentOf, momentOfKey, type OverrideRow, occurrenceKey, readPlanned } from "./entry-model.ts";
import { expandEntry } from "./expand-entry.ts";
import type { OpenRoom } from "./rights.ts";
import { allOrNothing, COUNTED_UP, settleTimes } from "./save-entry.ts";
import { splitSeries } from "./split-series.ts";

/** A change to an entry whose row the caller holds. */
export interface EntryChange {
  readonly model: EntryModel;
  readonly draft: EntryDraft;
  readonly rooms: readonly OpenRoom[];
  readonly now: Date;
}

type Changed = ChangeResult & { newId?: EntryModel["entry"]["id"] };

/** All times of an entry. Single ones that were changed keep to the time they stood for, moved as far as the series was. */
export async function changeAll(tx: Tx, { model, draft, rooms, now }: EntryChange): Promise<Changed> {
  const { entry } = model;
  const checked = checkDraft(draft, rooms);
  if (checked.kind === "wrong") return checked;
  const { columns } = checked;
  const before = startOf(model);
  const moved = momentOf(columns.startsLocal, columns);
  const isMoved = isOtherTime(entry, columns);
  return allOrNothing(tx, async (inner) => {
    const wasAt =
      entry.startsAt.getTime() !== columns.startsAt.getTime() && entry.status === "confirmed" ? { movedFrom: entry.startsAt } : {};
    await inner
      .update(calendarEntries)
      .set({ ...columns, ...wasAt, ...COUNTED_UP })
      .where(eq(calendarEntries.id, entry.id));
    await shiftOverrides(inner, model.overrides, { by: moved.local.since(before.local, { largestUnit: "days" }), like: moved });
    const dropped = isMoved ? await dropStrays(inner, model, now) : 0;
    await settleTimes(inner, entry.id, { now, isMoved: isMoved && entry.status !== "cancelled" });
    if (isMoved && entry.recurrence.length > 0 && columns.recurrence.length > 0)
      await carryOver(inner, { from: entry.id, to: entry.id, keyAt: (its) => laterKey(entry, its, { from: before, moved }) });
    return { kind: "changed", slug: entry.slug, dropped } as const;
  });
}

/** One time of a series. */
export async function changeThis(tx: Tx, { model, draft, rooms, now }: EntryChange, key: string): Promise<Changed> {
  const { entry } = model;
  const planned = await plannedAt(tx, model, key);
  if (planned === null) return { kind: "gone" };
  const checked = checkDraft({ ...draft, recurrence: [] }, rooms);
  if (checked.kind === "wrong") return checked;
  const { columns } = checked;
  return allOrNothing(tx, async (inner) => {
    const known = model.overrides.find((override) => override.key === key && !override.isFollowing);
    const was = known ? momentOf(known.startsLocal, known) : planned;
    const isElsewhere = columns.roomId === null && entry.roomId !== null;
    const row = {
      ...{ entryId: entry.id, key, planned: writeMoment(planned), isFollowing: false, isElsewhere, isCancelled: false, extra: entry.extra },
      ...onlyWhatDiffers(entry, columns),
      ...{
        startsLocal: columns.startsLocal,
        duration: columns.duration,
        isExact: columns.isExact,
        zone: columns.zone,
        isAllDay: columns.isAllDay,
      },
      movedFrom:
        columns.startsLocal === sqlClock(planned) ? null : new Date(zoned({ ...was, zone: was.zone ?? entry.zone }).epochMilliseconds),
      ...{ sequence: entry.sequence + 1, stampedAt: now },
    };
    await inner
      .insert(entryOverrides)
      .values(row)
      .onConflictDoUpdate({ target: [entryOverrides.entryId, entryOverrides.key, entryOverrides.isFollowing], set: row });
    await inner.update(calendarEntries).set(COUNTED_UP).where(eq(calendarEntries.id, entry.id));
    await settleTimes(inner, entry.id, { now, isMoved: entry.status !== "cancelled" });
    return { kind: "changed", slug: entry.slug, dropped: 0 } as const;
  });
}

/** A time and all after it: they become a series of their own, as other calendars understand it. */
export async function changeFollowing(tx: Tx, change: EntryChange, key: string): Promise<Changed> {
  const { model, draft, rooms, now } = change;
  const { entry } = model;
  const planned = await plannedAt(tx, model, key);
  if (planned === null) return { kind: "gone" };
  if (zoned(planned).epochMilliseconds <= zoned(startOf(model)).epochMilliseconds) return changeAll(tx, change);
  const checked = checkDraft(draft, rooms);
  if (checked.kind === "wrong") return checked;
  const { columns } = checked;
  const slug = await freeAddress(tx, "calendar_entries.slug", slugOf(columns.title, "entry"));
  return allOrNothing(tx, async (inner) => {
    await endBefore(inner, change, planned);
    const { calendarId, organiserId, organiserName, organiserAddress, pictureId, status, extra } = entry;
    const kept = { calendarId, organiserId, organiserName, organiserAddress, pictureId, status, extra };
    const [made] = await inner
      .insert(calendarEntries)
      .values({ ...kept, ...columns, slug, uid: randomUUID(), continues: [...entry.continues, entry.id] })
      .returning({ id: calendarEntries.id });
    if (!made) throw new Error("a series was not made");
    const moved = momentOf(columns.startsLocal, columns);
    const later = model.overrides.filter((override) => !isBefore(override, planned));
    if (later.length > 0)
      await inner
        .update(entryOverrides)
        .set({ entryId: made.id })
        .where(inArray(entryOverrides.id, idsOf(later)));
    await shiftOverrides(inner, later, { by: moved.local.since(planned.local, { largestUnit: "days" }), like: moved });
    await settleTimes(inner, entry.id, { now, isMoved: false });
    const dropped = await dropStrays(inner, { entry: { ...entry, id: made.id }, overrides: later }, now);
    await settleTimes(inner, made.id, { now, isMoved: true });
    await carryOver(inner, { from: entry.id, to: made.id, keyAt: (its) => laterKey(entry, its, { from: planned, moved }) });
    return { kind: "changed", slug, dropped, newId: made.id } as const;
  });
}

/** What the time under a key is called where its series begins at another moment; null: it is before the first that moves. */
function laterKey(entry: EntryModel["entry"], key: string, { from, moved }: { from: Moment; moved: Moment }): string | null {
  const its = momentOfKey(key, entry);
  if (its === null || Temporal.PlainDateTime.compare(its.local, from.local) < 0) return null;
  return occurrenceKey({ ...moved, local: its.local.add(moved.local.since(from.local, { largestUnit: "days" })) });
}

/** Takes a time and all after it off. */
export async function endSeries(tx: Tx, change: Omit<EntryChange, "draft" | "rooms">, key: string): Promise<Changed> {
  const { model, now } = change;
  const planned = await plannedAt(tx, model, key);
  if (planned === null) return { kind: "gone" };
  return allOrNothing(tx, async (inner) => {
    await endBefore(inner, change, planned);
    const later = model.overrides.filter((override) => !isBefore(override, planned));
    if (later.length > 0) await inner.delete(entryOverrides).where(inArray(entryOverrides.id, idsOf(later)));
    await settleTimes(inner, model.entry.id, { now, isMoved: false });
    return { kind: "changed", slug: model.entry.slug, dropped: 0 } as const;
  });
}

/** Strikes one time through, or takes that back. */
export async function cancelThis(
  tx: Tx,
  { model, now }: Omit<EntryChange, "draft" | "rooms">,
  key: string,
  isCancelled: boolean,
): Promise<Changed> {
  const { entry } = model;
  const planned = await plannedAt(tx, model, key);
  if (planned === null) return { kind: "gone" };
  return allOrNothing(tx, async (inner) => {
    const mark = { isCancelled, sequence: entry.sequence + 1, stampedAt: now };
    const [master] = eventsOf(model);
    const clock = { zone: entry.zone, isAllDay: entry.isAllDay, isFloating: entry.isFloating, isExact: entry.isExact };
    await inner
      .insert(entryOverrides)
      .values({
        ...{ entryId: entry.id, key, planned: writeMoment(planned), startsLocal: sqlClock(planned), extra: entry.extra },
        ...{ duration: master?.length.duration.toString() ?? "PT0S", ...clock, ...mark },
      })
      .onConflictDoUpdate({ target: [entryOverrides.entryId, entryOverrides.key, entryOverrides.isFollowing], set: mark });
    await inner.update(calendarEntries).set(COUNTED_UP).where(eq(calendarEntries.id, entry.id));
    await settleTimes(inner, entry.id, { now, isMoved: true });
    return { kind: "changed", slug: entry.slug, dropped: 0 } as const;
  });
}

/** What an entry is, from one of its times on, for whoever edits it: the rules count on from there. */
export function linesFrom(model: EntryModel, planned: Moment): readonly string[] {
  return splitSeries(model.entry.recurrence, startOf(model), planned).after;
}

function startOf(model: EntryModel): Moment {
  const [master] = eventsOf(model);
  if (!master) throw new Error("an entry without its series");
  return master.start;
}

async function endBefore(tx: Tx, { model }: { model: EntryModel }, planned: Moment): Promise<void> {
  const { before } = splitSeries(model.entry.recurrence, startOf(model), planned);
  await tx
    .update(calendarEntries)
    .set({ recurrence: [...before], ...COUNTED_UP })
    .where(eq(calendarEntries.id, model.entry.id));
}

/** The planned start that a key names, if the entry has a time of that name. */
async function plannedAt(tx: Tx, { entry }: EntryModel, key: string): Promise<Moment | null> {
  const [found] = await tx
    .select({ key: occurrences.key })
    .from(occurrences)
    .where(and(eq(occurrences.entryId, entry.id), eq(occurrences.key, key)));
  return found ? momentOfKey(key, entry) : null;
}

const sqlClock = ({ local }: Moment) => local.toString({ smallestUnit: "second" }).replace("T", " ");
const idsOf = (rows: readonly OverrideRow[]) => rows.map(({ id }) => id);

function isBefore(override: OverrideRow, planned: Moment): boolean {
  return Temporal.PlainDateTime.compare(readPlanned(override.planned).local, planned.local) < 0;
}

function isOtherTime(entry: EntryModel["entry"], columns: DraftColumns): boolean {
  return (
    entry.startsAt.getTime() !== columns.startsAt.getTime() ||
    entry.endsAt.getTime() !== columns.endsAt.getTime() ||
    entry.zone !== columns.zone ||
    entry.isAllDay !== columns.isAllDay ||
    entry.roomId !== columns.roomId ||
    entry.recurrence.join("\n") !== columns.recurrence.join("\n")
  );
}

/** Of the words of one time those that are not the series' own. */
function onlyWhatDiffers(entry: EntryModel["entry"], columns: DraftColumns) {
  const own = <T>(mine: T, theirs: T): T | null => (mine === theirs ? null : mine);
  const isOtherText = columns.text !== entry.text && !(entry.text === "" && columns.html === entry.html);
  return {
    title: own(columns.title, entry.title),
    summary: own(columns.summary, entry.summary),
    text: isOtherText ? columns.text : null,
    html: isOtherText ? columns.html : null,
    place: own(columns.place, entry.place),
    roomId: own(columns.roomId, entry.roomId),
    onlineUrl: own(columns.onlineUrl, entry.onlineUrl),
    tags: columns.tags.join() === entry.tags.join() ? null : columns.tags,
  };
}

/** Gives changed times the planned starts that the series has now. */
async function shiftOverrides(tx: Tx, rows: readonly OverrideRow[], { by, like }: { by: Temporal.Duration; like: Moment }): Promise<void> {
  if (by.blank && rows.every(({ isAllDay, zone }) => isAllDay === like.isAllDay && (like.zone === null || zone === like.zone))) return;
  for (const row of rows) {
    const planned = { ...like, local: readPlanned(row.planned).local.add(by) };
    await tx
      .update(entryOverrides)
      .set({ key: `~${row.id}`, planned: writeMoment(planned) }) // first out of each other's way
      .where(eq(entryOverrides.id, row.id));
  }
  for (const row of rows) {
    const planned = { ...like, local: readPlanned(row.planned).local.add(by) };
    await tx
      .update(entryOverrides)
      .set({ key: occurrenceKey(planned) })
      .where(eq(entryOverrides.id, row.id));
  }
}

/** Removes changes of single times that the series does not have any more, in the span that is known. Gives how many. */
async function dropStrays(tx: Tx, { entry: { id }, overrides }: EntryModel, now: Date): Promise<number> {
  if (overrides.length === 0) return 0;
  const [entry] = await tx.select().from(calendarEntries).where(eq(calendarEntries.id, id));
  if (!entry) return 0;
  const { rows, from, to } = expandEntry({ entry, overrides: [] }, now);
  const keys = rows.map(({ key }) => key);
  const day = (at: Date) => at.toISOString().slice(0, 10).replaceAll("-", "");
  const gone = await tx
    .delete(entryOverrides)
    .where(
      and(
        eq(entryOverrides.entryId, id),
        sql`not ${entryOverrides.key} = any(${sql.param(keys)}::text[])`,
        sql`left(${entryOverrides.key}, 8) between ${day(from)} and ${day(to)}`,
      ),
    )
    .returning({ id: entryOverrides.id });
  return gone.length;
}
