import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { pagesOf, tabsOf } from "./tabs.ts";

const querystring = z.looseObject({
  actor: z.string().max(2000).catch(""),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
}); // loose: a notice may stand beside it

/** GET /admin/moderation/people?actor=@spam@far.example: who is silenced or suspended, and the form for one more. */
export const listPeople: Route<{ Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/admin/moderation/people",
  schema: { querystring },
  onRequest: adminOnly("operate"),
  handler: (request, reply) => sendPeople(request, reply, { actor: request.query.actor, page: request.query.page, reason: "", error: "" }),
};

interface Typed {
  readonly actor: string;
  readonly page: number;
  readonly reason: string;
  readonly error: string;
}

export async function sendPeople(request: FastifyRequest, reply: FastifyReply, typed: Typed): Promise<FastifyReply> {
  const { moderation } = request.server.services;
  const [listed, tabs] = await Promise.all([moderation.listLimits(typed.page), tabsOf(request, "people")]);
  const pages = pagesOf(listed, (number) => `/admin/moderation/people?page=${number}`);
  return reply.page("admin/moderation/people.html", { menu: menuOf(request), tabs, limits: listed.limits, pages, typed });
}
