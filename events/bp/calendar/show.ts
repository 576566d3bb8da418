import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type CalendarQuery, calendarQuery } from "./query.ts";
import { sendDays, sendMonth } from "./views.ts";

const params = z.object({ slug: z.string() });

/** GET /: all calendars together, as a month, a week, a day or an agenda. */
export const showAll: Route<{ Querystring: CalendarQuery }> = {
  method: "GET",
  url: "/",
  schema: { querystring: calendarQuery },
  config: { publicPage: ["calendar"] },
  handler: (request, reply) => send(request, reply, { calendarSlug: null, room: null, query: request.query }),
};

/** GET /calendars/:slug: one calendar. */
export const showCalendar: Route<{ Params: z.output<typeof params>; Querystring: CalendarQuery }> = {
  method: "GET",
  url: "/calendars/:slug",
  schema: { params, querystring: calendarQuery },
  config: { publicPage: ["calendar"] },
  handler: (request, reply) => send(request, reply, { calendarSlug: request.params.slug, room: null, query: request.query }),
};

/** GET /rooms/:slug: what is on in a room, in those inside it and in those around it. */
export const showRoom: Route<{ Params: z.output<typeof params>; Querystring: CalendarQuery }> = {
  method: "GET",
  url: "/rooms/:slug",
  schema: { params, querystring: calendarQuery },
  config: { publicPage: ["calendar"] },
  async handler(request, reply) {
    const { calendarSetup, bookings } = request.server.services;
    const [found, offered] = await Promise.all([calendarSetup.getRoom(request.params.slug), bookings.listRooms()]);
    const room = { ...found, isOffered: offered.some(({ slug }) => slug === found.slug) };
    return send(request, reply, { calendarSlug: null, room, query: { ...request.query, room: room.slug } });
  },
};

function send(request: FastifyRequest, reply: FastifyReply, asked: Parameters<typeof sendMonth>[2]): Promise<FastifyReply> {
  return asked.query.view === "month" ? sendMonth(request, reply, asked) : sendDays(request, reply, asked);
}
