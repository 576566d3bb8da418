import { eq, inArray, sql } from "drizzle-orm";
import type { BookingTimeView, EndResult } from "../../contracts/bookings.ts";
import type { PaymentsService } from "../../contracts/payments.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { bookings, bookingTimes } from "../../models/bookings.ts";
import type { BookingId, UserId } from "../../models/ids.ts";
import { placeUnplaced } from "../calendars/keep-occurrences.ts";
import { freeTimes } from "./claims.ts";
import { tellOfBooking } from "./tell.ts";
import { type FoundBooking, readBookings } from "./views.ts";

export interface Ending {
  readonly id: BookingId;
  readonly by: UserId | null;
  readonly who: "holder" | "keeper";
  readonly note: string;
  /** Which of its times are meant, of those that stand. */
  readonly isMeant: (time: BookingTimeView) => boolean;
}

const STANDING: ReadonlySet<string> = new Set(["requested", "approved", "confirmed"]);

/**
 * Takes times of a booking off: their rooms are free at once, and what was paid for them goes back the way it came. Locks the order
 * before the booking, as payments do.
 */
export async function endTimes(
  tx: Tx,
  deps: ServiceDeps,
  payments: Pick<PaymentsService, "requestRefund">,
  { id, by, who, note, isMeant }: Ending,
): Promise<EndResult> {
  const now = deps.clock.now();
  const [seen] = await readBookings(tx, sql`booking.id = ${id}`, now);
  if (seen?.orderId) await tx.execute(sql`select id from orders where id = ${seen.orderId} for update`);
  await tx.execute(sql`select id from bookings where id = ${id} for no key update`);
  const [found] = await readBookings(tx, sql`booking.id = ${id}`, now);
  if (found === undefined || !STANDING.has(found.view.state)) return "closed";
  if (found.view.state === "approved" && found.view.isOrdered) return "closed"; // its money is on the way: what is paid can be given back
  const ended = found.view.times.filter((time) => !time.isOff && !time.isOver && isMeant(time));
  if (ended.length === 0) return "closed";
  const refunded = await refund(tx, payments, { found, ended, by });
  if (refunded !== "ended") return refunded;
  await tx
    .update(bookingTimes)
    .set({ isOff: true })
    .where(
      inArray(
        bookingTimes.id,
        ended.map((time) => time.id),
      ),
    );
  const isWhole = ended.length === found.view.times.filter(({ isOff }) => !isOff).length;
  await tx
    .update(bookings)
    .set({ state: isWhole ? "cancelled" : found.view.state, ...(who === "keeper" ? { note, decidedById: by } : isWhole && { note: "" }) })
    .where(eq(bookings.id, id));
  await freeTimes(tx, id);
  await placeUnplaced(tx, now);
  purgeOnCommit(tx, ["calendar"]);
  await tellOfBooking(tx, deps, { id, by, type: isWhole ? "Delete" : "Update", who });
  return "ended";
}

async function refund(
  tx: Tx,
  payments: Pick<PaymentsService, "requestRefund">,
  { found, ended, by }: { found: FoundBooking; ended: readonly BookingTimeView[]; by: UserId | null },
): Promise<EndResult> {
  const amountMinor = ended.reduce((sum, { priceMinor }) => sum + priceMinor, 0);
  if (amountMinor === 0 || found.orderId === null) return "ended";
  const requested = await payments.requestRefund(tx, {
    ...{ orderId: found.orderId, amountMinor, reason: "asked", note: "", by },
    ...{ requestKey: `booking:${found.view.id}:${ended.map(({ id }) => id).join(",")}`, way: "as-it-came" },
  });
  if (requested.kind === "in-flight") return "in-flight";
  return requested.kind === "too-much" ? "closed" : "ended";
}
