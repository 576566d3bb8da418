import { and, asc, eq, gte, ne, sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import { type EventsService, entryPage } from "../../contracts/events.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { calendars, rooms } from "../../models/calendars.ts";
import { calendarEntries } from "../../models/events.ts";
import { users } from "../../models/identity.ts";
import type { CalendarEntryId } from "../../models/ids.ts";
import { media } from "../../models/media.ts";
import { entryOverrides, occurrences } from "../../models/occurrences.ts";
import { ruleWords } from "../calendars/rule-words.ts";
import { entryCardOf, entryColumns, isShown, selectCards } from "./entry-card.ts";
import { isAhead } from "./list-next-entries.ts";
import { isNextTime } from "./next-time.ts";

const NEXT_OF_CALENDAR = 3;
const NEXT_TIMES = 6;

/** An entry at one of its times, when it comes again, and what its calendar has next. */
export function makeGetEntry({ db, clock, publicUrl }: ServiceDeps): EventsService["getEntry"] {
  const bySlug = prepareEntry(db);
  const nextBeside = prepareNextBeside(db);
  return async (slug, key) => {
    const [[row], next] = await Promise.all([
      bySlug.execute({ slug, key, now: clock.now().toISOString() }),
      nextBeside.execute({ slug, now: clock.now() }),
    ]);
    if (row === undefined) throw new CodedError("not-found", "There is nothing in the calendars at this address.", { slug, key });
    const times = row.isSeries ? await listTimes(db, row.id, new Date(Math.min(row.startsAt.getTime(), clock.now().getTime()))) : [];
    const at = (name: string) => publicUrl("events", `/entries/${row.slug}/${name}`);
    return entryPage.parse({
      ...row,
      entry: entryCardOf(row, publicUrl),
      isFromFeed: row.feedId !== null,
      room: row.roomSlug === null ? null : { name: row.roomName, url: publicUrl("events", `/rooms/${row.roomSlug}`) },
      rule: row.isSeries ? ruleWords(row.recurrence, row.zone) : "",
      times: times.map((time) => ({ ...time, url: at(time.key), isThis: time.key === row.key })),
      next: next.map((entry) => entryCardOf(entry, publicUrl)),
    });
  };
}

function prepareEntry(db: ServiceDeps["db"]) {
  const key = sql`${sql.placeholder("key")}::text`;
  const now = sql`${sql.placeholder("now")}::timestamptz`;
  return db
    .select({
      ...entryColumns,
      id: calendarEntries.id,
      revision: calendarEntries.revision,
      calendarId: calendarEntries.calendarId,
      organiserId: calendarEntries.organiserId,
      feedId: calendarEntries.feedId,
      html: sql<string>`coalesce(${entryOverrides.html}, ${calendarEntries.html})`,
      onlineUrl: sql<string>`coalesce(${entryOverrides.onlineUrl}, ${calendarEntries.onlineUrl})`,
      tags: sql<string[]>`coalesce(${entryOverrides.tags}, ${calendarEntries.tags})`,
      recurrence: calendarEntries.recurrence,
      isTentative: calendarEntries.isTentative,
      isUnplaced: occurrences.isUnplaced,
      movedFrom: sql<Date | null>`coalesce(${entryOverrides.movedFrom}, ${calendarEntries.movedFrom})`.mapWith(calendarEntries.movedFrom),
      roomName: rooms.name,
      roomSlug: rooms.slug,
      organiser: { name: users.name, handle: users.handle },
    })
    .from(occurrences)
    .innerJoin(calendarEntries, eq(calendarEntries.id, occurrences.entryId))
    .innerJoin(calendars, eq(calendars.id, calendarEntries.calendarId))
    .leftJoin(entryOverrides, eq(entryOverrides.id, occurrences.overrideId))
    .leftJoin(rooms, eq(rooms.id, occurrences.roomId))
    .leftJoin(media, eq(media.id, calendarEntries.pictureId))
    .leftJoin(users, eq(users.id, calendarEntries.organiserId))
    .where(
      and(
        isShown,
        eq(calendarEntries.slug, sql.placeholder("slug")),
        sql`case when ${key} is null then ${isNextTime(now)} else ${occurrences.key} = ${key} end`,
      ),
    )
    .prepare("events_entry");
}

/** The times from an instant on. */
function listTimes(db: ServiceDeps["db"], id: CalendarEntryId, from: Date) {
  const { key, startsAt, endsAt, isCancelled } = occurrences;
  return db
    .select({ key, startsAt, endsAt, isCancelled })
    .from(occurrences)
    .where(and(eq(occurrences.entryId, id), gte(endsAt, from)))
    .orderBy(asc(startsAt), asc(occurrences.id))
    .limit(NEXT_TIMES);
}

/** The next entries of the calendar in which the entry of this slug stands, without itself. */
function prepareNextBeside(db: ServiceDeps["db"]) {
  const slug = sql.placeholder("slug");
  const calendarOfSlug = sql`(select calendar_id from calendar_entries as this where this.slug = ${slug})`;
  return selectCards(db)
    .where(and(isShown, eq(calendarEntries.calendarId, calendarOfSlug), ne(calendarEntries.slug, slug), isAhead))
    .orderBy(asc(occurrences.startsAt), asc(occurrences.id))
    .limit(NEXT_OF_CALENDAR)
    .prepare("events_next_beside");
}
