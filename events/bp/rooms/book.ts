import type { Booker, BookResult, SlotTime, SlotWeeks } from "@rose-ash/shared/contracts/bookings.ts";
import { MOST_WEEKS } from "@rose-ash/shared/contracts/bookings.ts";
import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { FieldError } from "@rose-ash/shared/contracts/tickets.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { mayMail, TOO_MANY_MAILS } from "@rose-ash/shared/infrastructure/mail-limit.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { RoomSlotId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { forMembers } from "../calendar/for-members.ts";
import { type AnyForm, anyForm, typed } from "../entry-form/fields.ts";
import { ownerOf } from "../tickets/take.ts";
import { readerOf } from "./reader.ts";

const PATH = "/rooms/:slug/times/:time(^[1-9]\\d{0,11}-\\d{4}-\\d\\d-\\d\\d$)";
/** time: the slot and the day, "7-2026-12-04". */
const params = z.object({ slug: z.string(), time: z.string() });
type Params = { Params: z.output<typeof params> };

/** GET /rooms/:slug/times/:time: one time of a room, and the form to take it, or why it can't be had. */
export const showTime: Route<Params> = {
  method: "GET",
  url: PATH,
  schema: { params },
  handler: async (request, reply) => sendTime(request, reply, { page: await weeksOf(request, MOST_WEEKS), form: {}, errors: [] }),
};

/** POST /rooms/:slug/times/:time: takes it, once or for weeks: into the cart, at once, or by asking. */
export const bookTime: Route<Params & { Body: AnyForm }> = {
  method: "POST",
  url: PATH,
  schema: { params, body: anyForm },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const form = request.body;
    const page = await weeksOf(request, MOST_WEEKS);
    const errors = wrongForm(request, page, form);
    if (errors.length > 0) return sendTime(request, reply.code(422), { page, form, errors });
    const wanted = page.weeks.slice(0, weeksIn(form));
    const open = wanted.filter(({ state }) => state === "free");
    const isPartly = open.length < wanted.length && !(typed(form, "leaveOut") !== "" && open.length > 0);
    if (isPartly)
      return sendTime(request, reply.code(409), { page, form, errors: [], notFree: wanted.filter(({ state }) => state !== "free") });
    const owner = ownerOf(request, reply);
    const booker = bookerOf(request, form);
    const result = await transaction(async (tx): Promise<BookResult> => {
      const isMailed = booker.kind === "guest" && needsAddress(request, page);
      if (isMailed && !(await mayMail(request, tx, { email: booker.email, about: `room ${page.room.slug}` })))
        return { kind: "refused", trouble: TOO_MANY_MAILS };
      if (owner.kind === "device") await services.identity.keepDevice(tx, owner.deviceId);
      const days = open.map(({ on }) => on);
      return services.bookings.book(tx, {
        ...{ slotId: page.first.slotId, days, owner },
        purpose: purposeIn(form),
        booker,
      });
    });
    return answer(request, reply, { form, result });
  },
};

function weeksOf(request: FastifyRequest<Params>, weeks: number): Promise<SlotWeeks> {
  const { slug, time } = request.params;
  const [slotId, on] = [Number(time.slice(0, -11)) as RoomSlotId, time.slice(-10)];
  return request.server.services.bookings.getWeeks(slug, { slotId, on, weeks }, { userId: readerOf(request) });
}

const purposeIn = (form: AnyForm) => typed(form, "purpose").replaceAll(/\p{Cc}+/gu, " ");
const weeksIn = (form: AnyForm) => Number(typed(form, "weeks") || 1);
const address = z.email().max(254);

/** Of what is paid for at once, the order says who it is. */
function needsAddress({ viewer }: FastifyRequest, { first }: SlotWeeks): boolean {
  return viewer.kind !== "member" && (first.priceMinor === 0 || first.isModerated);
}

function wrongForm(request: FastifyRequest, page: SlotWeeks, form: AnyForm): readonly FieldError[] {
  const weeks = weeksIn(form);
  const errors: FieldError[] = [];
  if (purposeIn(form) === "" || purposeIn(form).length > 300)
    errors.push({ field: "purpose", message: "Say what it is for, in up to 300 letters." });
  if (!Number.isSafeInteger(weeks) || weeks < 1 || weeks > page.weeks.length)
    errors.push({ field: "weeks", message: `A number of weeks, up to ${page.weeks.length}.` });
  if (!needsAddress(request, page)) return errors;
  if (typed(form, "name") === "" || typed(form, "name").length > 100) errors.push({ field: "name", message: "Please say your name." });
  if (!address.safeParse(typed(form, "email")).success) errors.push({ field: "email", message: "This is no mail address." });
  return errors;
}

function bookerOf({ viewer }: FastifyRequest, form: AnyForm): Booker {
  if (viewer.kind === "member") return { kind: "member", userId: viewer.userId };
  return { kind: "guest", email: typed(form, "email"), name: typed(form, "name").replaceAll(/\p{Cc}+/gu, " ") };
}

async function answer(
  request: FastifyRequest<Params>,
  reply: FastifyReply,
  { form, result }: { form: AnyForm; result: BookResult },
): Promise<FastifyReply> {
  switch (result.kind) {
    case "in-cart":
      return reply.redirect(withNotice(request.server.publicUrl("cart", "/"), "added"), 303);
    case "confirmed":
    case "requested":
      return reply.redirect(withNotice(`/bookings/${result.code}`, result.kind === "confirmed" ? "room-booked" : "room-asked"), 303);
    case "gone":
      throw new CodedError("not-found", "The room is not offered at such a time.", { ...request.params });
    case "wrong":
      return sendTime(request, reply.code(422), { page: await weeksOf(request, MOST_WEEKS), form, errors: result.errors });
    case "taken": {
      const page = await weeksOf(request, MOST_WEEKS); // as it is now, with who was quicker
      const notFree = page.weeks.slice(0, weeksIn(form)).filter(({ state }) => state !== "free");
      return sendTime(request, reply.code(409), { page, form, errors: [], notFree, trouble: "Somebody was quicker. Nothing was booked." });
    }
    case "refused":
      return sendTime(request, reply.code(409), { page: await weeksOf(request, MOST_WEEKS), form, errors: [], trouble: result.trouble });
  }
}

/** notFree: of the weeks that were wanted, those that can't be had. */
interface Shown {
  readonly page: SlotWeeks;
  readonly form: AnyForm;
  readonly errors: readonly FieldError[];
  readonly notFree?: readonly SlotTime[];
  readonly trouble?: string;
}

function sendTime(
  request: FastifyRequest,
  reply: FastifyReply,
  { page, form, errors, notFree = [], trouble = "" }: Shown,
): Promise<FastifyReply> {
  const { publicUrl } = request.server;
  const { room, first, weeks } = page;
  const isMember = request.viewer.kind === "member";
  const here = `/rooms/${room.slug}/times/${first.slotId}-${first.on}`;
  reply.header("cache-control", "private, no-store");
  return reply.page("rooms/book.html", {
    ...{ room, first, weeks, form, errors, notFree, trouble, isMember, here },
    messages: Object.fromEntries(errors.map(({ field, message }) => [field, message])),
    needsAddress: needsAddress(request, page),
    signInUrl: isMember ? null : forMembers(request, here),
    timesUrl: `/rooms/${room.slug}/times?from=${first.on}`,
    trail: [
      { name: "Calendar", url: publicUrl("events", "/") },
      { name: "Rooms", url: publicUrl("events", "/rooms") },
      { name: room.name, url: publicUrl("events", `/rooms/${room.slug}/times`) },
      { name: "Book" },
    ],
  });
}
