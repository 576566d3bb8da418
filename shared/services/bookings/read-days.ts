import { sql } from "drizzle-orm";
import type { BookedRoom, BookingsService, SlotReader, SlotTime } from "../../contracts/bookings.ts";
import { MOST_WEEKS } from "../../contracts/bookings.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { RelationsService } from "../../contracts/relations.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { addDays, writeLocal } from "../../infrastructure/zoned-time.ts";
import { WEEKS_FROM } from "../../models/bookings.ts";
import type { RoomId } from "../../models/ids.ts";
import type { KeptCalendars } from "./kept.ts";
import { calendarsOf, findRoom, readRooms } from "./read-rooms.ts";
import { type Asker, reasonsOf } from "./reasons.ts";
import { isDay, type ReadTime, readSlotTimes } from "./slot-times.ts";

interface Beside {
  readonly relations: Pick<RelationsService, "list">;
  readonly kept: KeptCalendars;
}

/** What is free, and why the rest is not. */
export function makeReadDays(deps: ServiceDeps, { relations, kept }: Beside): Pick<BookingsService, "listRooms" | "getDays" | "getWeeks"> {
  const { db, clock, timeZone } = deps;
  const asking = { db, relations, publicUrl: deps.publicUrl };
  const days = () => {
    const today = writeLocal(clock.now(), timeZone).slice(0, 10);
    return { today, lastOn: addDays(today, MOST_WEEKS * 7) };
  };
  const askerOf = async ({ userId }: SlotReader, room: BookedRoom): Promise<Asker> => {
    if (userId === null) return { userId, isKeeper: false };
    const [own, ofRoom] = await Promise.all([kept(db, userId), calendarsOf(db, room.id)]);
    return { userId, isKeeper: ofRoom.some((id) => own.includes(id)) };
  };
  const shown = async (room: BookedRoom, times: readonly ReadTime[], among: string, reader: SlotReader) => {
    const reasons = await reasonsOf(asking, room.id, among, await askerOf(reader, room));
    return times.map((time) => shownTime(time, reasons.get(time.key) ?? [], clock.now()));
  };
  return {
    async listRooms() {
      const rooms = await readRooms(db, null);
      const { rows } = await db.execute<{ id: string; fromMinor: number; toMinor: number; isForGuests: boolean }>(sql`
        select room_id as id, min(price_minor) as "fromMinor", max(price_minor) as "toMinor", bool_or(not is_for_members) as "isForGuests" from room_slots
        where not is_closed and coalesce(last_on >= ${days().today}::date, true) group by room_id`);
      const offered = new Map(rows.map(({ id, ...row }) => [Number(id) as RoomId, row]));
      return rooms.flatMap((room) => {
        const found = offered.get(room.id);
        return found === undefined ? [] : [{ ...room, ...found }];
      });
    },
    async getDays(roomSlug, from, reader) {
      const room = await findRoom(db, roomSlug);
      const { today, lastOn } = days();
      const isWithin = from !== null && isDay(from) && from >= today && from <= lastOn;
      const fortnight = fortnightOf(isWithin ? from : today);
      const [first, last] = [later(fortnight.first, today), earlier(fortnight.last, lastOn)];
      const times = await readSlotTimes(db, room.id, { first, last });
      const list = times.length === 0 ? [] : await shown(room, times, fortnight.name, reader);
      const byDay = Map.groupBy(list, ({ on }) => on);
      const { rows } = await db.execute(sql`select from room_slots where room_id = ${room.id} and not is_closed limit 1`);
      const hasSlots = rows.length > 0;
      return { room, from: first, until: last, today, lastOn, hasSlots, days: [...byDay].map(([on, own]) => ({ on, times: own })) };
    },
    async getWeeks(roomSlug, { slotId, on, weeks }, reader) {
      const room = await findRoom(db, roomSlug);
      const { today, lastOn } = days();
      const last = earlier(addDays(on, (Math.min(weeks, MOST_WEEKS) - 1) * 7), lastOn);
      const isAhead = isDay(on) && on >= addDays(today, -1) && on <= lastOn;
      const times = isAhead ? await readSlotTimes(db, room.id, { first: on, last, slotId }) : [];
      const list = await shown(room, times, `slot ${slotId}`, reader);
      const [first] = list;
      if (first === undefined || first.on !== on)
        throw new CodedError("not-found", "The room is not offered at such a time.", { slotId, on });
      return { room, first, weeks: list };
    },
  };
}

const later = (one: string, other: string) => (one > other ? one : other);
const earlier = (one: string, other: string) => (one < other ? one : other);

/** The week of a day and the one after it, as the relations name them. */
function fortnightOf(on: string): { name: string; first: string; last: string } {
  const count = Math.floor((Date.parse(on) - Date.parse(WEEKS_FROM)) / (7 * 86_400_000));
  const first = addDays(WEEKS_FROM, count * 7);
  return { name: `weeks ${count}`, first, last: addDays(first, 13) };
}

/** What the rules say counts as much as what SQL counts: who says that a room is busy keeps it from being booked. */
function shownTime({ key: _key, calendarId: _calendar, isTaken, ...time }: ReadTime, reasons: SlotTime["reasons"], now: Date): SlotTime {
  const state = time.startsAt <= now ? "over" : isTaken || reasons.length > 0 ? "taken" : "free";
  return { ...time, state, reasons };
}
