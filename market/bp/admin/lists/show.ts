import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { TABLE_LIMITS } from "../../../services/csv/index.ts";

/** GET /admin/lists: take the shop out as a list, or bring one. */
export const showLists: Route = {
  method: "GET",
  url: "/admin/lists",
  onRequest: adminOnly("edit"),
  handler: (request, reply) => sendLists(request, reply, ""),
};

/** The page; with a message, 422. */
export async function sendLists(request: FastifyRequest, reply: FastifyReply, message: string): Promise<FastifyReply> {
  const { sets } = await request.server.services.changeSets.listSets(1);
  if (message) reply.code(422);
  return reply.page("admin/lists/show.html", {
    ...{ menu: menuOf(request), message, limits: TABLE_LIMITS, sets: sets.filter(({ kind }) => kind === "list") },
    errors: message ? [{ field: "file", message }] : [],
  });
}
