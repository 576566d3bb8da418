import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { trustedHtml } from "@rose-ash/shared/infrastructure/templating.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { forMembers } from "./for-members.ts";
import { type CalendarQuery, calendarQuery } from "./query.ts";
import type { Asked } from "./views.ts";

const params = z.object({ slug: z.string() });

/** GET /: all calendars together, as a month, a week, a day or an agenda. */
export const showAll: Route<{ Querystring: CalendarQuery }> = {
  method: "GET",
  url: "/",
  schema: { querystring: calendarQuery },
  config: { publicPage: ["calendar"] },
  handler: (request, reply) => send(request, reply, { calendarSlug: null, roomSlug: null, query: request.query }),
};

/** GET /calendars/:slug: one calendar. */
export const showCalendar: Route<{ Params: z.output<typeof params>; Querystring: CalendarQuery }> = {
  method: "GET",
  url: "/calendars/:slug",
  schema: { params, querystring: calendarQuery },
  config: { publicPage: ["calendar"] },
  handler: (request, reply) => send(request, reply, { calendarSlug: request.params.slug, roomSlug: null, query: request.query }),
};

/** GET /rooms/:slug: what is on in a room, in those inside it and in those around it. */
export const showRoom: Route<{ Params: z.output<typeof params>; Querystring: CalendarQuery }> = {
  method: "GET",
  url: "/rooms/:slug",
  schema: { params, querystring: calendarQuery },
  config: { publicPage: ["calendar"] },
  handler: (request, reply) => send(request, reply, { calendarSlug: null, roomSlug: request.params.slug, query: request.query }),
};

/** What is the same for everybody, with what the viewer may do around it. */
async function send(request: FastifyRequest, reply: FastifyReply, asked: Asked): Promise<FastifyReply> {
  const { roomSlug } = asked;
  const [{ html, goodUntil, ...view }, offered] = await Promise.all([
    request.server.findCalendarView(asked),
    roomSlug === null ? [] : request.server.services.bookings.listRooms(),
  ]);
  request.goodUntil = Math.min(request.goodUntil, goodUntil);
  const context = {
    ...view,
    view: trustedHtml(html),
    bookUrl: offered.some(({ slug }) => slug === roomSlug) ? `/rooms/${roomSlug}/times` : null,
    isMember: request.viewer.kind === "member",
    proposeUrl: forMembers(request, view.calendar === null ? "/propose" : `/propose?calendar=${view.calendar.slug}`),
    shareUrl: view.calendar === null ? null : request.server.publicUrl("events", `/calendars/${view.calendar.slug}/share`),
  };
  const isFront = asked.calendarSlug === null && roomSlug === null && request.viewer.kind === "member";
  return reply.page("calendar/show.html", context, isFront ? { myTickets: { type: "my-tickets", params: { limit: 2 } } } : {});
}
