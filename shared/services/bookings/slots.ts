import { and, eq, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { DeskSlot, RoomDesk, RoomDeskService, SlotDraft } from "../../contracts/room-desk.ts";
import type { FieldError } from "../../contracts/tickets.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { IS_LIVE_BOOKING, roomSlots } from "../../models/bookings.ts";
import { calendars } from "../../models/calendars.ts";
import type { CalendarId, RoomId, RoomSlotId } from "../../models/ids.ts";
import type { FindKeptRoom } from "./kept.ts";
import type { Reads } from "./read-rooms.ts";
import { isDay } from "./slot-times.ts";
import { readBookings } from "./views.ts";

const MAX_PRICE_MINOR = 1_000_000;
const MOST_SLOTS = 100;
const MOST_COMING = 60;

interface Beside {
  readonly findKept: FindKeptRoom;
  readonly audit: Pick<AuditService, "record">;
}

/** The times at which a room is offered, and what is coming there. */
export function makeSlots(deps: ServiceDeps, { findKept, audit }: Beside): Pick<RoomDeskService, "getDesk" | "saveSlot"> {
  const { db, clock } = deps;
  return {
    async getDesk(by, roomSlug): Promise<RoomDesk> {
      const { room, calendarIds } = await findKept(db, by, roomSlug);
      const now = clock.now();
      const isComing = sql`booking.room_id = ${room.id} and booking.state in ('requested', 'approved', 'confirmed') and ${sql.raw(IS_LIVE_BOOKING)}
        and exists (select from booking_times where booking_id = booking.id and not is_off and ends_at > ${now.toISOString()}::timestamptz)`;
      const soonest = sql`order by (select min(starts_at) from booking_times where booking_id = booking.id and not is_off and ends_at > ${now.toISOString()}::timestamptz), booking.id limit ${MOST_COMING}`;
      const own = await db
        .select({ id: calendars.id, name: calendars.name, zone: calendars.zone })
        .from(calendars)
        .where(sql`${calendars.id} = any(${sql.param([...calendarIds])}::bigint[])`)
        .orderBy(calendars.position, calendars.id);
      const [slots, closures, coming] = await Promise.all([
        readSlots(db, room.id),
        readClosures(db, room.id, now),
        readBookings(db, isComing, now, soonest),
      ]);
      return {
        ...{ room, slots, closures, zone: own[0]?.zone ?? deps.timeZone },
        calendars: own.map(({ id, name }) => ({ id, name })),
        coming: coming.map(({ view }) => ({ ...view, isHolder: false, isKeeper: true })),
      };
    },
    async saveSlot(tx, by, { roomSlug, id, revision, draft }) {
      const { room, calendarIds } = await findKept(tx, by, roomSlug);
      const errors = wrongSlot(draft, calendarIds);
      if (errors.length > 0) return { kind: "wrong", errors };
      const [calendar] = await tx.select({ zone: calendars.zone }).from(calendars).where(eq(calendars.id, draft.calendarId));
      const { endsTime: _end, ...columns } = draft;
      const row = { ...columns, minutes: minutesOf(draft), zone: calendar?.zone ?? deps.timeZone };
      if (id === null) {
        if ((await tx.$count(roomSlots, eq(roomSlots.roomId, room.id))) >= MOST_SLOTS)
          return {
            kind: "wrong",
            errors: [{ field: "weekday", message: `${MOST_SLOTS} times of one room are enough: change one of them.` }],
          };
        await tx.insert(roomSlots).values({ ...row, roomId: room.id });
      } else {
        const mine = and(eq(roomSlots.id, id), eq(roomSlots.roomId, room.id), eq(roomSlots.revision, revision));
        const isKept = sql`${roomSlots.calendarId} = any(${sql.param([...calendarIds])}::bigint[])`;
        const [changed] = await tx
          .update(roomSlots)
          .set({ ...row, revision: sql`${roomSlots.revision} + 1` })
          .where(and(mine, isKept))
          .returning({ id: roomSlots.id });
        if (changed === undefined) return { kind: "conflict" };
      }
      await audit.record(tx, {
        ...{ app: "events", by, action: id === null ? "offer room" : "change offered time", subject: `room:${room.id}` },
        ...{ reason: "", before: null, after: { ...draft } },
      });
      purgeOnCommit(tx, ["calendar"]);
      return { kind: "saved" };
    },
  };
}

/** Minutes from start to end; an end that is no later is on the next day. */
function minutesOf({ startsTime, endsTime }: SlotDraft): number {
  const at = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  const length = at(endsTime) - at(startsTime);
  return length > 0 ? length : length + 1440;
}

function wrongSlot(draft: SlotDraft, calendarIds: readonly CalendarId[]): readonly FieldError[] {
  const { weekday, startsTime, endsTime, priceMinor, payHours, refundHours, firstOn, lastOn } = draft;
  const isTime = (text: string) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
  const isWhole = (value: number, least: number, most: number) => Number.isSafeInteger(value) && value >= least && value <= most;
  const wrong: [boolean, string, string][] = [
    [!calendarIds.includes(draft.calendarId), "calendarId", "Choose a calendar that you look after."],
    [!isWhole(weekday, 1, 7), "weekday", "Choose a day of the week."],
    [!isTime(startsTime), "startsTime", "A time like 18:30."],
    [!isTime(endsTime), "endsTime", "A time like 21:00."],
    [isTime(startsTime) && isTime(endsTime) && minutesOf(draft) < 15, "endsTime", "A quarter of an hour at least."],
    [!isWhole(priceMinor, 0, MAX_PRICE_MINOR), "price", "A sum in pounds, up to 10,000; 0: no charge."],
    [!isWhole(payHours, 1, 720), "payHours", "Hours, from 1 to 720."],
    [refundHours !== null && !isWhole(refundHours, 0, 2_000), "refundHours", "Hours, up to 2,000, or nothing."],
    [!isDay(firstOn), "firstOn", "A day."],
    [lastOn !== null && (!isDay(lastOn) || lastOn < firstOn), "lastOn", "A day that is not before the first, or nothing."],
  ];
  return wrong.flatMap(([isWrong, field, message]) => (isWrong ? [{ field, message }] : []));
}

async function readSlots(from: Reads, roomId: RoomId): Promise<readonly DeskSlot[]> {
  const { rows } = await from.execute<
    Omit<DeskSlot, "id" | "calendarId"> & { id: string; calendarId: string } & Record<string, unknown>
  >(sql`
    select slot.id, slot.revision, slot.calendar_id as "calendarId", calendars.name as "calendarName", weekday, starts_time as "startsTime",
      to_char(starts_time::time + make_interval(mins => minutes), 'HH24:MI') as "endsTime", price_minor as "priceMinor", currency, vat_class as "vatClass",
      is_for_members as "isForMembers", slot.is_moderated as "isModerated", pay_hours as "payHours", refund_hours as "refundHours", to_char(first_on, 'YYYY-MM-DD') as "firstOn",
      to_char(last_on, 'YYYY-MM-DD') as "lastOn", is_closed as "isClosed", slot.zone
    from room_slots as slot join calendars on calendars.id = slot.calendar_id where room_id = ${roomId} order by is_closed, weekday, starts_time, slot.id`);
  return rows.map((row) => ({ ...row, id: Number(row.id) as RoomSlotId, calendarId: Number(row.calendarId) as CalendarId }));
}

async function readClosures(from: Reads, roomId: RoomId, now: Date): Promise<RoomDesk["closures"]> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const { rows } = await from.execute<
    Omit<RoomDesk["closures"][number], "id" | "startsAt" | "endsAt"> & { id: string; startsAt: string; endsAt: string | null } & Record<
        string,
        unknown
      >
  >(sql`
    select closure.id, starts_at as "startsAt", ends_at as "endsAt", reason, coalesce(users.name, '') as by, starts_at <= ${at} as "isNow"
    from room_closures as closure left join users on users.id = closed_by_id
    where room_id = ${roomId} and lifted_at is null and coalesce(ends_at > ${at}, true) order by starts_at, closure.id`);
  return rows.map((row) => ({
    ...row,
    id: Number(row.id) as RoomDesk["closures"][number]["id"],
    startsAt: new Date(row.startsAt),
    endsAt: row.endsAt === null ? null : new Date(row.endsAt),
  }));
}
