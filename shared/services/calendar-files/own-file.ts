import { createHash } from "node:crypto";
import { inArray, type SQL, sql } from "drizzle-orm";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { IS_LIVE_BOOKING } from "../../models/bookings.ts";
import { calendarEntries } from "../../models/events.ts";
import type { UserId } from "../../models/ids.ts";
import { wardsOf } from "../family/wards.ts";
import type { WrittenEvents } from "./own-events.ts";

const REFRESH_HOURS = 1;
const NAME = "My calendar";

/**
 * SQL: entries that a member has whole: what they organise, come to, were asked to, or hold tickets for that are for all of it, and
 * those for which somebody does whom they look after. ahead: only what has not ended.
 */
function wholeOf(userId: UserId, ahead: Date | null): SQL {
  const isShown = inArray(calendarEntries.status, ["confirmed", "cancelled"]);
  const holds = sql`${calendarEntries.id} in (
    select entry_id from ticket_types join tickets on ticket_type_id = ticket_types.id where ${isHeldBy(userId)} and occurrence_key = ''
    union select entry_id from entry_answers where user_id = ${userId} and comes
    union select entry_id from entry_guests where user_id = ${userId} and answer <> 'no' and not is_taken_out)`;
  const isTheirs = sql`((${calendarEntries.organiserId} = ${userId} and ${calendarEntries.status} <> 'declined') or (${isShown} and ${holds}))`;
  if (ahead === null) return isTheirs;
  const at = sql`${ahead.toISOString()}::timestamptz`;
  return sql`${isTheirs} and exists (select from occurrences where occurrences.entry_id = ${calendarEntries.id} and occurrences.ends_at > ${at})`;
}

function isHeldBy(userId: UserId): SQL {
  return sql`tickets.user_id = any(array(select ${userId}::bigint union select * from ${wardsOf(userId)} as wards)) and tickets.status <> 'cancelled'`;
}

interface TimeRow extends Record<string, unknown> {
  uid: string;
  slug: string;
  key: string;
  title: string;
  place: string;
  zone: string;
  isAllDay: boolean;
  isCancelled: boolean;
  startsAt: string;
  endsAt: string;
  stampedAt: string;
}

interface RoomRow extends Record<string, unknown> {
  id: string;
  code: string;
  room: string;
  purpose: string;
  zone: string;
  isTentative: boolean;
  startsAt: string;
  endsAt: string;
  stampedAt: string;
}

/** What of a series a member has for single times only. */
async function readTimes({ db }: ServiceDeps, userId: UserId, ahead: Date | null): Promise<readonly TimeRow[]> {
  const { rows } = await db.execute<TimeRow>(sql`
    select distinct entry.uid, entry.slug, its.key, coalesce(other.title, entry.title) as title, coalesce(nullif(coalesce(other.place, entry.place), ''), room.name, '') as place,
      coalesce(other.zone, entry.zone) as zone, coalesce(other.is_all_day, entry.is_all_day) as "isAllDay", entry.status <> 'confirmed' or its.is_cancelled as "isCancelled",
      its.starts_at as "startsAt", its.ends_at as "endsAt", coalesce(other.stamped_at, entry.stamped_at) as "stampedAt"
    from tickets join ticket_types as type on type.id = tickets.ticket_type_id join calendar_entries as entry on entry.id = type.entry_id
    join occurrences as its on its.entry_id = entry.id and its.key = tickets.occurrence_key
    left join entry_overrides as other on other.id = its.override_id left join rooms as room on room.id = its.room_id
    where ${isHeldBy(userId)} and tickets.occurrence_key <> '' and entry.status in ('confirmed', 'cancelled')
      and (${ahead?.toISOString() ?? null}::timestamptz is null or its.ends_at > ${ahead?.toISOString() ?? null}::timestamptz)
      and not exists (select from calendar_entries where calendar_entries.id = entry.id and ${wholeOf(userId, ahead)})
    order by "startsAt", entry.uid, its.key`);
  return rows;
}

/** Rooms that a member has or asked for, a row for each time that stands. */
async function readRooms({ db }: ServiceDeps, userId: UserId, ahead: Date | null): Promise<readonly RoomRow[]> {
  const { rows } = await db.execute<RoomRow>(sql`
    select its.id, booking.code, room.name as room, booking.purpose, booking.zone, booking.state <> 'confirmed' as "isTentative",
      its.starts_at as "startsAt", its.ends_at as "endsAt", booking.created_at as "stampedAt"
    from bookings as booking join booking_times as its on its.booking_id = booking.id join rooms as room on room.id = booking.room_id
    where booking.user_id = ${userId} and booking.state in ('requested', 'approved', 'confirmed') and ${sql.raw(IS_LIVE_BOOKING)} and not its.is_off
      and (${ahead?.toISOString() ?? null}::timestamptz is null or its.ends_at > ${ahead?.toISOString() ?? null}::timestamptz)
    order by its.starts_at, its.id`);
  return rows;
}

/** What a member's own calendar is made of. ahead null: all of it. */
export interface OwnCalendar {
  readonly which: SQL;
  readonly times: readonly TimeRow[];
  readonly rooms: readonly RoomRow[];
  /** Names the state of times and rooms. */
  readonly salt: string;
}

export async function readOwn(deps: ServiceDeps, userId: UserId, ahead: Date | null): Promise<OwnCalendar> {
  const [times, rooms] = await Promise.all([readTimes(deps, userId, ahead), readRooms(deps, userId, ahead)]);
  const salt = createHash("sha256")
    .update(JSON.stringify([userId, times, rooms]))
    .digest("base64url");
  return { which: wholeOf(userId, ahead), times, rooms, salt };
}

/** The file of it. entries: those that are there whole, as events. */
export async function writeOwn(deps: ServiceDeps, { times, rooms }: OwnCalendar, entries: WrittenEvents): Promise<string> {
  const [{ writeCalendar }, { eventOfTime }] = await Promise.all([import("../../infrastructure/ical/index.ts"), import("./own-events.ts")]);
  const { publicUrl } = deps;
  const ofTimes = times.map(({ uid, key, slug, ...time }) =>
    eventOfTime(
      { ...time, uid: `${key}-${uid}`, summary: time.title, description: "", location: time.place, isTentative: false },
      publicUrl("events", `/entries/${slug}/${key}`),
    ),
  );
  const host = new URL(publicUrl("events", "/")).hostname;
  const ofRooms = rooms.map(({ id, code, room, purpose, ...time }) =>
    eventOfTime(
      {
        ...time,
        uid: `booking-${id}@${host}`,
        summary: `${room}: ${purpose}`,
        description: "",
        location: room,
        isAllDay: false,
        isCancelled: false,
      },
      publicUrl("events", `/bookings/${code}`),
    ),
  );
  return writeCalendar({ name: NAME, method: "PUBLISH", refreshHours: REFRESH_HOURS }, [...entries, ...ofTimes, ...ofRooms]);
}
