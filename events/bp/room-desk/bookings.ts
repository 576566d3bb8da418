import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { BookingId, BookingTimeId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { memberOf } from "../member.ts";

const params = z.object({ id: z.coerce.number().transform((id) => id as BookingId) });
const PATH = "/desk/bookings/:id(^[1-9]\\d{0,11}$)";
type Params = { Params: z.output<typeof params> };
const CODE = /^[A-Za-z0-9_-]{20,40}$/;
const note = z
  .string()
  .max(1_000)
  .catch("")
  .default("")
  .transform((text) => text.replaceAll("\u0000", "").trim());

/** GET /desk/bookings: what waits for them, and the rooms that they look after. To others there is no such page. */
export const showBookingDesk: Route = {
  method: "GET",
  url: "/desk/bookings",
  handler: (request, reply) => sendDesk(request, reply, ""),
};

const verdict = z.object({ verdict: z.enum(["confirmed", "declined"]), note });

/** POST /desk/bookings/:id/decision: approves what was asked for, or declines it with a reason. */
export const decideBooking: Route<Params & { Body: z.output<typeof verdict> }> = {
  method: "POST",
  url: `${PATH}/decision`,
  schema: { params, body: verdict },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const by = memberOf(request);
    const decision = { id: request.params.id, ...request.body };
    const decided = await transaction((tx) => services.roomDesk.decide(tx, by, decision));
    if (decided === "no-reason") return sendDesk(request, reply.code(422), "Say why you decline: they read it. Nothing was decided.");
    return reply.redirect(withNotice("/desk/bookings", DECIDED[decided]), 303);
  },
};

const DECIDED = { confirmed: "room-approved", approved: "room-to-be-paid", declined: "room-declined", settled: "entry-settled" } as const;

/** time: one of its times; left out: all that are to come. code: that of the booking, where its own page asks. */
const off = z.object({
  note,
  code: z.string().regex(CODE).optional(),
  time: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
});

/** POST /desk/bookings/:id/calling-off: takes a booking back, with a reason; what was paid goes back. */
export const callOffBooking: Route<Params & { Body: z.output<typeof off> }> = {
  method: "POST",
  url: `${PATH}/calling-off`,
  schema: { params, body: off },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const by = memberOf(request);
    const timeId = (request.body.time ?? null) as BookingTimeId | null;
    const ending = { id: request.params.id, timeId, note: request.body.note };
    const ended = await transaction((tx) => services.roomDesk.callOff(tx, by, ending));
    if (ended === "no-reason") return sendDesk(request, reply.code(422), "Say why: they read it. Nothing was called off.");
    const done = timeId === null ? "room-called-off" : "room-part-off";
    const notice = ended === "ended" ? done : ended === "in-flight" ? "ticket-refund-waits" : "room-closed";
    const { code } = request.body;
    return reply.redirect(withNotice(code === undefined ? "/desk/bookings" : `/bookings/${code}`, notice), 303);
  },
};

async function sendDesk(request: FastifyRequest, reply: FastifyReply, problem: string): Promise<FastifyReply> {
  const { services, publicUrl } = request.server;
  const by = memberOf(request);
  const [rooms, queue] = await Promise.all([services.roomDesk.listKept(by), services.roomDesk.listQueue(by)]);
  if (rooms.length === 0 && queue.length === 0) throw new CodedError("not-found", "There are no rooms here that you look after.");
  reply.header("cache-control", "private, no-store");
  const trail = [
    { name: "Calendar", url: publicUrl("events", "/") },
    { name: "Your entries", url: publicUrl("events", "/desk") },
    { name: "Rooms you look after" },
  ];
  return reply.page("room-desk/bookings.html", { rooms, queue, problem, trail });
}
