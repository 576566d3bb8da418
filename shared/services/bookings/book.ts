import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Booker, BookingsService, BookingWish, BookResult } from "../../contracts/bookings.ts";
import { MOST_WEEKS } from "../../contracts/bookings.ts";
import type { CartService } from "../../contracts/cart.ts";
import type { FieldError } from "../../contracts/tickets.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { bookings, bookingTimes, ROOM_KIND, slotTimesSql } from "../../models/bookings.ts";
import type { BookingId, RoomId, RoomSlotId } from "../../models/ids.ts";
import { isOwnedBy } from "../cart/owner.ts";
import { claimTimes, takeTurn } from "./claims.ts";
import { refOf } from "./ref.ts";
import { isDay } from "./slot-times.ts";
import { tellOfBooking } from "./tell.ts";

const MOST_PURPOSE_LETTERS = 300;
/** What somebody may have of rooms without having paid, to come, and in the cart, at once. */
const MOST_COMING = 20;
const MOST_IN_CART = 6;
/** What guests together may have of one room without having paid: who is behind an address nobody knows, and members come first. */
const MOST_OF_GUESTS = 10;

/** 144 bits, as it opens what a guest has. */
export function newBookingCode(): string {
  return randomBytes(18).toString("base64url");
}

/** Ends the savepoint of a booking that can't be. */
class NotBooked extends Error {
  readonly result: BookResult;
  constructor(result: BookResult) {
    super(`not booked: ${result.kind}`);
    this.result = result;
  }
}

interface Offered {
  readonly id: RoomSlotId;
  readonly roomId: RoomId;
  readonly zone: string;
  readonly priceMinor: number;
  readonly isForMembers: boolean;
  readonly isModerated: boolean;
  readonly times: readonly { startsAt: Date; endsAt: Date }[];
}

/** Booking: what a keeper has to approve waits for them; else what costs something goes into the cart and is held there, what does not stands at once. */
export function makeBook(deps: ServiceDeps, { cart }: { cart: Pick<CartService, "putLine"> }): BookingsService["book"] {
  return async (tx, wish) => {
    const slot = await findOffered(tx, wish);
    if (slot === null) return { kind: "gone" };
    const refused = await refusalOf(tx, slot, wish, deps.clock.now());
    if (refused !== null) return refused;
    try {
      return await tx.transaction((inner) => write(inner, { deps, cart, slot, wish }));
    } catch (error) {
      if (error instanceof NotBooked) return error.result;
      throw error;
    }
  };
}

/** The slot with the times of all days that are wanted; null: it is not offered on one of them. */
async function findOffered(tx: Tx, { slotId, days }: BookingWish): Promise<Offered | null> {
  const sorted = [...new Set(days)].filter(isDay).toSorted();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined || sorted.length !== days.length || days.length > MOST_WEEKS) return null;
  if (Date.parse(last) - Date.parse(first) > MOST_WEEKS * 7 * 86_400_000) return null;
  const { rows } = await tx.execute<
    Omit<Offered, "times" | "id" | "roomId"> & { roomId: string; startsAt: string; endsAt: string } & Record<string, unknown>
  >(sql`
    select slot.room_id as "roomId", zone, price_minor as "priceMinor", is_for_members as "isForMembers", is_moderated as "isModerated",
      starts_at as "startsAt", ends_at as "endsAt"
    from (${sql.raw(slotTimesSql(`date '${first}'`, `date '${last}'`))}) as slot_time join room_slots as slot on slot.id = slot_time.id
    where slot.id = ${slotId} and on_day = any(${sql.param(sorted)}::date[]) order by starts_at`);
  const [row] = rows;
  if (row === undefined || rows.length !== sorted.length) return null;
  const { roomId, startsAt: _from, endsAt: _to, ...facts } = row;
  const times = rows.map(({ startsAt, endsAt }) => ({ startsAt: new Date(startsAt), endsAt: new Date(endsAt) }));
  return { ...facts, id: slotId, roomId: Number(roomId) as RoomId, times };
}

async function refusalOf(tx: Tx, slot: Offered, { booker, owner, purpose, days }: BookingWish, now: Date): Promise<BookResult | null> {
  const refused = (trouble: string): BookResult => ({ kind: "refused", trouble });
  const errors: FieldError[] = [];
  if (purpose === "" || purpose.length > MOST_PURPOSE_LETTERS)
    errors.push({ field: "purpose", message: `Say what it is for, in up to ${MOST_PURPOSE_LETTERS} letters.` });
  if (errors.length > 0) return { kind: "wrong", errors };
  if (slot.times.some(({ startsAt }) => startsAt <= now)) return refused("It has begun already.");
  if (booker.kind === "guest" && slot.isForMembers) return refused("Members book this room. Please sign in first.");
  if (booker.kind === "guest" && days.length > 1) return refused("Members book for several weeks. Please sign in first.");
  if (slot.priceMinor === 0 || slot.isModerated) {
    if ((await countComing(tx, booker)) + days.length > MOST_COMING)
      return refused(`More than ${MOST_COMING} times to come would be yours. Give some back first.`);
    if (booker.kind === "guest" && (await countOfGuests(tx, slot.roomId)) >= MOST_OF_GUESTS)
      return refused("Guests have as many times of this room as they can have at once. Members can book it: sign in, or look again later.");
    return null;
  }
  const { rows } = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from cart_lines join carts on carts.id = cart_id where ${isOwnedBy(owner)} and kind = ${ROOM_KIND}`);
  return (rows[0]?.count ?? 0) < MOST_IN_CART ? null : refused("There are several rooms in your cart. Order them first, or take one out.");
}

/** Whoever does so twice at a moment waits for themselves. */
async function countComing(tx: Tx, booker: Booker): Promise<number> {
  const key = booker.kind === "member" ? `member ${booker.userId}` : `guest ${booker.email.toLowerCase()}`;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`rooms of ${key}`}, 0))`);
  const isTheirs = booker.kind === "member" ? sql`user_id = ${booker.userId}` : sql`lower(email) = lower(${booker.email})`;
  const { rows } = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from bookings join booking_times on booking_id = bookings.id
    where ${isTheirs} and state in ('requested', 'approved', 'confirmed') and not is_off and price_minor = 0 and ends_at > now()`);
  return rows[0]?.count ?? 0;
}

async function countOfGuests(tx: Tx, roomId: RoomId): Promise<number> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`guests in room ${roomId}`}, 0))`);
  const { rows } = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from bookings join booking_times on booking_id = bookings.id
    where room_id = ${roomId} and user_id is null and state in ('requested', 'approved', 'confirmed') and not is_off and price_minor = 0 and ends_at > now()`);
  return rows[0]?.count ?? 0;
}

interface Writing {
  readonly deps: ServiceDeps;
  readonly cart: Pick<CartService, "putLine">;
  readonly slot: Offered;
  readonly wish: BookingWish;
}

async function write(tx: Tx, { deps, cart, slot, wish }: Writing): Promise<BookResult> {
  const { booker, owner, purpose } = wish;
  const isSold = slot.priceMinor > 0 && !slot.isModerated;
  const state = isSold ? "held" : slot.isModerated ? "requested" : "confirmed";
  const agreedMinor = slot.isModerated ? slot.priceMinor : null;
  const code = newBookingCode();
  const holder = booker.kind === "member" ? { userId: booker.userId } : isSold ? {} : { email: booker.email, holderName: booker.name };
  const [made] = await tx
    .insert(bookings)
    .values({ slotId: slot.id, roomId: slot.roomId, zone: slot.zone, code, state, purpose, agreedMinor, ...holder })
    .returning({ id: bookings.id });
  if (made === undefined) throw new Error("a booking was not made");
  await tx.insert(bookingTimes).values(slot.times.map((time) => ({ ...time, bookingId: made.id })));
  if (isSold) {
    const put = await cart.putLine(tx, owner, { kind: ROOM_KIND, ref: refOf(made.id), quantity: 1, metadata: {} });
    if (put.kind !== "added" && put.kind !== "capped") throw new NotBooked({ kind: "taken" });
    return { kind: "in-cart", code };
  }
  return takeFree(tx, deps, { id: made.id, code, state: state === "requested" ? state : "confirmed", booker });
}

async function takeFree(
  tx: Tx,
  deps: ServiceDeps,
  { id, code, state, booker }: { id: BookingId; code: string; state: "requested" | "confirmed"; booker: Booker },
): Promise<BookResult> {
  await takeTurn(tx);
  if (!(await claimTimes(tx, id, { isHeld: false, now: deps.clock.now() }))) throw new NotBooked({ kind: "taken" });
  const by = booker.kind === "member" ? booker.userId : null;
  await tellOfBooking(tx, deps, { id, by, type: state === "requested" ? "Offer" : "Create", who: "holder" });
  return { kind: state, code };
}
