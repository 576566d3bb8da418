import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { Route } from "../../http/index.ts";
import { nothingHere } from "../../http/index.ts";
import { adminOf, adminOnly } from "../guard.ts";
import { menuOf } from "../menu.ts";
import { fieldsOf, type RelationParams, relationParams, tupleQuery, typedFor } from "./fields.ts";
import { EMPTY_FORM } from "./show.ts";

/** GET /admin/relations/:relation/tuple: why it holds, or why it does not. */
export const showTuple: Route<{ Params: RelationParams; Querystring: z.output<typeof tupleQuery> }> = {
  method: "GET",
  url: "/admin/relations/:relation/tuple",
  schema: { params: relationParams, querystring: tupleQuery },
  onRequest: adminOnly("see-admin"),
  handler: (request, reply) => sendTuple(request, reply, { name: request.params.relation, fields: request.query, error: "" }),
};

/** The page of a tuple; with an error about a form on it, 422. */
export async function sendTuple(
  request: FastifyRequest,
  reply: FastifyReply,
  asked: { name: string; fields: Readonly<Record<string, unknown>>; error: string },
): Promise<FastifyReply> {
  const { relations } = request.server.services;
  const { userId } = adminOf(request);
  const typed = typedFor(await relations.getRelation(userId, asked.name), asked.fields, "v");
  const values = (await relations.readValues(typed)).flatMap((value) => value ?? []);
  if (values.length !== typed.length) throw nothingHere();
  const { relation, tuple, proof, failed } = await relations.getFactPage(userId, { relation: asked.name, values });
  if (asked.error) reply.code(422);
  return reply.page("admin/relations/tuple.html", {
    menu: menuOf(request),
    ...{ relation, tuple, proof, failed, error: asked.error },
    fields: fieldsOf(relation, values.map(String), "v"),
    form: EMPTY_FORM,
  });
}
