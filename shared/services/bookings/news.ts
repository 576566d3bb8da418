import { sql } from "drizzle-orm";
import type { BookingsService, Reached } from "../../contracts/bookings.ts";
import type { RelationsService } from "../../contracts/relations.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { CalendarId, UserId } from "../../models/ids.ts";
import { readBookings } from "./views.ts";

/** What handlers tell, and to whom, as it stands when they do. */
export function makeNews(
  { db, clock }: ServiceDeps,
  relations: Pick<RelationsService, "listHolders">,
): Pick<BookingsService, "findNews" | "findPlacing"> {
  const keepersOf = async (calendarId: CalendarId): Promise<readonly Reached[]> => {
    const { rows } = await db.execute<{ id: string }>(sql`select user_id as id from calendar_keepers where calendar_id = ${calendarId}`);
    if (rows.length > 0) return peopleOf(rows.map(({ id }) => Number(id) as UserId));
    return peopleOf(await db.transaction((tx) => relations.listHolders(tx, "steward", "events")));
  };
  const peopleOf = async (ids: readonly UserId[]): Promise<readonly Reached[]> => {
    const { rows } = await db.execute<{ id: string; name: string; email: string | null }>(sql`
      select users.id, name, (select email from user_emails where user_id = users.id and is_primary) as email
      from users where id = any(${sql.param([...ids])}::bigint[]) order by id`);
    return rows.map(({ id, ...person }) => ({ ...person, userId: Number(id) as UserId }));
  };
  return {
    async findNews(id) {
      const [found] = await readBookings(db, sql`booking.id = ${id}`, clock.now());
      if (found === undefined) return null;
      const { view, userId, email, calendarId } = found;
      const holder = { userId, email, name: view.holderName };
      return { booking: { ...view, isHolder: false, isKeeper: false }, holder, keepers: await keepersOf(calendarId) };
    },
    async findPlacing(entryId) {
      const { rows } = await db.execute<{
        title: string;
        slug: string;
        zone: string;
        calendarId: string;
        organiserId: string | null;
        roomName: string | null;
        unplaced: string[];
      }>(sql`
        select entry.title, entry.slug, entry.zone, entry.calendar_id as "calendarId", organiser_id as "organiserId",
          coalesce((select string_agg(distinct rooms.name, ', ') from occurrences as its join rooms on rooms.id = its.room_id
            where its.entry_id = entry.id and is_unplaced), (select name from rooms where id = entry.room_id)) as "roomName",
          coalesce((select json_agg(starts_at order by starts_at) from occurrences as its
            where its.entry_id = entry.id and is_unplaced and ends_at > ${clock.now().toISOString()}::timestamptz), '[]') as unplaced
        from calendar_entries as entry where entry.id = ${entryId} and entry.status = 'confirmed'`);
      const [row] = rows;
      if (row === undefined) return null;
      const { organiserId, calendarId, slug, unplaced, title, zone, roomName } = row;
      // who follows somebody else's calendar has nobody who organises it here
      const people =
        organiserId === null ? await keepersOf(Number(calendarId) as CalendarId) : await peopleOf([Number(organiserId) as UserId]);
      const at = unplaced.map((text) => new Date(text));
      return { title, zone, roomName: roomName ?? "", path: `/entries/${slug}`, unplaced: at, people };
    },
  };
}
