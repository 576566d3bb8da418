import { sql } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { calendars } from "../../shared/models/calendars.ts";
import { calendarEntries } from "../../shared/models/events.ts";
import type { CalendarId, TicketTypeId, UserId } from "../../shared/models/ids.ts";
import { tickets, ticketTypes } from "../../shared/models/tickets.ts";

/** A calendar that entries can stand in. */
export async function aCalendar(db: NodePgDatabase, slug = "dairy"): Promise<CalendarId> {
  const row = { slug, name: "The Old Dairy", colour: "leaf" as const, zone: "Europe/London", position: 1 };
  return only(await db.insert(calendars).values(row).returning({ id: calendars.id })).id;
}

/** An entry of two hours, so many hours from now, with one kind of ticket; the kind. */
export async function aTicketedEntry(
  db: NodePgDatabase,
  calendarId: CalendarId,
  entry: { slug: string; title?: string; place?: string; inHours: number; priceMinor?: number },
): Promise<TicketTypeId> {
  const startsAt = new Date(Date.now() + entry.inHours * 3_600_000);
  const row = {
    slug: entry.slug,
    title: entry.title ?? entry.slug,
    place: entry.place ?? "",
    zone: "Europe/London",
    status: "confirmed" as const,
  };
  const times = { startsAt, endsAt: new Date(startsAt.getTime() + 7_200_000) };
  const made = only(
    await db
      .insert(calendarEntries)
      .values({ ...row, ...times, calendarId })
      .returning({ id: calendarEntries.id }),
  );
  const type = { entryId: made.id, name: "Chair", priceMinor: entry.priceMinor ?? 0, position: 1 };
  return only(await db.insert(ticketTypes).values(type).returning({ id: ticketTypes.id })).id;
}

/** A ticket of a member's. */
export async function aTicketOf(
  db: NodePgDatabase,
  userId: UserId,
  ticket: { typeId: TicketTypeId; code: string } & Partial<typeof tickets.$inferInsert>,
): Promise<void> {
  const { typeId, ...more } = ticket;
  await db.insert(tickets).values({ userId, ticketTypeId: typeId, ...more });
}

/** A room that a member has, so many hours from now, for two hours. */
export async function aBookingOf(
  db: NodePgDatabase,
  userId: UserId,
  booking: { calendarId: CalendarId; code: string; purpose: string; inHours: number; state?: string; roomName?: string },
): Promise<void> {
  const { calendarId, code, purpose, inHours, state = "confirmed", roomName = "Hall" } = booking;
  const slug = `room-${code.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`;
  await db.execute(sql`
    with room as (insert into rooms (slug, name, position) values (${slug}, ${roomName}, 1) returning id),
    slot as (insert into room_slots (room_id, calendar_id, weekday, starts_time, minutes, zone, first_on)
      select id, ${calendarId}, 1, '18:00', 120, 'Europe/London', '2026-01-01' from room returning id, room_id),
    booked as (insert into bookings (slot_id, room_id, code, state, user_id, purpose, zone)
      select id, room_id, ${code}, ${state}, ${userId}, ${purpose}, 'Europe/London' from slot returning id)
    insert into booking_times (booking_id, starts_at, ends_at)
      select id, now() + make_interval(hours => ${inHours}), now() + make_interval(hours => ${inHours + 2}) from booked`);
}

function only<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error("nothing was made");
  return row;
}
