import { adminOf, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { deskOnly, type Values } from "../pieces/desk.ts";
import { parentOptions } from "./parent-options.ts";

const querystring = z.looseObject({ status: z.enum(["", "bin"]).catch("") }); // loose: a notice may stand beside it

/** GET /admin/pages: the tree, as far as one edits it; or the bin. */
export const listPages: Route<{ Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/admin/pages",
  schema: { querystring },
  onRequest: deskOnly("page"),
  handler: (request, reply) => sendPages(request, reply, { isBin: request.query.status === "bin" }),
};

/** The tree; with a form for a new page that came back, 422. */
export async function sendPages(
  request: FastifyRequest,
  reply: FastifyReply,
  { isBin, again }: { isBin: boolean; again?: { values: Values; errors: readonly { field: string; message: string }[] } },
): Promise<FastifyReply> {
  const pages = await request.server.services.writing.listPages(adminOf(request).userId, isBin ? "bin" : "tree");
  if (again) reply.code(422);
  return reply.page("admin/pages/list.html", {
    menu: menuOf(request),
    ...{ pages, isBin },
    parents: await parentOptions(request, null),
    ...{ values: again?.values ?? {}, errors: again?.errors ?? [] },
    messages: Object.fromEntries((again?.errors ?? []).map(({ field, message }) => [field, message])),
  });
}
