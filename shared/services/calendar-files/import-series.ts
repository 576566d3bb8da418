import { createHash } from "node:crypto";
import { and, eq, inArray, sql } from "drizzle-orm";
import { Temporal } from "temporal-polyfill";
import type { ImportedEvent, ImportedSeries, ImportLine, ImportOutcome } from "../../contracts/calendar-files.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import { htmlOfLightText } from "../../infrastructure/light-text.ts";
import { calendars } from "../../models/calendars.ts";
import { calendarEntries } from "../../models/events.ts";
import type { CalendarEntryId, CalendarFeedId, CalendarId, UserId } from "../../models/ids.ts";
import { entryOverrides } from "../../models/occurrences.ts";
import { keepOccurrences, lockEntry } from "../calendars/keep-occurrences.ts";
import { freeAddress, slugOf } from "../slugs.ts";

/** Where series are taken to. */
export interface ImportTarget {
  readonly calendarId: CalendarId;
  readonly feedId: CalendarFeedId | null;
}

interface Known {
  readonly id: CalendarEntryId;
  readonly uid: string;
  readonly feedId: CalendarFeedId | null;
  readonly sequence: number;
  readonly importDigest: string | null;
}

const MOST_DAYS = 400;

/** What would become of each series. */
export async function previewSeries(db: Db | Tx, target: ImportTarget, series: readonly ImportedSeries[]): Promise<ImportLine[]> {
  const known = await readKnown(db, target, series);
  return series.map((one) => lineOf(one, outcomeOf(one, known.get(one[0]?.uid ?? ""), target)));
}

/** Takes each series that is new or changed into its calendar, with its times. */
export async function importSeries(
  tx: Tx,
  target: ImportTarget & { by: UserId | null; now: Date },
  series: readonly ImportedSeries[],
): Promise<{ lines: ImportLine[]; written: { id: CalendarEntryId; isNew: boolean }[] }> {
  const known = await readKnown(tx, target, series);
  const [calendar] = await tx.select({ zone: calendars.zone }).from(calendars).where(eq(calendars.id, target.calendarId)).for("key share");
  const lines: ImportLine[] = [];
  const written: { id: CalendarEntryId; isNew: boolean }[] = [];
  for (const one of series) {
    const there = known.get(one[0]?.uid ?? "");
    const outcome = calendar ? outcomeOf(one, there, target) : "unusable";
    lines.push(lineOf(one, outcome));
    if (!calendar || (outcome !== "new" && outcome !== "changed")) continue;
    const id = await writeSeries(tx, one, { ...target, id: there?.id ?? null, zone: calendar.zone });
    const model = await lockEntry(tx, id);
    if (model) await keepOccurrences(tx, model, target.now);
    written.push({ id, isNew: outcome === "new" });
  }
  return { lines, written };
}

async function readKnown(
  from: Db | Tx,
  { calendarId }: ImportTarget,
  series: readonly ImportedSeries[],
): Promise<ReadonlyMap<string, Known>> {
  const uids = series.flatMap(([first]) => first?.uid ?? []);
  if (uids.length === 0) return new Map();
  const { id, uid, feedId, sequence, importDigest } = calendarEntries;
  const rows = await from
    .select({ id, uid, feedId, sequence, importDigest })
    .from(calendarEntries)
    .where(and(eq(calendarEntries.calendarId, calendarId), inArray(uid, uids)));
  return new Map(rows.map((row) => [row.uid, row]));
}

function outcomeOf(series: ImportedSeries, known: Known | undefined, { feedId }: ImportTarget): ImportOutcome {
  if (unusable(series) !== "") return "unusable";
  if (!known) return "new";
  if (known.feedId !== feedId) return "foreign";
  if (known.importDigest === digestOf(series)) return "same";
  const sequence = series[0]?.sequence ?? 0;
  return feedId === null && sequence < known.sequence ? "older" : "changed";
}

const NOTES: Record<ImportOutcome, string> = {
  new: "",
  changed: "",
  same: "",
  older: "What is here is of a later version: it stays.",
  foreign: "It is in this calendar already, and comes from elsewhere.",
  unusable: "",
};

function lineOf(series: ImportedSeries, outcome: ImportOutcome): ImportLine {
  const [first] = series;
  return { uid: first?.uid ?? "", title: first?.title ?? "", outcome, note: outcome === "unusable" ? unusable(series) : NOTES[outcome] };
}

/** Why it can't stand in a calendar, in words; empty: it can. */
function unusable(series: ImportedSeries): string {
  for (const { startsLocal, duration } of series) {
    const year = Number(startsLocal.slice(0, 4));
    if (year < 1900 || year > 2199) return `It is in the year ${year}.`;
    if (Temporal.Duration.from(duration).total({ unit: "days", relativeTo: "2026-01-01" }) > MOST_DAYS)
      return `It takes longer than ${MOST_DAYS} days.`;
  }
  return series.length === 0 ? "There is nothing of it." : "";
}

/** Of what is said, without when it was written, which programs say anew each time, and without the page about it: ours is named in what we publish. */
function digestOf(series: ImportedSeries): string {
  const said = series.map(({ stampedAt: _written, ...event }) => ({
    ...event,
    extra: event.extra.filter((line) => !/^URL[;:]/i.test(line)),
  }));
  return createHash("sha256").update(JSON.stringify(said)).digest("base64url");
}

type Place = ImportTarget & { id: CalendarEntryId | null; zone: string };

async function writeSeries(tx: Tx, series: ImportedSeries, place: Place): Promise<CalendarEntryId> {
  const [master, ...others] = series;
  if (!master) throw new Error("a series of nothing");
  const id = await writeMaster(tx, master, digestOf(series), place);
  await tx.delete(entryOverrides).where(eq(entryOverrides.entryId, id));
  if (others.length > 0) {
    const rows = others.map((event) => overrideOf(event, master, { entryId: id, zone: place.zone }));
    await tx.insert(entryOverrides).values(rows).onConflictDoNothing();
  }
  return id;
}

async function writeMaster(
  tx: Tx,
  event: ImportedEvent,
  importDigest: string,
  { calendarId, feedId, id, zone }: Place,
): Promise<CalendarEntryId> {
  const { title, text, place, onlineUrl, tags, organiserName, organiserAddress, sequence, uid } = event;
  const status: "cancelled" | "confirmed" = event.isCancelled ? "cancelled" : "confirmed";
  const columns = {
    ...{
      title: title || "Without a name",
      summary: "",
      text,
      html: htmlOfLightText(text),
      place,
      roomId: null,
      onlineUrl,
      tags: [...tags],
    },
    ...{ organiserName, organiserAddress, sequence, importDigest, extra: [...event.extra], recurrence: [...event.recurrence] },
    ...{ status, isTentative: event.isTentative, stampedAt: event.stampedAt ?? sql`now()` },
    ...timeOf(event, zone),
  };
  if (id !== null) {
    const counted = { revision: sql`${calendarEntries.revision} + 1`, updatedAt: sql`now()` };
    await tx
      .update(calendarEntries)
      .set({ ...columns, ...counted })
      .where(eq(calendarEntries.id, id));
    return id;
  }
  const slug = await freeAddress(tx, "calendar_entries.slug", slugOf(title, "entry"));
  const [made] = await tx
    .insert(calendarEntries)
    .values({ ...columns, calendarId, feedId, uid, slug })
    .returning({ id: calendarEntries.id });
  if (!made) throw new Error("an entry was not made");
  return made.id;
}

/** What floats, and days, are meant by the clocks of the calendar. */
function timeOf({ zone, isAllDay, startsLocal, duration, isExact }: ImportedEvent, ofCalendar: string) {
  const at = zone ?? ofCalendar;
  const start = Temporal.PlainDateTime.from(startsLocal).toZonedDateTime(at);
  const length = Temporal.Duration.from(duration);
  const end = isExact && !isAllDay ? start.toInstant().add(length) : start.add(length).toInstant();
  return {
    ...{ zone: at, isFloating: zone === null && !isAllDay, isAllDay, isExact, duration, startsLocal: startsLocal.replace("T", " ") },
    ...{ startsAt: new Date(start.epochMilliseconds), endsAt: new Date(end.epochMilliseconds) },
  };
}

function overrideOf(event: ImportedEvent, master: ImportedEvent, { entryId, zone }: { entryId: CalendarEntryId; zone: string }) {
  const own = <T>(mine: T, theirs: T): T | null => (mine === theirs ? null : mine);
  const { startsAt: _startsAt, endsAt: _endsAt, ...time } = timeOf(event, zone);
  const isOtherText = event.text !== master.text;
  return {
    ...{ entryId, key: event.key ?? "", planned: event.planned, isFollowing: event.isFollowing },
    ...{ title: own(event.title, master.title), place: own(event.place, master.place), onlineUrl: own(event.onlineUrl, master.onlineUrl) },
    ...{ text: isOtherText ? event.text : null, html: isOtherText ? htmlOfLightText(event.text) : null },
    tags: event.tags.join("\n") === master.tags.join("\n") ? null : [...event.tags],
    ...{
      isCancelled: event.isCancelled && !master.isCancelled,
      isTentative: event.isTentative,
      sequence: event.sequence,
      extra: [...event.extra],
    },
    ...{ ...time, stampedAt: event.stampedAt ?? new Date() },
  };
}
