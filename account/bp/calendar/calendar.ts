import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { hashToken, randomToken } from "@rose-ash/shared/infrastructure/keys/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { accountPage } from "../../sections.ts";
import { memberOf } from "../member.ts";

/** GET /calendar: a file of all that is ahead, and an address that a calendar program follows. */
export const showCalendar: Route = {
  method: "GET",
  url: "/calendar",
  handler: (request, reply) => sendCalendar(request, reply, null),
};

/** GET /calendar.ics: tickets, rooms and entries of a member that have not ended. */
export const downloadAhead: Route = {
  method: "GET",
  url: "/calendar.ics",
  async handler(request, reply) {
    const { body } = await request.server.services.calendarFiles.getOwnAhead(memberOf(request));
    return reply
      .header("cache-control", "private, no-store")
      .header("content-disposition", 'attachment; filename="rose-ash.ics"')
      .type("text/calendar; charset=utf-8")
      .send(body);
  },
};

/** POST /calendar/address: a secret address, shown once; one that was there before opens nothing any more. Events answers at it. */
export const renewAddress: Route = {
  method: "POST",
  url: "/calendar/address",
  async handler(request, reply) {
    const { services, transaction, publicUrl } = request.server;
    const userId = memberOf(request);
    const token = randomToken();
    await transaction((tx) => services.calendarFiles.renewOwnAddress(tx, { userId, tokenHash: hashToken(token) }));
    return sendCalendar(request, reply, publicUrl("events", `/my-calendar/${token}/calendar.ics`));
  },
};

/** POST /calendar/address/removal: it opens nothing any more. */
export const revokeAddress: Route = {
  method: "POST",
  url: "/calendar/address/removal",
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const userId = memberOf(request);
    await transaction((tx) => services.calendarFiles.revokeOwnAddress(tx, userId));
    return reply.redirect(withNotice("/calendar", "feed-revoked"), 303);
  },
};

/** feedUrl: one that was just made. */
async function sendCalendar(request: FastifyRequest, reply: FastifyReply, feedUrl: string | null): Promise<FastifyReply> {
  const address = await request.server.services.calendarFiles.findOwnAddress(memberOf(request));
  return accountPage(reply, "calendar/show.html", { address, feedUrl, webcalUrl: feedUrl?.replace(/^https?:/, "webcal:") ?? null });
}
