import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { shelfOptions } from "../shelf-options.ts";
import type { Form } from "./form.ts";

/** GET /admin/products/new: what a product can't be without; the rest is said on its own page. */
export const newProduct: Route = {
  method: "GET",
  url: "/admin/products/new",
  onRequest: adminOnly("edit"),
  handler: (request, reply) => sendNew(request, reply, null),
};

/** The form; 422 when it comes back. */
export async function sendNew(
  request: FastifyRequest,
  reply: FastifyReply,
  again: { typed: Form; shelves: readonly number[]; messages: Readonly<Record<string, string>> } | null,
): Promise<FastifyReply> {
  const { shelf, shelves } = request.server.services;
  const [choices, nodes] = await Promise.all([shelf.listChoices(), shelves.listAll()]);
  const messages = again?.messages ?? {};
  if (again) reply.code(422);
  return reply.page("admin/products/new.html", {
    ...{ menu: menuOf(request), messages, typed: again?.typed ?? {} },
    errors: Object.entries(messages).map(([field, message]) => ({ field, message })),
    suppliers: choices.suppliers.map(({ id, name }) => ({ value: String(id), label: name })),
    shelves: shelfOptions(nodes).map((one) => ({ ...one, isChosen: again?.shelves.includes(one.id) ?? false })),
  });
}
