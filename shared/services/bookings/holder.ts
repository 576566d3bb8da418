import { sql } from "drizzle-orm";
import type { BookingsService, BookingView } from "../../contracts/bookings.ts";
import type { CartService } from "../../contracts/cart.ts";
import type { PaymentsService } from "../../contracts/payments.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { IS_LIVE_BOOKING, ROOM_KIND } from "../../models/bookings.ts";
import type { UserId } from "../../models/ids.ts";
import { placeUnplaced } from "../calendars/keep-occurrences.ts";
import { endTimes } from "./end-times.ts";
import { endUnpaid } from "./end-unpaid.ts";
import type { KeptCalendars } from "./kept.ts";
import type { Reads } from "./read-rooms.ts";
import { refOf } from "./ref.ts";
import { type FoundBooking, readBookings } from "./views.ts";

const MOST_LISTED = 100;

interface Beside {
  readonly cart: Pick<CartService, "putLine">;
  readonly payments: Pick<PaymentsService, "requestRefund">;
  readonly kept: KeptCalendars;
}

/** What holders see of their bookings, and do with them. */
export function makeHolder(
  deps: ServiceDeps,
  { cart, payments, kept }: Beside,
): Pick<BookingsService, "listOwn" | "findBooking" | "giveBack" | "pay" | "endUnpaid" | "tidy"> {
  const { db, clock } = deps;
  return {
    async listOwn(userId) {
      const isShown = sql`booking.user_id = ${userId} and (booking.state <> 'held' or ${sql.raw(IS_LIVE_BOOKING)})`;
      const lastEnd = sql`(select max(ends_at) from booking_times where booking_id = booking.id)`;
      const order = sql`order by ${lastEnd} > now() desc, abs(extract(epoch from ${lastEnd} - now())), booking.id limit ${MOST_LISTED}`;
      const found = await readBookings(db, isShown, clock.now(), order);
      return found.map(({ view }) => ({ ...view, isHolder: true, isKeeper: false }));
    },
    async findBooking(code, reader) {
      const [found] = await readBookings(db, sql`booking.code = ${code}`, clock.now());
      return found === undefined ? null : viewFor(db, found, reader, kept);
    },
    async giveBack(tx, code, reader, timeId) {
      const [found] = await readBookings(tx, sql`booking.code = ${code}`, clock.now());
      if (found === undefined || !isHolder(found, reader)) return "closed";
      return endTimes(tx, deps, payments, {
        ...{ id: found.view.id, by: reader, who: "holder", note: "" },
        isMeant: ({ id, canGiveBack }) => canGiveBack && (timeId === null || id === timeId),
      });
    },
    async pay(tx, code, reader, owner) {
      const [found] = await readBookings(tx, sql`booking.code = ${code}`, clock.now());
      if (found === undefined || !isHolder(found, reader) || found.view.state !== "approved" || found.view.isOrdered)
        return { kind: "closed" };
      if (!found.view.isLive) return { kind: "late" };
      const put = await cart.putLine(tx, owner, { kind: ROOM_KIND, ref: refOf(found.view.id), quantity: 1, metadata: {} });
      if (put.kind === "refused") return put;
      return { kind: put.kind === "gone" ? "closed" : "in-cart" };
    },
    endUnpaid: (tx) => endUnpaid(tx, deps),
    async tidy(tx) {
      await tx.execute(sql`
        delete from bookings as booking where state = 'held' and created_at < now() - interval '1 day' and not ${sql.raw(IS_LIVE_BOOKING)}
          and not exists (select from cart_lines where kind = 'room' and ref = lpad(booking.id::text, 12, '0'))
          and not exists (select from order_lines where kind = 'room' and ref = lpad(booking.id::text, 12, '0'))`);
      await placeUnplaced(tx, clock.now());
    },
  };
}

/** A member's is theirs when they are signed in; a guest's is whoever's knows its code. */
function isHolder({ userId }: FoundBooking, reader: UserId | null): boolean {
  return userId === null || userId === reader;
}

async function viewFor(db: Reads, found: FoundBooking, reader: UserId | null, kept: KeptCalendars): Promise<BookingView | null> {
  const isKeeper = reader !== null && (await kept(db, reader)).includes(found.calendarId);
  const isOwn = isHolder(found, reader);
  return isOwn || isKeeper ? { ...found.view, isHolder: isOwn && (found.userId !== null || !isKeeper), isKeeper } : null;
}
