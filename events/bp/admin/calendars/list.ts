import { adminOf, adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { typed } from "./fields.ts";

const MAX_NAME = 100;
const body = z.object({ name: typed });

/** GET /admin/calendars: all of them, and a form for another one. */
export const listCalendars: Route = {
  method: "GET",
  url: "/admin/calendars",
  onRequest: adminOnly("edit"),
  handler: (request, reply) => sendList(request, reply, { name: "", error: "" }),
};

/** POST /admin/calendars: a new one, which takes proposals of members that a keeper approves. */
export const createCalendar: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/calendars",
  schema: { body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction, runtime } = request.server;
    const { name } = request.body;
    if (name === "" || name.length > MAX_NAME)
      return sendList(request, reply.code(422), { name, error: `A name of up to ${MAX_NAME} letters.` });
    const by = adminOf(request).userId;
    const id = await transaction((tx) => services.calendarSetup.createCalendar(tx, { name, zone: runtime.site.timeZone, by }));
    return reply.redirect(withNotice(`/admin/calendars/${id}`, "saved"), 303);
  },
};

async function sendList(request: FastifyRequest, reply: FastifyReply, form: { name: string; error: string }): Promise<FastifyReply> {
  const calendars = await request.server.services.calendarSetup.listCalendars();
  return reply.page("admin/calendars/list.html", { menu: menuOf(request), calendars, ...form });
}
