import type { DraftError, OpenCalendar, RoomClash } from "@rose-ash/shared/contracts/calendar-desk.ts";
import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type AnyForm, draftOf, formContext } from "../entry-form/fields.ts";
import { picturesFor } from "../entry-form/pictures.ts";
import { FORM_LIMITS, type FormError, pictureOf, readForm } from "../entry-form/read-form.ts";
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
    return sendForm(request, reply, { open, calendar, form, errors: [], problems: [], clashes: [] });
  },
};

/** POST /propose: it waits for a keeper, or stands at once where it is one who says so. */
export const propose: Route = {
  method: "POST",
  url: "/propose",
  bodyLimit: FORM_LIMITS.fileSize + 1_000_000,
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const by = memberOf(request);
    const sent = await readForm(request, by);
    const { open, calendar } = await calendarsFor(request, sent.form["calendar"]);
    const picture = await pictureOf(request, sent, { by, isKeeper: calendar.isKeeper, current: null });
    const form = { ...sent.form, pictureId: String(picture.pictureId ?? "") };
    if (picture.errors.length > 0)
      return sendForm(request, reply.code(422), { open, calendar, form, errors: [], problems: picture.errors, clashes: [] });
    const draft = draftOf(form, calendar.zone, picture.pictureId);
    const made = await transaction((tx) => services.calendarDesk.propose(tx, { calendarId: calendar.id, draft, by }));
    if (made.kind === "confirmed") return reply.redirect(withNotice(`/entries/${made.slug}`, "saved"), 303);
    if (made.kind === "proposed") return reply.redirect(withNotice("/desk", "entry-proposed"), 303);
    if (made.kind === "not-yours") throw new CodedError("not-found", "Nothing can be proposed in this calendar.");
    const errors = made.kind === "wrong" ? made.errors : [];
    const clashes = made.kind === "room-taken" ? made.clashes : [];
    return sendForm(request, reply.code(made.kind === "wrong" ? 422 : 409), {
      open,
      calendar,
      form,
      errors,
      problems: [],
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
  readonly problems: readonly FormError[];
  readonly clashes: readonly RoomClash[];
  readonly isTaken?: boolean;
}

async function sendForm(request: FastifyRequest, reply: FastifyReply, { open, isTaken = false, ...shown }: Shown): Promise<FastifyReply> {
  const { publicUrl } = request.server;
  const who = { by: memberOf(request), isKeeper: shown.calendar.isKeeper, current: null, chosen: shown.form["pictureId"] };
  const pictures = await picturesFor(request, who);
  const calendars = open.map(({ name, slug }) => ({ name, url: `/propose?calendar=${slug}`, isCurrent: slug === shown.calendar.slug }));
  return reply.page("propose/propose.html", {
    ...formContext(shown.form, { ...shown, pictures, hasRepeat: true }),
    ...{ calendars: calendars.length > 1 ? calendars : [], isTaken },
    trail: [{ name: "Calendar", url: publicUrl("events", "/") }, { name: "Propose something" }],
  });
}
