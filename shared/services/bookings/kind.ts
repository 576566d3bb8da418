import { sql } from "drizzle-orm";
import type { CartOwner } from "../../contracts/cart.ts";
import type { LineHold, LineKind, LineOffer, LineWish } from "../../contracts/line-kinds.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { type BookingState, ROOM_KIND } from "../../models/bookings.ts";
import type { BookingId, CalendarId, OrderId } from "../../models/ids.ts";
import type { VatClass } from "../../models/vat.ts";
import { IS_LIVE_CLAIM, LEAVES, relatedTo } from "../calendars/room-claims.ts";
import { claimTimes, HOLD_MINUTES, takeTurn } from "./claims.ts";
import type { Reads } from "./read-rooms.ts";
import { readRef } from "./ref.ts";
import { timeWords } from "./tell.ts";

/** Rooms, as the cart sells them: a line is one booking with all its times, whose claims the exclusion constraint decides. */
export function makeRoomKind(deps: ServiceDeps): LineKind {
  return {
    kind: ROOM_KIND,
    holdMinutes: HOLD_MINUTES,
    async read(_owner: CartOwner, refs) {
      const offers = refs.map(async (ref) => [ref, await readOffer(deps, ref)] as const);
      return new Map((await Promise.all(offers)).flatMap(([ref, offer]) => (offer === null ? [] : [[ref, offer] as const])));
    },
    hold: (tx, wish) => hold(tx, deps, wish),
    areFree: (tx, orderId) => areFree(tx, deps, orderId),
  };
}

interface Sold {
  readonly id: BookingId;
  readonly code: string;
  readonly state: BookingState;
  readonly roomName: string;
  readonly zone: string;
  readonly priceMinor: number;
  readonly currency: string;
  readonly vatClass: VatClass;
  readonly calendarId: CalendarId;
  readonly isClosed: boolean;
  /** Of what was approved: it can be paid for until then. */
  readonly payUntil: Date | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly count: number;
}

/** A booking that is to be paid, as its slot is priced now, or as it was when it was asked for; null: there is none. */
async function findSold(from: Reads, id: BookingId): Promise<Sold | null> {
  const { rows } = await from.execute<
    Omit<Sold, "id" | "calendarId" | "payUntil" | "startsAt" | "endsAt"> & {
      calendarId: string;
      payUntil: string | null;
      startsAt: string;
      endsAt: string;
    } & Record<string, unknown>
  >(sql`
    select code, state, rooms.name as "roomName", booking.zone, coalesce(agreed_minor, price_minor) as "priceMinor", currency, vat_class as "vatClass",
      calendar_id as "calendarId", is_closed and state = 'held' as "isClosed", pay_until as "payUntil", first.starts_at as "startsAt", first.ends_at as "endsAt", first.count
    from bookings as booking join rooms on rooms.id = booking.room_id join room_slots as slot on slot.id = slot_id
    join lateral (
      select min(starts_at) as starts_at, min(ends_at) as ends_at, count(*)::int as count from booking_times where booking_id = booking.id and not is_off) as first on true
    where booking.id = ${id}`);
  const [row] = rows;
  if (row === undefined || (row.state !== "held" && row.state !== "approved") || row.count === 0) return null;
  return {
    ...{ ...row, id, calendarId: Number(row.calendarId) as CalendarId },
    ...{ startsAt: new Date(row.startsAt), endsAt: new Date(row.endsAt), payUntil: row.payUntil === null ? null : new Date(row.payUntil) },
  };
}

async function readOffer(deps: ServiceDeps, ref: string): Promise<LineOffer | null> {
  const id = readRef(ref);
  const sold = id === null ? null : await findSold(deps.db, id);
  if (sold === null) return null;
  return offerOf(deps, sold, (await isBlocked(deps.db, sold.id)) ? TAKEN : "");
}

const TAKEN = "Somebody else has the room then by now, or it was closed.";

/** Whether somebody else has a room of it, or it is closed while it has none. */
async function isBlocked(from: Reads, id: BookingId): Promise<boolean> {
  const { rows } = await from.execute<{ blocked: boolean }>(sql`
    select exists (
      select from booking_times as its join bookings as own on own.id = its.booking_id join (${LEAVES}) as leaves on root = own.room_id
      left join room_claims as mine on mine.booking_time_id = its.id and mine.room_id = leaf
      where own.id = ${id} and not its.is_off and mine.id is null and (exists (
          select from room_claims as claim left join booking_times on booking_times.id = claim.booking_time_id
          left join bookings as booking on booking.id = booking_times.booking_id
          where claim.room_id = leaf and claim.during && tstzrange(its.starts_at, its.ends_at) and ${IS_LIVE_CLAIM})
        or exists (
          select from room_closures as closure where lifted_at is null and closure.room_id in (select id from (${relatedTo(sql`own.room_id`)}) as related)
            and tstzrange(closure.starts_at, closure.ends_at) && tstzrange(its.starts_at, its.ends_at)))) as blocked`);
  return rows[0]?.blocked ?? false;
}

function offerOf({ clock, locale, publicUrl }: ServiceDeps, sold: Sold, blocked: string): LineOffer {
  const isLate = sold.startsAt <= clock.now();
  const isUnpaid = sold.payUntil !== null && sold.payUntil <= clock.now();
  const trouble = isLate
    ? "Its time has come, and it was not ordered."
    : isUnpaid
      ? "It was not paid for in time, and is free for others now."
      : sold.isClosed
        ? "The room is not offered then any more."
        : blocked;
  const until = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone: sold.zone }).format(sold.endsAt);
  const when = `${timeWords(sold.startsAt, sold.zone, locale)} to ${until}`;
  return {
    title: sold.roomName,
    detail: sold.count === 1 ? when : `${when}, and ${sold.count - 1} more ${sold.count === 2 ? "time" : "times"}`,
    url: publicUrl("events", `/bookings/${sold.code}`),
    unitPriceMinor: sold.priceMinor * sold.count,
    ...{ currency: sold.currency, vatClass: sold.vatClass, calendarId: sold.calendarId },
    ...{ most: trouble === "" ? 1 : 0, trouble },
  };
}

async function hold(tx: Tx, deps: ServiceDeps, { ref, quantity }: LineWish): Promise<LineHold | null> {
  const id = readRef(ref);
  if (id === null) return null;
  await takeTurn(tx);
  const { rows } = await tx.execute(sql`select id from bookings where id = ${id} and state in ('held', 'approved') for no key update`);
  const sold = rows.length === 0 ? null : await findSold(tx, id);
  if (sold === null) return null;
  const open = offerOf(deps, sold, "");
  const isClaimed = open.trouble === "" && (await claimTimes(tx, id, { isHeld: true, now: deps.clock.now() }));
  const offer = open.trouble !== "" || isClaimed ? open : offerOf(deps, sold, TAKEN);
  return { quantity: Math.min(quantity, offer.most ?? quantity), offer };
}

async function areFree(tx: Tx, deps: ServiceDeps, orderId: OrderId): Promise<boolean> {
  const { rows } = await tx.execute<{ ref: string }>(sql`
    select ref from order_lines where order_id = ${orderId} and kind = ${ROOM_KIND} order by ref, id`);
  await takeTurn(tx);
  for (const { ref } of rows) {
    const id = readRef(ref);
    if (id === null) return false;
    const held = await tx.execute(sql`select id from bookings where id = ${id} and state in ('held', 'approved') for no key update`);
    if (held.rows.length === 0 || !(await claimTimes(tx, id, { isHeld: true, now: deps.clock.now() }))) return false;
  }
  return true;
}
