import type { BookingView } from "@rose-ash/shared/contracts/bookings.ts";
import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { BookingTimeId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { memberOf } from "../member.ts";
import { readerOf } from "../rooms/reader.ts";
import { ownerOf } from "../tickets/take.ts";

const params = z.object({ code: z.string() });
const CODE = "/bookings/:code(^[A-Za-z0-9_-]{20,40}$)";
type Params = { Params: z.output<typeof params> };
/** time: one of its times; left out: all that can be given back. */
const body = z.object({ time: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional() });

/** GET /bookings: a member's own. */
export const listBookings: Route = {
  method: "GET",
  url: "/bookings",
  async handler(request, reply) {
    const { services, publicUrl } = request.server;
    const list = await services.bookings.listOwn(memberOf(request));
    reply.header("cache-control", "private, no-store");
    const trail = [{ name: "Calendar", url: publicUrl("events", "/") }, { name: "Your bookings" }];
    return reply.page("bookings/list.html", { list, trail });
  },
};

/** GET /bookings/:code: one, to its holder, or to whoever looks after the room. */
export const showBooking: Route<Params> = {
  method: "GET",
  url: CODE,
  schema: { params },
  handler: async (request, reply) => sendBooking(request, reply, await bookingOf(request), ""),
};

/** POST /bookings/:code/payment: what was approved goes into the cart, to be paid for. */
export const payBooking: Route<Params> = {
  method: "POST",
  url: `${CODE}/payment`,
  schema: { params },
  async handler(request, reply) {
    const { services, transaction, publicUrl } = request.server;
    const booking = await bookingOf(request);
    const owner = ownerOf(request, reply);
    const paying = await transaction(async (tx) => {
      if (owner.kind === "device") await services.identity.keepDevice(tx, owner.deviceId);
      return services.bookings.pay(tx, booking.code, readerOf(request), owner);
    });
    if (paying.kind === "in-cart") return reply.redirect(withNotice(publicUrl("cart", "/"), "added"), 303);
    if (paying.kind === "refused") return sendBooking(request, reply.code(409), booking, paying.trouble);
    return reply.redirect(withNotice(`/bookings/${booking.code}`, paying.kind === "late" ? "room-late" : "room-closed"), 303);
  },
};

/** POST /bookings/:code/return: gives back one time of it, or all. */
export const returnBooking: Route<Params & { Body: z.output<typeof body> }> = {
  method: "POST",
  url: `${CODE}/return`,
  schema: { params, body },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { code } = await bookingOf(request);
    const timeId = (request.body.time ?? null) as BookingTimeId | null;
    const result = await transaction((tx) => services.bookings.giveBack(tx, code, readerOf(request), timeId));
    const notice = result === "ended" ? "room-given-back" : result === "in-flight" ? "ticket-refund-waits" : "room-closed";
    return reply.redirect(withNotice(`/bookings/${code}`, notice), 303);
  },
};

/** Another's is as one that is not there. */
async function bookingOf(request: FastifyRequest<Params>): Promise<BookingView> {
  const booking = await request.server.services.bookings.findBooking(request.params.code, readerOf(request));
  if (booking !== null) return booking;
  throw new CodedError("not-found", "There is no such booking, or it is somebody else’s. Members see theirs when they are signed in.");
}

/** Where whoever reads it came from. */
function trailOf({ server: { publicUrl }, viewer }: FastifyRequest, { isHolder }: BookingView): readonly { name: string; url: string }[] {
  if (viewer.kind !== "member") return [];
  if (isHolder) return [{ name: "Your bookings", url: publicUrl("account", "/bookings") }];
  return [{ name: "Rooms you look after", url: publicUrl("events", "/desk/bookings") }];
}

/** trouble: why it could not be paid for. */
function sendBooking(request: FastifyRequest, reply: FastifyReply, booking: BookingView, trouble: string): Promise<FastifyReply> {
  const { publicUrl } = request.server;
  reply.header("cache-control", "private, no-store").header("referrer-policy", "no-referrer"); // a guest's opens by its address
  const trail = [{ name: "Calendar", url: publicUrl("events", "/") }, ...trailOf(request, booking), { name: booking.room.name }];
  return reply.page("bookings/show.html", { booking, trouble, trail });
}
