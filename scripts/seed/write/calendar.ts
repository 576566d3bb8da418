import { calendarKeepers, calendarRooms, calendars, rooms } from "@rose-ash/shared/models/calendars.ts";
import { calendarEntries } from "@rose-ash/shared/models/events.ts";
import type { CalendarEntryId, CalendarId, RoomId, UserId } from "@rose-ash/shared/models/ids.ts";
import { ticketBoxes, ticketTypes } from "@rose-ash/shared/models/tickets.ts";
import { reclaim } from "@rose-ash/shared/services/calendars/keep-occurrences.ts";
import { inArray } from "drizzle-orm";
import { calendarOf, plannedFrom, ZONE } from "../content/calendar.ts";
import { CALENDARS, ROOMS } from "../content/calendars.ts";
import type { SeedContext } from "../context.ts";
import { htmlOf } from "../html.ts";
import { type Ids, idOf, idsOf } from "../keyed.ts";
import type { PlannedEntry } from "../time/plan-month.ts";
import { type Places, writeSeries } from "./series.ts";

/** What is planned for this month and the next, and the ids of the entries that were not there before. */
export interface WrittenCalendar {
  planned: readonly PlannedEntry[];
  announced: Ids<CalendarEntryId>;
}

/** Makes the calendars, their rooms, their series, and the entries of this month and the next, as far as they are not there. */
export async function writeCalendar(context: SeedContext, people: Ids<UserId>): Promise<WrittenCalendar> {
  const { tx, now } = context;
  const planned = plannedFrom(now);
  const slugs = planned.map((entry) => entry.slug);
  const known = await tx.select({ slug: calendarEntries.slug }).from(calendarEntries).where(inArray(calendarEntries.slug, slugs));
  const isKnown = new Set(known.map((row) => row.slug));
  const missing = planned.filter((entry) => !isKnown.has(entry.slug));
  const places = { rooms: await writeRooms(context), calendars: await writeCalendars(context, people), people };
  await writeSeries(context, places);
  if (missing.length === 0) return { planned, announced: new Map() };
  const rows = missing.map((entry) => toRow(entry, context, places));
  const announced = idsOf(await tx.insert(calendarEntries).values(rows).returning({ key: calendarEntries.slug, id: calendarEntries.id }));
  const types = missing.flatMap(({ slug, entry }) =>
    entry.ticketTypes.map((type, position) => ({ ...type, position, entryId: idOf(announced, slug) })),
  );
  if (types.length > 0) await tx.insert(ticketTypes).values(types);
  const boxes = missing.flatMap(({ slug, entry: { ticketBox } }) =>
    ticketBox === undefined ? [] : [{ ...ticketBox, entryId: idOf(announced, slug) }],
  );
  if (boxes.length > 0) await tx.insert(ticketBoxes).values(boxes);
  await reclaim(tx, [...places.rooms.values()], now);
  return { planned, announced };
}

async function writeRooms({ tx }: SeedContext): Promise<Ids<RoomId>> {
  for (const [position, { within, ...room }] of ROOMS.entries()) {
    const [whole] =
      within === null
        ? []
        : await tx
            .select({ id: rooms.id })
            .from(rooms)
            .where(inArray(rooms.slug, [within]));
    await tx
      .insert(rooms)
      .values({ ...room, position, withinId: whole?.id ?? null })
      .onConflictDoNothing();
  }
  return idsOf(await tx.select({ key: rooms.slug, id: rooms.id }).from(rooms));
}

async function writeCalendars({ tx }: SeedContext, people: Ids<UserId>): Promise<Ids<CalendarId>> {
  const rows = CALENDARS.map(({ keepers: _keepers, rooms: _rooms, ...calendar }, position) => ({ ...calendar, zone: ZONE, position }));
  const made = await tx.insert(calendars).values(rows).onConflictDoNothing().returning({ id: calendars.id });
  const all = idsOf(await tx.select({ key: calendars.slug, id: calendars.id }).from(calendars));
  if (made.length === 0) return all;
  const roomIds = idsOf(await tx.select({ key: rooms.slug, id: rooms.id }).from(rooms));
  const each = CALENDARS.map((calendar) => ({ calendar, calendarId: idOf(all, calendar.slug) }));
  const keeping = each.flatMap(({ calendar, calendarId }) =>
    calendar.keepers.map((keeper) => ({ calendarId, userId: idOf(people, keeper) })),
  );
  const using = each.flatMap(({ calendar, calendarId }) => calendar.rooms.map((room) => ({ calendarId, roomId: idOf(roomIds, room) })));
  await tx.insert(calendarKeepers).values(keeping).onConflictDoNothing();
  await tx.insert(calendarRooms).values(using).onConflictDoNothing();
  return all;
}

function toRow(
  { slug, entry, startsAt, endsAt, isAllDay }: PlannedEntry,
  { pictures }: SeedContext,
  { rooms: roomIds, calendars: calendarIds, people }: Places,
): typeof calendarEntries.$inferInsert {
  const room = ROOMS.find(({ name }) => name === entry.place);
  return {
    ...{ calendarId: idOf(calendarIds, calendarOf(entry)), slug, startsAt, endsAt, isAllDay, zone: ZONE, status: "confirmed" },
    ...{ title: entry.title, summary: entry.summary, place: entry.place, text: entry.body, html: htmlOf(entry.body) },
    ...{ roomId: room ? idOf(roomIds, room.slug) : null, tags: [...(entry.tags ?? [])] },
    organiserId: idOf(people, entry.organiser),
    pictureId: entry.picture === null ? null : idOf(pictures, entry.picture),
  };
}
