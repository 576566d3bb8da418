import { and, eq, sql } from "drizzle-orm";
import { type EventsService, ticketView } from "../../contracts/events.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { calendars, rooms } from "../../models/calendars.ts";
import { calendarEntries } from "../../models/events.ts";
import { media } from "../../models/media.ts";
import { entryOverrides, occurrences } from "../../models/occurrences.ts";
import { tickets, ticketTypes } from "../../models/tickets.ts";
import { entryCardOf, entryColumns } from "./entry-card.ts";
import { isNextTime } from "./next-time.ts";

/** A member's places: what comes soonest first, then the past from its latest. Of what is for all times of a series its next one. */
export function makeListTickets({ db, clock, publicUrl }: ServiceDeps): EventsService["listTickets"] {
  const now = sql`${sql.placeholder("now")}::timestamptz`;
  const isPast = sql`${occurrences.endsAt} <= ${now}`;
  const isItsTime = sql`case when ${tickets.occurrenceKey} = '' then ${isNextTime(now)} else ${occurrences.key} = ${tickets.occurrenceKey} end`;
  const ofMember = db
    .select({ code: tickets.code, typeName: ticketTypes.name, ticketStatus: tickets.status, ...entryColumns })
    .from(occurrences)
    .innerJoin(calendarEntries, eq(calendarEntries.id, occurrences.entryId))
    .innerJoin(calendars, eq(calendars.id, calendarEntries.calendarId))
    .leftJoin(entryOverrides, eq(entryOverrides.id, occurrences.overrideId))
    .leftJoin(rooms, eq(rooms.id, occurrences.roomId))
    .leftJoin(media, eq(media.id, calendarEntries.pictureId))
    .innerJoin(ticketTypes, eq(ticketTypes.entryId, calendarEntries.id))
    .innerJoin(tickets, eq(tickets.ticketTypeId, ticketTypes.id))
    .where(and(eq(tickets.userId, sql.placeholder("userId")), isItsTime))
    .orderBy(isPast, sql`case when ${isPast} then ${now} - ${occurrences.startsAt} else ${occurrences.startsAt} - ${now} end`, tickets.id)
    .prepare("events_tickets");
  return async (userId) => {
    const rows = await ofMember.execute({ userId, now: clock.now() });
    return rows.map((row) =>
      ticketView.parse({ code: row.code, typeName: row.typeName, status: row.ticketStatus, entry: entryCardOf(row, publicUrl) }),
    );
  };
}
