import type { ClosureDraft, RoomDesk } from "@rose-ash/shared/contracts/room-desk.ts";
import type { FieldError } from "@rose-ash/shared/contracts/tickets.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { readLocal, writeLocal } from "@rose-ash/shared/infrastructure/zoned-time.ts";
import type { RoomClosureId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type AnyForm, anyForm, typed } from "../entry-form/fields.ts";
import { memberOf } from "../member.ts";

const params = z.object({ slug: z.string() });
type Params = { Params: z.output<typeof params> };

/** GET /desk/rooms/:slug: when a room is offered, when it is closed, and what is booked. */
export const showRoomDesk: Route<Params> = {
  method: "GET",
  url: "/desk/rooms/:slug",
  schema: { params },
  handler: async (request, reply) => sendRoom(request, reply, { form: {}, errors: [] }),
};

/** POST /desk/rooms/:slug/closures: closes it, with a reason. */
export const closeRoom: Route<Params & { Body: AnyForm }> = {
  method: "POST",
  url: "/desk/rooms/:slug/closures",
  schema: { params, body: anyForm },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const by = memberOf(request);
    const { slug } = request.params;
    const form = request.body;
    const { zone } = await services.roomDesk.getDesk(by, slug);
    const closed = await transaction((tx) => services.roomDesk.close(tx, by, draftOf(slug, form, zone)));
    if (closed.kind === "wrong") return sendRoom(request, reply.code(422), { form, errors: closed.errors });
    const notice = closed.bookings > 0 ? "room-shut-with-bookings" : closed.unplaced > 0 ? "room-shut-with-entries" : "room-shut";
    return reply.redirect(withNotice(`/desk/rooms/${slug}`, notice), 303);
  },
};

const liftParams = z.object({ slug: z.string(), id: z.coerce.number().transform((id) => id as RoomClosureId) });

/** POST /desk/rooms/:slug/closures/:id/lifting: opens it again, as far as no other reason keeps it closed. */
export const liftClosure: Route<{ Params: z.output<typeof liftParams> }> = {
  method: "POST",
  url: "/desk/rooms/:slug/closures/:id(^[1-9]\\d{0,11}$)/lifting",
  schema: { params: liftParams },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const by = memberOf(request);
    const { slug, id } = request.params;
    const isLifted = await transaction((tx) => services.roomDesk.lift(tx, by, { roomSlug: slug, id }));
    return reply.redirect(withNotice(`/desk/rooms/${slug}`, isLifted ? "room-opened" : "not-there-now"), 303);
  },
};

function draftOf(roomSlug: string, form: AnyForm, zone: string): ClosureDraft {
  return {
    ...{ roomSlug, reason: typed(form, "reason").replaceAll(/\p{Cc}+/gu, " "), isOpenEnded: typed(form, "isOpenEnded") !== "" },
    ...{ startsAt: readLocal(typed(form, "startsAt"), zone), endsAt: readLocal(typed(form, "endsAt"), zone) },
  };
}

interface Shown {
  readonly form: AnyForm;
  readonly errors: readonly FieldError[];
}

async function sendRoom(request: FastifyRequest<Params>, reply: FastifyReply, { form, errors }: Shown): Promise<FastifyReply> {
  const { services, publicUrl, runtime } = request.server;
  const desk: RoomDesk = await services.roomDesk.getDesk(memberOf(request), request.params.slug);
  reply.header("cache-control", "private, no-store");
  const trail = [
    { name: "Calendar", url: publicUrl("events", "/") },
    { name: "Rooms you look after", url: publicUrl("events", "/desk/bookings") },
    { name: desk.room.name },
  ];
  return reply.page("room-desk/room.html", {
    ...{ ...desk, here: `/desk/rooms/${desk.room.slug}`, errors, trail, weekdays: WEEKDAYS },
    form: { startsAt: writeLocal(runtime.clock.now(), desk.zone), ...form },
    messages: Object.fromEntries(errors.map(({ field, message }) => [field, message])),
  });
}

/** By their numbers less one. */
export const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
