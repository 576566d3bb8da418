import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { DeskSlot, RoomDesk, SlotDraft } from "@rose-ash/shared/contracts/room-desk.ts";
import type { FieldError } from "@rose-ash/shared/contracts/tickets.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { writeLocal } from "@rose-ash/shared/infrastructure/zoned-time.ts";
import type { CalendarId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type AnyForm, anyForm, typed } from "../entry-form/fields.ts";
import { memberOf } from "../member.ts";
import { minorOf, numberOf } from "../ticket-desk/forms.ts";
import { WEEKDAYS } from "./room.ts";

/** "new": another one. */
const params = z.object({ slug: z.string(), id: z.union([z.literal("new"), z.string().regex(/^\d{1,12}$/)]) });
type Params = { Params: z.output<typeof params> };

/** GET /desk/rooms/:slug/slots/:id: the form of a time at which a room is offered. */
export const editSlot: Route<Params> = {
  method: "GET",
  url: "/desk/rooms/:slug/slots/:id",
  schema: { params },
  async handler(request, reply) {
    const { desk, slot } = await slotOf(request);
    return sendSlot(request, reply, { desk, slot, form: formOf(slot, desk, request.server.runtime.clock.now()), errors: [] });
  },
};

/** POST /desk/rooms/:slug/slots/:id: offers a time, or changes one. What is booked stays as it is. */
export const saveSlot: Route<Params & { Body: AnyForm }> = {
  method: "POST",
  url: "/desk/rooms/:slug/slots/:id",
  schema: { params, body: anyForm },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const form = request.body;
    const { desk, slot } = await slotOf(request);
    const revision = numberOf(typed(form, "revision"));
    const saved = { roomSlug: desk.room.slug, id: slot?.id ?? null, revision: Number.isNaN(revision) ? 0 : revision, draft: draftOf(form) };
    const result = await transaction((tx) => services.roomDesk.saveSlot(tx, memberOf(request), saved));
    if (result.kind === "wrong") return sendSlot(request, reply.code(422), { desk, slot, form, errors: result.errors });
    if (result.kind === "conflict") {
      const now = await slotOf(request);
      const stands = formOf(now.slot, now.desk, request.server.runtime.clock.now());
      return sendSlot(request, reply.code(409), { ...now, form: stands, errors: [], isConflict: true });
    }
    return reply.redirect(withNotice(`/desk/rooms/${desk.room.slug}`, "saved"), 303);
  },
};

async function slotOf(request: FastifyRequest<Params>): Promise<{ desk: RoomDesk; slot: DeskSlot | null }> {
  const { slug, id } = request.params;
  const desk = await request.server.services.roomDesk.getDesk(memberOf(request), slug);
  const slot = desk.slots.find((one) => String(one.id) === id) ?? null;
  if (id !== "new" && slot === null) throw new CodedError("not-found", "There is no such time of the room.", { slug, id });
  return { desk, slot };
}

function draftOf(form: AnyForm): SlotDraft {
  const vatClass = typed(form, "vatClass");
  const refundHours = typed(form, "refundHours");
  return {
    ...{ calendarId: numberOf(typed(form, "calendarId")) as CalendarId, weekday: numberOf(typed(form, "weekday")) },
    ...{
      startsTime: typed(form, "startsTime").slice(0, 5),
      endsTime: typed(form, "endsTime").slice(0, 5),
      priceMinor: minorOf(typed(form, "price")),
    },
    vatClass: vatClass === "zero" || vatClass === "reduced" ? vatClass : "standard",
    isForMembers: typed(form, "isForMembers") !== "",
    isModerated: typed(form, "isModerated") !== "",
    payHours: numberOf(typed(form, "payHours") || "48"),
    refundHours: refundHours === "" ? null : numberOf(refundHours),
    firstOn: typed(form, "firstOn"),
    lastOn: typed(form, "lastOn") || null,
    isClosed: typed(form, "isClosed") !== "",
  };
}

/** As fields; slot null: of a new one. */
function formOf(slot: DeskSlot | null, desk: RoomDesk, now: Date): AnyForm {
  const on = (is: boolean) => (is ? "on" : "");
  if (slot === null) {
    const calendarId = String(desk.calendars[0]?.id ?? "");
    return {
      calendarId,
      weekday: "1",
      price: "0",
      vatClass: "standard",
      isForMembers: "on",
      payHours: "48",
      refundHours: "48",
      firstOn: writeLocal(now, desk.zone).slice(0, 10),
    };
  }
  return {
    ...{ calendarId: String(slot.calendarId), weekday: String(slot.weekday), startsTime: slot.startsTime, endsTime: slot.endsTime },
    ...{
      price: (slot.priceMinor / 100).toFixed(2),
      vatClass: slot.vatClass,
      payHours: String(slot.payHours),
      refundHours: String(slot.refundHours ?? ""),
    },
    ...{ isForMembers: on(slot.isForMembers), isModerated: on(slot.isModerated), isClosed: on(slot.isClosed) },
    ...{ firstOn: slot.firstOn, lastOn: slot.lastOn ?? "", revision: String(slot.revision) },
  };
}

interface Shown {
  readonly desk: RoomDesk;
  readonly slot: DeskSlot | null;
  readonly form: AnyForm;
  readonly errors: readonly FieldError[];
  readonly isConflict?: boolean;
}

function sendSlot(
  request: FastifyRequest,
  reply: FastifyReply,
  { desk, slot, form, errors, isConflict = false }: Shown,
): Promise<FastifyReply> {
  const { publicUrl } = request.server;
  const { room } = desk;
  const here = `/desk/rooms/${room.slug}`;
  reply.header("cache-control", "private, no-store");
  return reply.page("room-desk/slot.html", {
    ...{
      room,
      form,
      errors,
      isConflict,
      action: `${here}/slots/${slot?.id ?? "new"}`,
      name: slot === null ? "Offer a time" : "Change a time",
    },
    messages: Object.fromEntries(errors.map(({ field, message }) => [field, message])),
    weekdays: WEEKDAYS.map((label, at) => ({ value: String(at + 1), label })),
    calendars: desk.calendars.map(({ id, name }) => ({ value: String(id), label: name })),
    trail: [
      { name: "Calendar", url: publicUrl("events", "/") },
      { name: "Rooms you look after", url: publicUrl("events", "/desk/bookings") },
      { name: room.name, url: publicUrl("events", here) },
      { name: slot === null ? "Offer a time" : "Change a time" },
    ],
  });
}
