import { sql } from "drizzle-orm";
import type { BookedRoom } from "../../contracts/bookings.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { CalendarId, RoomId } from "../../models/ids.ts";
import { relatedTo } from "../calendars/room-claims.ts";

export type Reads = Pick<Tx, "execute">;

/** Rooms in their order; slug null: all of them. */
export async function readRooms(from: Reads, slug: string | null): Promise<readonly BookedRoom[]> {
  const { rows } = await from.execute<Omit<BookedRoom, "id"> & { id: string } & Record<string, unknown>>(sql`
    select room.id, room.name, room.slug, room.description, room.capacity,
      case when whole.id is not null then json_build_object('name', whole.name, 'slug', whole.slug) end as whole
    from rooms as room left join rooms as whole on whole.id = room.within_id
    where ${slug}::text is null or room.slug = ${slug} order by room.position, room.id`);
  return rows.map((row) => ({ ...row, id: Number(row.id) as RoomId }));
}

/** Throws not-found. */
export async function findRoom(from: Reads, slug: string): Promise<BookedRoom> {
  const [room] = await readRooms(from, slug);
  if (room === undefined) throw new CodedError("not-found", "There is no room of this name.", { slug });
  return room;
}

/** The calendars whose keepers look after a room: those that may use it, or one around it. */
export async function calendarsOf(from: Reads, roomId: RoomId): Promise<readonly CalendarId[]> {
  const { rows } = await from.execute<{ id: string }>(sql`
    select distinct calendar_id as id from calendar_rooms
    where room_id in (select id from (${relatedTo(roomId)}) as related where lies <> 'inside') order by 1`);
  return rows.map(({ id }) => Number(id) as CalendarId);
}
