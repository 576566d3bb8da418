import { CALENDAR_COLOURS, type CalendarDetails } from "@rose-ash/shared/contracts/calendar-setup.ts";
import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import { adminOf, adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { isZone } from "@rose-ash/shared/infrastructure/ical/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { CalendarId, RoomId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { CALENDAR_PATH, type CalendarParams, calendarParams, number, typed } from "./fields.ts";

const colour = z.enum(CALENDAR_COLOURS);
const body = z.object({
  ...{ name: typed, slug: typed, description: typed, zone: typed, colour, revision: z.coerce.number().int() },
  proposers: z.enum(["members", "keepers"]).or(
    z
      .string()
      .regex(/^group:./)
      .max(210),
  ),
  isModerated: z.string().optional(),
  rooms: z.preprocess(
    (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(number.transform((id) => id as RoomId)).max(200),
  ),
});
type Body = z.output<typeof body>;

/** GET /admin/calendars/:id: what is said of it, its keepers, and what it takes from elsewhere. */
export const showCalendar: Route<{ Params: CalendarParams }> = {
  method: "GET",
  url: CALENDAR_PATH,
  schema: { params: calendarParams },
  onRequest: adminOnly("edit"),
  handler: (request, reply) => sendCalendar(request, reply, request.params.id, {}),
};

/** POST /admin/calendars/:id: keeps what is said of it. */
export const saveCalendar: Route<{ Params: CalendarParams; Body: Body }> = {
  method: "POST",
  url: CALENDAR_PATH,
  schema: { params: calendarParams, body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id } = request.params;
    const { revision, rooms, isModerated, proposers, ...words } = request.body;
    const details: CalendarDetails = { ...words, ...whoOf(proposers), roomIds: rooms, isModerated: isModerated === "yes" };
    const problem = problemOf(details, await services.writing.listGroups());
    if (problem !== "") return sendCalendar(request, reply.code(422), id, { details, problem });
    const by = adminOf(request).userId;
    const { kind } = await transaction((tx) => services.calendarSetup.saveCalendar(tx, { id, revision, details, by }));
    if (kind === "changed") return reply.redirect(withNotice(`/admin/calendars/${id}`, "saved"), 303);
    if (kind === "gone") throw new CodedError("not-found", "There is no such calendar.", { id });
    const words409 = "Somebody else changed it meanwhile. What you typed is below: look at how it stands now, and save again.";
    return sendCalendar(request, reply.code(409), id, {
      details,
      problem: kind === "taken" ? "Another calendar is at this address already." : words409,
    });
  },
};

/** POST /admin/calendars/:id/removal: one in which nothing is. */
export const removeCalendar: Route<{ Params: CalendarParams }> = {
  method: "POST",
  url: `${CALENDAR_PATH}/removal`,
  schema: { params: calendarParams },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id } = request.params;
    const by = adminOf(request).userId;
    const { kind } = await transaction((tx) => services.calendarSetup.removeCalendar(tx, { id, by }));
    if (kind === "in-use") return reply.redirect(withNotice(`/admin/calendars/${id}`, "setup-refused"), 303);
    return reply.redirect(withNotice("/admin/calendars", "removed-for-good"), 303);
  },
};

/** Who may propose, as the form says it. */
function whoOf(said: string): Pick<CalendarDetails, "proposers" | "proposersGroup"> {
  if (said.startsWith("group:")) return { proposers: "group", proposersGroup: said.slice("group:".length).replaceAll("\u0000", "") };
  return { proposers: said === "keepers" ? "keepers" : "members", proposersGroup: "" };
}

function problemOf({ name, slug, description, zone, proposersGroup }: CalendarDetails, groups: readonly string[]): string {
  if (name === "" || name.length > 100) return "A name of up to 100 letters.";
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) || slug.length > 100) return "The address: small letters, digits and single hyphens.";
  if (description.length > 300) return "The line about it: at most 300 letters.";
  if (proposersGroup !== "" && !groups.includes(proposersGroup)) return "There is no such group any more: choose again who may propose.";
  return isZone(zone) ? "" : "A time zone as “Europe/London”.";
}

/** The page; details: a form that came back, with what is wrong with it. preview: what an import would do. */
export async function sendCalendar(
  request: FastifyRequest,
  reply: FastifyReply,
  id: CalendarId,
  more: { details?: CalendarDetails; problem?: string; preview?: object; importProblem?: string; feedProblem?: string },
): Promise<FastifyReply> {
  const { calendarSetup, calendarFiles, writing } = request.server.services;
  const [calendar, rooms, feeds, groups] = await Promise.all([
    calendarSetup.getCalendar(id),
    calendarSetup.listRooms(),
    calendarFiles.listFeeds(id),
    writing.listGroups(),
  ]);
  const form = more.details ?? calendar;
  return reply.page("admin/calendars/show.html", {
    ...{ menu: menuOf(request), calendar, rooms, feeds, here: `/admin/calendars/${id}`, zones: Intl.supportedValuesOf("timeZone") },
    ...{ form, problem: more.problem ?? "", preview: more.preview ?? null },
    ...{ importProblem: more.importProblem ?? "", feedProblem: more.feedProblem ?? "" },
    colours: CALENDAR_COLOURS.map((value) => ({ value, label: COLOUR_NAMES[value] })),
    chosen: form.roomIds.map(Number),
    proposers: [
      { value: "members", label: "Every member" },
      ...[...new Set([...groups, form.proposersGroup])]
        .filter((group) => group !== "")
        .map((group) => ({ value: `group:${group}`, label: `The group ${group}`, hint: "And who looks after the calendar." })),
      { value: "keepers", label: "Only who looks after it", hint: "Its keepers, and the editors and stewards of events." },
    ],
    chosenProposers: form.proposers === "group" ? `group:${form.proposersGroup}` : form.proposers,
  });
}

const COLOUR_NAMES = { rose: "Rose", leaf: "Leaf green", amber: "Amber", ink: "Ink" };
