import { and, eq, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { PaymentsService } from "../../contracts/payments.ts";
import type { RelationsService } from "../../contracts/relations.ts";
import type { RoomDeskService } from "../../contracts/room-desk.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { bookings } from "../../models/bookings.ts";
import type { BookingId, CalendarId, UserId } from "../../models/ids.ts";
import { placeUnplaced } from "../calendars/keep-occurrences.ts";
import { makeRights } from "../calendars/rights.ts";
import { freeTimes } from "./claims.ts";
import { makeClosing } from "./closing.ts";
import { endTimes } from "./end-times.ts";
import { type FindKeptRoom, type KeptCalendars, makeKept } from "./kept.ts";
import { calendarsOf, findRoom, readRooms } from "./read-rooms.ts";
import { makeSlots } from "./slots.ts";
import { tellOfBooking } from "./tell.ts";
import { readBookings } from "./views.ts";

interface Beside {
  readonly relations: Pick<RelationsService, "may" | "list">;
  readonly audit: Pick<AuditService, "record">;
  readonly payments: Pick<PaymentsService, "requestRefund">;
}

const MOST_NOTE_LETTERS = 1_000;

/** Rooms and their bookings, for whoever looks after them. */
export function makeRoomDeskService(deps: ServiceDeps, { relations, audit, payments }: Beside): RoomDeskService {
  const { db, clock } = deps;
  const kept = makeKept(makeRights(relations));
  const findKept: FindKeptRoom = async (from, by, slug) => {
    const room = await findRoom(from, slug);
    const [own, ofRoom] = [await kept(from, by), await calendarsOf(from, room.id)];
    const calendarIds = ofRoom.filter((id) => own.includes(id));
    if (calendarIds.length === 0) throw new CodedError("not-found", "There is no room here that you look after.", { slug });
    return { room, calendarIds };
  };
  const waiting = (
    calendarIds: readonly CalendarId[],
  ) => sql`booking.state = 'requested' and slot.calendar_id = any(${sql.param([...calendarIds])}::bigint[])
    and exists (select from booking_times where booking_id = booking.id and not is_off and ends_at > ${clock.now().toISOString()}::timestamptz)`;
  return {
    async listKept(by) {
      const own = await kept(db, by);
      if (own.length === 0) return [];
      const { rows } = await db.execute<{ slug: string; count: number }>(sql`
        with recursive mine as (
          select room_id as id from calendar_rooms where calendar_id = any(${sql.param([...own])}::bigint[])
          union select rooms.id from rooms join mine on rooms.within_id = mine.id
        )
        select slug, (select count(*) from room_slots where room_id = rooms.id and not is_closed)::int as count from rooms where id in (select id from mine)`);
      const counts = new Map(rows.map(({ slug, count }) => [slug, count]));
      return (await readRooms(db, null)).flatMap((room) => {
        const slotCount = counts.get(room.slug);
        return slotCount === undefined ? [] : [{ ...room, slotCount }];
      });
    },
    ...makeSlots(deps, { findKept, audit }),
    ...makeClosing(deps, { findKept, audit }),
    async countWaiting(by) {
      return (await readBookings(db, waiting(await kept(db, by)), clock.now())).length;
    },
    async listQueue(by) {
      const found = await readBookings(
        db,
        waiting(await kept(db, by)),
        clock.now(),
        sql`order by booking.created_at, booking.id limit 100`,
      );
      return found.map(({ view, email }) => ({ booking: { ...view, isHolder: false, isKeeper: true }, email: email ?? "" }));
    },
    async decide(tx, by, { id, verdict, note }) {
      await checkKept(tx, { kept, by, id, now: clock.now() });
      if (verdict === "declined" && note === "") return "no-reason";
      const decision = { note: note.slice(0, MOST_NOTE_LETTERS), decidedById: by };
      const state = verdict === "declined" ? await decline(tx, id, decision) : await approve(tx, id, decision);
      if (state === null) return "settled";
      if (state === "declined") {
        await freeTimes(tx, id);
        await placeUnplaced(tx, clock.now());
        purgeOnCommit(tx, ["calendar"]);
      }
      await tellOfBooking(tx, deps, { id, by, type: state === "declined" ? "Reject" : "Accept", who: "keeper" });
      return state;
    },
    async callOff(tx, by, { id, timeId, note }) {
      await checkKept(tx, { kept, by, id, now: clock.now() });
      if (note === "") return "no-reason";
      return endTimes(tx, deps, payments, {
        ...{ id, by, who: "keeper", note: note.slice(0, MOST_NOTE_LETTERS) },
        isMeant: (time) => timeId === null || time.id === timeId,
      });
    },
  };
}

type Decision = { readonly note: string; readonly decidedById: UserId };
const isAsked = (id: BookingId) => and(eq(bookings.id, id), eq(bookings.state, "requested"));

async function decline(tx: Tx, id: BookingId, decision: Decision): Promise<"declined" | null> {
  const declined = await tx
    .update(bookings)
    .set({ ...decision, state: "declined" })
    .where(isAsked(id))
    .returning({ id: bookings.id });
  return declined.length > 0 ? "declined" : null;
}

/**
 * What costs nothing is theirs; what costs something is theirs to pay for, until its slot says or it begins. Times that began before
 * anybody decided are not sold any more.
 */
async function approve(tx: Tx, id: BookingId, decision: Decision): Promise<"confirmed" | "approved" | null> {
  const { rows } = await tx.execute<{ agreedMinor: number }>(sql`
    select coalesce(agreed_minor, 0) as "agreedMinor" from bookings where id = ${id} and state = 'requested' for no key update`);
  const [asked] = rows;
  if (asked === undefined) return null;
  if (asked.agreedMinor === 0) {
    const confirmed = { ...decision, state: "confirmed" } as const;
    const made = await tx.update(bookings).set(confirmed).where(isAsked(id)).returning({ id: bookings.id });
    return made.length > 0 ? "confirmed" : null;
  }
  const payUntil = sql`(select least(now() + make_interval(hours => slot.pay_hours), min(its.starts_at)) from room_slots as slot, booking_times as its
    where slot.id = bookings.slot_id and its.booking_id = ${id} and not its.is_off and its.starts_at > now() group by slot.id)`;
  const approved = await tx
    .update(bookings)
    .set({ ...decision, state: "approved", payUntil })
    .where(and(isAsked(id), sql`${payUntil} is not null`))
    .returning({ id: bookings.id });
  if (approved.length === 0) return null;
  await tx.execute(sql`update booking_times set is_off = true where booking_id = ${id} and starts_at <= now()`);
  await tx.execute(sql`
    update room_claims set expires_at = pay_until from booking_times, bookings
    where booking_times.id = booking_time_id and bookings.id = booking_id and bookings.id = ${id}`);
  await freeTimes(tx, id);
  return "approved";
}

/** Throws not-found for what is not theirs to decide. */
async function checkKept(tx: Tx, { kept, by, id, now }: { kept: KeptCalendars; by: UserId; id: BookingId; now: Date }): Promise<void> {
  const [found] = await readBookings(tx, sql`booking.id = ${id}`, now);
  if (found === undefined || !(await kept(tx, by)).includes(found.calendarId))
    throw new CodedError("not-found", "There is no booking here that you look after.", { id });
}
