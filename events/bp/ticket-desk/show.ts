import type { TicketDesk } from "@rose-ash/shared/contracts/ticket-desk.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { memberOf } from "../member.ts";

const params = z.object({ slug: z.string() });
const key = z
  .string()
  .regex(/^[0-9TZ]{8,16}$/)
  .optional()
  .catch(undefined);
const querystring = z.looseObject({ key }); // loose: a notice may stand beside it

/** GET /entries/:slug/tickets: kinds of tickets, how they are given out, and who waits. */
export const showTicketDesk: Route<{ Params: z.output<typeof params>; Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/entries/:slug/tickets",
  schema: { params, querystring },
  async handler(request, reply) {
    const desk = await request.server.services.ticketDesk.getDesk(memberOf(request), request.params.slug, request.query.key ?? null);
    return sendDesk(request, reply, desk, "");
  },
};

const timeParams = z.object({ slug: z.string(), key: z.string() });
const placesForm = z.object({ capacity: z.string().trim().max(10).catch("") });

/** POST /entries/:slug/:key/places: how many there are at one time of a series; nothing: as many as at the others. */
export const savePlaces: Route<{ Params: z.output<typeof timeParams>; Body: z.output<typeof placesForm> }> = {
  method: "POST",
  url: "/entries/:slug/:key(^[0-9TZ]{8,16}$)/places",
  schema: { params: timeParams, body: placesForm },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { slug, key: ofTime } = request.params;
    const by = memberOf(request);
    const capacity = request.body.capacity === "" ? null : Number(request.body.capacity);
    const [wrong] = await transaction((tx) => services.ticketDesk.saveTime(tx, by, { slug, key: ofTime, capacity }));
    if (wrong === undefined) return reply.redirect(withNotice(`/entries/${slug}/tickets?key=${ofTime}`, "saved"), 303);
    return sendDesk(request, reply.code(422), await services.ticketDesk.getDesk(by, slug, ofTime), wrong.message);
  },
};

function sendDesk(request: FastifyRequest, reply: FastifyReply, desk: TicketDesk, capacityError: string): Promise<FastifyReply> {
  const { slug, key: ofTime } = desk.time;
  const here = `/entries/${slug}`;
  reply.header("cache-control", "private, no-store");
  return reply.page("ticket-desk/show.html", {
    ...desk,
    capacityError,
    here,
    doorUrl: `${here}/door${ofTime === "" ? "" : `?key=${ofTime}`}`,
    trail: trailOf(request, desk, []),
  });
}

/** Steps below the entry. */
export function trailOf({ server }: FastifyRequest, { time: { slug, title, key: ofTime } }: TicketDesk, steps: readonly string[]) {
  const entry = `/entries/${slug}${ofTime === "" ? "" : `/${ofTime}`}`;
  const tickets = { name: "Tickets", url: `/entries/${slug}/tickets` };
  return [
    { name: "Calendar", url: server.publicUrl("events", "/") },
    { name: title, url: entry },
    tickets,
    ...steps.map((name) => ({ name })),
  ];
}
