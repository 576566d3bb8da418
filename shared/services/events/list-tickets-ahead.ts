import { asc, eq, sql } from "drizzle-orm";
import type { EventsService } from "../../contracts/events.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { calendars, rooms } from "../../models/calendars.ts";
import { calendarEntries } from "../../models/events.ts";
import { media } from "../../models/media.ts";
import { entryOverrides, occurrences } from "../../models/occurrences.ts";
import { entryCardOf, entryColumns } from "./entry-card.ts";
import { isNextTime } from "./next-time.ts";

/** What a member has places at next: their tickets are gathered first, so that five hundred of them cost as much as the times that they are for. */
export function makeListTicketsAhead({ db, clock, publicUrl }: ServiceDeps): EventsService["listTicketsAhead"] {
  const now = sql`${sql.placeholder("now")}::timestamptz`;
  const held = sql`(
    select ticket_types.entry_id, tickets.occurrence_key, count(*)::int as count, min(tickets.code) as code
    from tickets join ticket_types on ticket_types.id = tickets.ticket_type_id
    where tickets.user_id = ${sql.placeholder("userId")} and tickets.status = 'valid' group by 1, 2) as held`;
  const isItsTime = sql`case when held.occurrence_key = '' then ${isNextTime(now)} else ${occurrences.key} = held.occurrence_key end`;
  const ahead = db
    .select({ ...entryColumns, count: sql<number>`held.count`, code: sql<string>`held.code` })
    .from(occurrences)
    .innerJoin(held, sql`held.entry_id = ${occurrences.entryId}`)
    .innerJoin(calendarEntries, eq(calendarEntries.id, occurrences.entryId))
    .innerJoin(calendars, eq(calendars.id, calendarEntries.calendarId))
    .leftJoin(entryOverrides, eq(entryOverrides.id, occurrences.overrideId))
    .leftJoin(rooms, eq(rooms.id, occurrences.roomId))
    .leftJoin(media, eq(media.id, calendarEntries.pictureId))
    .where(sql`${occurrences.endsAt} > ${now} and ${isItsTime}`)
    .orderBy(asc(occurrences.startsAt), asc(occurrences.id))
    .limit(sql.placeholder("limit"))
    .prepare("events_tickets_ahead");
  return async (userId, limit) => {
    const rows = await ahead.execute({ userId, limit, now: clock.now() });
    return rows.map(({ count, code, ...row }) => ({ count, code, entry: entryCardOf(row, publicUrl) }));
  };
}
