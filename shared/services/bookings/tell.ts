import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { ActivityType } from "../../models/federation.ts";
import type { BookingId, UserId } from "../../models/ids.ts";
import { readBookings } from "./views.ts";

/** A time as people say it: "Friday 4 December, 18:00". */
export function timeWords(at: Date, zone: string, locale: string): string {
  const day = { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" } as const;
  return new Intl.DateTimeFormat(locale, { ...day, timeZone: zone }).format(at);
}

/**
 * Offer: somebody asks for a room; Create: it is theirs; Accept, Reject: a keeper decided; Update, Delete: some of its times, or all,
 * are off. who did it: its holder, a keeper, the order whose money went back, or time, as it was not paid for. Notices lead members to it, guests have their mails.
 */
export async function tellOfBooking(
  tx: Tx,
  { clock, locale }: Pick<ServiceDeps, "clock" | "locale">,
  told: { id: BookingId; by: UserId | null; type: ActivityType; who: "holder" | "keeper" | "order" | "time" },
): Promise<void> {
  const { id, by, type, who } = told;
  const [found] = await readBookings(tx, sql`booking.id = ${id}`, clock.now());
  if (found === undefined) return;
  const { view, userId } = found;
  const first = view.times.find(({ isOff }) => !isOff) ?? view.times[0];
  const when = first === undefined ? "" : `, ${timeWords(first.startsAt, view.zone, locale)}`;
  const isToBePaid = view.state === "approved" && view.payUntil !== null;
  const name = `${view.room.name}${when}${isToBePaid ? ` (to be paid until ${timeWords(view.payUntil, view.zone, locale)})` : ""}`;
  const details = { name, path: userId === null ? "/desk/bookings" : `/bookings/${view.code}`, who };
  await emitActivity(tx, { originApp: "events", actorId: by, type, object: { type: "Booking", id }, details });
}
