import { sql } from "drizzle-orm";
import type { OpenCalendar } from "../../contracts/calendar-desk.ts";
import type { RelationHandle, RelationsService } from "../../contracts/relations.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { CalendarId, RoomId, UserId } from "../../models/ids.ts";

export type OpenRoom = OpenCalendar["rooms"][number];

const MEMBER: RelationHandle<{ user: UserId; group: string }> = { relation: "shared.member", columns: { user: "user", group: "text" } };

/** Asks for rights of people over calendars. */
export interface CalendarRights {
  /** The calendars that they may propose in, with whether they look after each. */
  listOpen(from: Pick<Tx, "execute">, userId: UserId): Promise<readonly OpenCalendar[]>;
}

type Row = Omit<OpenCalendar, "rooms" | "id" | "isForKeepers"> & {
  id: string;
  proposers: string;
  rooms: readonly { id: number; name: string }[];
};

/** Editors of events look after all calendars, keepers after theirs; who is in a group follows from the relations. */
export function makeRights(relations: Pick<RelationsService, "may" | "list">): CalendarRights {
  return {
    async listOpen(from, userId) {
      const isEditor = await relations.may(userId, "edit", "events");
      const { rows } = await from.execute<Row & Record<string, unknown>>(sql`
        select calendars.id, name, slug, zone, is_moderated as "isModerated", proposers,
          case when proposers = 'group' then proposers_group else '' end as "group",
          ${isEditor} or exists (select from calendar_keepers where calendar_id = calendars.id and user_id = ${userId}) as "isKeeper",
          coalesce((
            select json_agg(json_build_object('id', rooms.id, 'name', concat_ws(', ', whole.name, rooms.name)) order by rooms.position, rooms.id)
            from calendar_rooms join rooms on rooms.id = room_id left join rooms as whole on whole.id = rooms.within_id
            where calendar_id = calendars.id), '[]') as rooms
        from calendars order by position, calendars.id`);
      const asksGroups = rows.some(({ isKeeper, proposers }) => !isKeeper && proposers === "group");
      const groups = new Set(asksGroups ? (await relations.list(MEMBER, { user: userId })).map(({ group }) => group) : []);
      return rows
        .filter(({ isKeeper, proposers, group }) => isKeeper || proposers === "members" || groups.has(group))
        .map(({ id, proposers, rooms, ...row }) => ({
          ...row,
          isForKeepers: proposers === "keepers",
          id: Number(id) as CalendarId,
          rooms: rooms.map((room) => ({ id: room.id as RoomId, name: room.name })),
        }));
    },
  };
}

/** What somebody may do in one calendar; null: nothing. */
export async function openCalendar(
  rights: CalendarRights,
  from: Pick<Tx | Db, "execute">,
  { userId, calendarId }: { userId: UserId; calendarId: CalendarId },
): Promise<OpenCalendar | null> {
  return (await rights.listOpen(from, userId)).find(({ id }) => id === calendarId) ?? null;
}
