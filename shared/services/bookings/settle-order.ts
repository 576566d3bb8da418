import { and, eq, sql } from "drizzle-orm";
import type { BookingsService } from "../../contracts/bookings.ts";
import type { KindLines } from "../../contracts/line-kinds.ts";
import type { OrdersService } from "../../contracts/orders.ts";
import type { PaymentsService } from "../../contracts/payments.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { type BookingState, bookings, bookingTimes, ROOM_KIND } from "../../models/bookings.ts";
import type { BookingId, OrderId } from "../../models/ids.ts";
import { PAID_STATUSES } from "../../models/order-states.ts";
import { placeUnplaced } from "../calendars/keep-occurrences.ts";
import { claimTimes, freeTimes, takeTurn } from "./claims.ts";
import { readRef } from "./ref.ts";
import { tellOfBooking } from "./tell.ts";

const ENDED: readonly string[] = ["refunded", "refund_due", "cancelled", "expired"];

interface Beside {
  readonly orders: Pick<OrdersService, "findKindLines">;
  readonly payments: Pick<PaymentsService, "requestRefund">;
}

/** Makes the bookings of an order agree with where it stands; doing so again changes nothing. */
export function makeSettleOrder(deps: ServiceDeps, { orders, payments }: Beside): BookingsService["settleOrder"] {
  return async (tx, orderId) => {
    const order = await orders.findKindLines(orderId, ROOM_KIND);
    if (order === null || order.lines.length === 0) return;
    const isPaid = PAID_STATUSES.some((status) => status === order.status);
    if (!isPaid && !ENDED.includes(order.status)) return;
    await tx.execute(sql`select id from orders where id = ${orderId} for update`); // a refund may follow: before the bookings, as payments do
    await takeTurn(tx);
    for (const line of order.lines) {
      const id = readRef(line.ref);
      if (id === null) continue;
      if (isPaid) await confirm(tx, deps, payments, { id, orderId, order, line });
      else await end(tx, deps, id);
    }
  };
}

interface Paid {
  readonly id: BookingId;
  readonly orderId: OrderId;
  readonly order: KindLines;
  readonly line: KindLines["lines"][number];
}

/**
 * Only what is held, or approved, becomes confirmed: a second time there is nothing to do. Each time bears its share of what was paid.
 * What was approved is whose it was, whoever paid for it.
 */
async function confirm(
  tx: Tx,
  deps: ServiceDeps,
  payments: Pick<PaymentsService, "requestRefund">,
  { id, orderId, order, line }: Paid,
): Promise<void> {
  const holder = order.userId === null ? { email: order.email, holderName: order.buyerName } : { userId: order.userId };
  const paidMinor = line.quantity * line.unitPriceMinor - line.discountMinor;
  const { rows } = await tx.execute<{ state: BookingState; lineId: string | null }>(sql`
    select state, order_line_id as "lineId" from bookings where id = ${id} for no key update`);
  const [before] = rows;
  if (before !== undefined && before.lineId !== null && Number(before.lineId) === line.id) return;
  if (before === undefined || (before.state !== "held" && before.state !== "approved")) {
    await giveLost(tx, payments, { id, orderId, paidMinor });
    return;
  }
  await tx
    .update(bookings)
    .set({ state: "confirmed", orderLineId: line.id, ...(before.state === "held" && holder) })
    .where(and(eq(bookings.id, id), eq(bookings.state, before.state)));
  const standing = and(eq(bookingTimes.bookingId, id), eq(bookingTimes.isOff, false));
  const times = await tx.select({ id: bookingTimes.id }).from(bookingTimes).where(standing).orderBy(bookingTimes.id);
  const upTo = (count: number) => Math.floor((paidMinor * count) / times.length);
  for (const [at, time] of times.entries())
    await tx
      .update(bookingTimes)
      .set({ priceMinor: upTo(at + 1) - upTo(at) })
      .where(eq(bookingTimes.id, time.id));
  if (await claimTimes(tx, id, { isHeld: false, now: deps.clock.now() })) {
    await tellOfBooking(tx, deps, { id, by: order.userId, type: "Create", who: "holder" });
    return;
  }
  // it was paid at the last moment, and somebody has the room
  await giveLost(tx, payments, { id, orderId, paidMinor });
  await end(tx, deps, id);
}

/** Nothing was given for the money: somebody else has the room, it was paid twice, or it was called off meanwhile. */
async function giveLost(
  tx: Tx,
  payments: Pick<PaymentsService, "requestRefund">,
  { id, orderId, paidMinor }: { id: BookingId; orderId: OrderId; paidMinor: number },
): Promise<void> {
  await payments.requestRefund(tx, {
    ...{ orderId, amountMinor: paidMinor, reason: "asked", note: "", by: null, way: "as-it-came" },
    requestKey: `booking:${id}:lost:${orderId}`,
  });
}

/** What was only held is nobody's any more, and may be put into a cart again; what stood is over. */
async function end(tx: Tx, deps: ServiceDeps, id: BookingId): Promise<void> {
  const [gone] = await tx
    .update(bookings)
    .set({ state: "cancelled" })
    .where(and(eq(bookings.id, id), eq(bookings.state, "confirmed")))
    .returning({ id: bookings.id });
  await freeTimes(tx, id);
  await placeUnplaced(tx, deps.clock.now());
  purgeOnCommit(tx, ["calendar"]);
  if (gone !== undefined) await tellOfBooking(tx, deps, { id, by: null, type: "Delete", who: "order" });
}
