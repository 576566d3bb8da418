import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { TupleView } from "../../../contracts/relations.ts";
import type { Route } from "../../http/index.ts";
import { adminOf, adminOnly } from "../guard.ts";
import { menuOf } from "../menu.ts";
import { fieldsOf, findQuery, namedBy, type RelationParams, relationParams, tupleUrl, typedFor } from "./fields.ts";

/** GET /admin/relations/:relation: its tuples, all or those with some values, each with what it rests on. */
export const showRelation: Route<{ Params: RelationParams; Querystring: z.output<typeof findQuery> }> = {
  method: "GET",
  url: "/admin/relations/:relation",
  schema: { params: relationParams, querystring: findQuery },
  onRequest: adminOnly("see-admin"),
  handler: (request, reply) =>
    sendRelation(request, reply, { name: request.params.relation, fields: request.query, page: request.query.page }),
};

/** What a form that came back says: what was typed, and what is wrong with it. */
export interface FormAgain {
  reason: string;
  days: string;
  errors: readonly { field: string; message: string }[];
}

/** The page of a relation; with a form that came back, 422. */
export async function sendRelation(
  request: FastifyRequest,
  reply: FastifyReply,
  asked: { name: string; fields: Readonly<Record<string, unknown>>; page: number; again?: FormAgain },
): Promise<FastifyReply> {
  const { relations } = request.server.services;
  const { userId } = adminOf(request);
  const known = await relations.getRelation(userId, asked.name);
  const wanted = typedFor(known, asked.fields, "f");
  const values = await relations.readValues(wanted);
  const isNothing = values.some((value, column) => value === null && wanted[column] !== "");
  const found = await relations.getRelationPage(userId, asked.name, values, asked.page);
  const { relation, isWhole, page, pageCount } = found;
  const url = (to: number) => `/admin/relations/${relation.fullName}?${new URLSearchParams({ ...namedBy("f", wanted), page: String(to) })}`;
  if (asked.again) reply.code(422);
  return reply.page("admin/relations/show.html", {
    menu: menuOf(request),
    relation,
    isWhole,
    isFiltered: wanted.some(Boolean),
    rows: isNothing
      ? []
      : found.tuples.map((tuple) =>
          rowOf(
            tuple,
            tupleUrl(
              relation,
              tuple.values.map(({ value }) => value),
            ),
          ),
        ),
    paging: {
      number: page,
      count: pageCount,
      previousUrl: page > 1 ? url(page - 1) : null,
      nextUrl: page < pageCount ? url(page + 1) : null,
    },
    findFields: fieldsOf(relation, wanted, "f"),
    fields: fieldsOf(relation, typedFor(relation, asked.fields, "v"), "v"),
    form: asked.again ? { ...asked.again, messages: messagesOf(asked.again) } : EMPTY_FORM,
  });
}

/** A form that nobody has filled in yet. */
export const EMPTY_FORM = { reason: "", days: "for-good", errors: [], messages: {} };

function messagesOf({ errors }: FormAgain): Record<string, string> {
  return Object.fromEntries(errors.map(({ field, message }) => [field, message]));
}

function rowOf({ words, assertions, projections, derivedBy }: TupleView, url: string) {
  const origins = [
    ...assertions.map(({ by }) => `stated by ${by.name}`),
    ...projections.map((name) => `read from ${name}`),
    ...(derivedBy.length > 0 ? [`follows by ${derivedBy.length === 1 ? "a rule" : `${derivedBy.length} rules`}`] : []),
  ];
  return { words, url, origins: origins.join("; ") };
}
