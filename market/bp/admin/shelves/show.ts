import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { CategoryId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { idsOf } from "../several.ts";
import { shelfOptions } from "../shelf-options.ts";
import { SHELF_ROUTE, type ShelfAgain, type ShelfParams, shelfParams } from "./fields.ts";

/** GET /admin/shelves/:id: its words, what it is a part of, and what would come of merging or removing it. */
export const showShelf: Route<{ Params: ShelfParams }> = {
  method: "GET",
  url: SHELF_ROUTE,
  schema: { params: shelfParams },
  onRequest: adminOnly("edit"),
  handler: (request, reply) => sendShelf(request, reply, request.params.id as CategoryId, null),
};

/** The page; with a form that came back, 422. */
export async function sendShelf(
  request: FastifyRequest,
  reply: FastifyReply,
  id: CategoryId,
  again: ShelfAgain | null,
): Promise<FastifyReply> {
  const { shelves } = request.server.services;
  const [nodes, removal] = await Promise.all([shelves.listAll(), shelves.findRemoval(id)]);
  const shelf = nodes.find((node) => node.id === id);
  if (!shelf) throw new CodedError("not-found", "There is no such shelf.", { id });
  if (again) reply.code(422);
  const options = shelfOptions(nodes).filter((one) => one.id !== id);
  const chosen: readonly number[] = again ? idsOf(again.values.wholes) : shelf.wholes;
  return reply.page("admin/shelves/show.html", {
    ...{ menu: menuOf(request), shelf, removal, messages: again?.messages ?? {}, values: again?.values ?? shelf },
    errors: Object.entries(again?.messages ?? {}).map(([field, message]) => ({ field, message })),
    wholes: options.map((one) => ({ ...one, isChosen: chosen.includes(one.id) })),
    others: options.map((one) => ({ value: String(one.id), label: one.path })),
  });
}
