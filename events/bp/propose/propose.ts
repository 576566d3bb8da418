import type { DraftError, OpenCalendar, RoomClash } from "@rose-ash/shared/contracts/calendar-desk.ts";
import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type AnyForm, anyForm, draftOf, formContext } from "../entry-form/fields.ts";
import { memberOf } from "../member.ts";

const querystring = z.object({
  calendar: z.string().optional(),
  on: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/)
    .optional()
    .catch(undefined),
});

/** GET /propose: the form. ?calendar: into which. */
export const showPropose: Route<{ Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/propose",
  schema: { querystring },
  async handler(request, reply) {
    const { open, calendar } = await calendarsFor(request, request.query.calendar);
    const form = { zone: calendar.zone, repeat: "none", startsOn: request.query.on ?? "", startsTime: "18:00", endsTime: "20:00" };
    return sendForm(request, reply, { open, calendar, form, errors: [], clashes: [] });
  },
};

/** POST /propose: it waits for a keeper, or stands at once where it is one who says so. */
export const propose: Route<{ Body: AnyForm }> = {
  method: "POST",
  url: "/propose",
  schema: { body: anyForm },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const by = memberOf(request);
    const { open, calendar } = await calendarsFor(request, request.body["calendar"]);
    const draft = draftOf(request.body, calendar.zone);
    const made = await transaction((tx) => services.calendarDesk.propose(tx, { calendarId: calendar.id, draft, by }));
    if (made.kind === "confirmed") return reply.redirect(withNotice(`/entries/${made.slug}`, "saved"), 303);
    if (made.kind === "proposed") return reply.redirect(withNotice("/desk", "entry-proposed"), 303);
    if (made.kind === "not-yours") throw new CodedError("not-found", "Nothing can be proposed in this calendar.");
    const errors = made.kind === "wrong" ? made.errors : [];
    const clashes = made.kind === "room-taken" ? made.clashes : [];
    return sendForm(request, reply.code(made.kind === "wrong" ? 422 : 409), {
      open,
      calendar,
      form: request.body,
      errors,
      clashes,
      isTaken: made.kind === "room-taken",
    });
  },
};

async function calendarsFor(
  request: FastifyRequest,
  slug: string | undefined,
): Promise<{ open: readonly OpenCalendar[]; calendar: OpenCalendar }> {
  const open = await request.server.services.calendarDesk.listOpenCalendars(memberOf(request));
  const calendar = open.find((one) => one.slug === slug) ?? (slug === undefined || slug === "" ? open[0] : undefined);
  if (!calendar) throw new CodedError("not-found", "There is no calendar here that takes proposals of members.");
  return { open, calendar };
}

interface Shown {
  readonly open: readonly OpenCalendar[];
  readonly calendar: OpenCalendar;
  readonly form: AnyForm;
  readonly errors: readonly DraftError[];
  readonly clashes: readonly RoomClash[];
  readonly isTaken?: boolean;
}

function sendForm(request: FastifyRequest, reply: FastifyReply, { open, isTaken = false, ...shown }: Shown): Promise<FastifyReply> {
  const { publicUrl } = request.server;
  const calendars = open.map(({ name, slug }) => ({ name, url: `/propose?calendar=${slug}`, isCurrent: slug === shown.calendar.slug }));
  return reply.page("propose/propose.html", {
    ...formContext(shown.form, { ...shown, hasRepeat: true }),
    ...{ calendars: calendars.length > 1 ? calendars : [], isTaken },
    trail: [{ name: "Calendar", url: publicUrl("events", "/") }, { name: "Propose something" }],
  });
}
