import type { NextThing } from "../../contracts/account.ts";
import type { BookingView } from "../../contracts/bookings.ts";
import type { Services } from "../../contracts/services.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { UserId } from "../../models/ids.ts";

/** Who keeps what is ahead, beside the calendar. */
export interface Kept {
  readonly bookings: Pick<Services["bookings"], "listOwn">;
  readonly orders: Pick<Services["orders"], "listPickUpsAhead">;
}

export type ListNext = (userId: UserId, limit: number) => Promise<readonly NextThing[]>;

/** What a member does next, whoever keeps it, soonest first. */
export function makeListNext(
  { publicUrl }: Pick<ServiceDeps, "publicUrl">,
  { events, bookings, orders }: Pick<Services, "events"> & Kept,
): ListNext {
  return async (userId, limit) => {
    const [tickets, rooms, pickUps] = await Promise.all([
      events.listTicketsAhead(userId, limit),
      bookings.listOwn(userId),
      orders.listPickUpsAhead(userId, limit),
    ]);
    const things: NextThing[] = [
      ...tickets.map(({ count, code, entry }) => ({
        ...{ kind: "ticket" as const, title: entry.title, startsAt: entry.startsAt, zone: entry.zone, isOff: entry.isCancelled },
        detail: [count === 1 ? "Your ticket" : `${count} tickets`, entry.place].filter((words) => words !== "").join(", "),
        url: publicUrl("account", `/tickets/${code}`),
      })),
      ...rooms.flatMap((booking) => timesOf(booking, publicUrl("events", `/bookings/${booking.code}`))),
      ...pickUps.map(({ reference, place, startsAt, zone, cycle, isBrought }) => ({
        ...{ kind: "pick-up" as const, title: isBrought ? "Your order comes" : "Fetch your order", startsAt, zone, isOff: false },
        detail: `${cycle}, ${place}`,
        url: publicUrl("cart", `/orders/${reference}`),
      })),
    ];
    return things.toSorted((one, other) => one.startsAt.getTime() - other.startsAt.getTime()).slice(0, limit);
  };
}

/** What is said of a room; of what is only in a cart, or came to nothing, nothing. */
const STANDS: Partial<Record<BookingView["state"], string>> = {
  requested: "Asked for, not decided yet",
  approved: "Yours once it is paid",
  confirmed: "The room is yours",
};

function timesOf({ room, zone, times, state }: BookingView, url: string): NextThing[] {
  const detail = STANDS[state];
  if (detail === undefined) return [];
  return times
    .filter(({ isOver, isOff }) => !isOver && !isOff)
    .map(({ startsAt }) => ({ kind: "booking" as const, title: room.name, startsAt, zone, url, isOff: false, detail }));
}
