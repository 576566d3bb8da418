import { asc, eq, sql } from "drizzle-orm";
import { type EventsService, ticketView } from "../../contracts/events.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { calendarEntries, calendars, tickets, ticketTypes } from "../../models/events.ts";
import { media } from "../../models/media.ts";
import { entryCardOf, entryColumns } from "./entry-card.ts";

/** A member's places: what comes soonest first, then the past from its latest. */
export function makeListTickets({ db, clock, publicUrl }: ServiceDeps): EventsService["listTickets"] {
  const now = sql`${sql.placeholder("now")}::timestamptz`;
  const isPast = sql`${calendarEntries.endsAt} <= ${now}`;
  const ofMember = db
    .select({ code: tickets.code, typeName: ticketTypes.name, ticketStatus: tickets.status, ...entryColumns })
    .from(tickets)
    .innerJoin(ticketTypes, eq(ticketTypes.id, tickets.ticketTypeId))
    .innerJoin(calendarEntries, eq(calendarEntries.id, ticketTypes.entryId))
    .innerJoin(calendars, eq(calendars.id, calendarEntries.calendarId))
    .leftJoin(media, eq(media.id, calendarEntries.pictureId))
    .where(eq(tickets.userId, sql.placeholder("userId")))
    .orderBy(
      isPast,
      sql`case when ${isPast} then ${now} - ${calendarEntries.startsAt} else ${calendarEntries.startsAt} - ${now} end`,
      asc(tickets.id),
    )
    .prepare("events_tickets");
  return async (userId) => {
    const rows = await ofMember.execute({ userId, now: clock.now() });
    return rows.map((row) =>
      ticketView.parse({ code: row.code, typeName: row.typeName, status: row.ticketStatus, entry: entryCardOf(row, publicUrl) }),
    );
  };
}
