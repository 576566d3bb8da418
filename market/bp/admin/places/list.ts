import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";

/** GET /admin/places: all of them in their order, and a form for another one. */
export const listPlaces: Route = {
  method: "GET",
  url: "/admin/places",
  onRequest: adminOnly("edit"),
  handler: (request, reply) => sendPlaces(request, reply, { name: "", error: "" }),
};

/** The list; error: what is wrong with the name of a new one. */
export async function sendPlaces(
  request: FastifyRequest,
  reply: FastifyReply,
  form: { name: string; error: string },
): Promise<FastifyReply> {
  const places = await request.server.services.places.listForEditing();
  return reply.page("admin/places/list.html", { menu: menuOf(request), places, ...form });
}
