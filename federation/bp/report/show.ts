import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { sendGuestsToSignIn } from "../settings/member.ts";

const querystring = z.looseObject({ uri: z.string().max(2000).catch("") }); // loose: a notice may stand beside it

/** GET /report?uri=…: the form about a comment, a status or a person, by its address. */
export const showReportForm: Route<{ Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/report",
  schema: { querystring },
  onRequest: sendGuestsToSignIn,
  handler: (request, reply) => sendReportForm(request, reply, { uri: request.query.uri, words: "", error: "" }),
};

/** Throws not-found for what nobody here can have seen. */
export async function sendReportForm(
  request: FastifyRequest,
  reply: FastifyReply,
  typed: { uri: string; words: string; error: string },
): Promise<FastifyReply> {
  const found = await request.server.services.moderation.findReportable(typed.uri);
  if (found === null) throw nothingHere();
  return reply.page("report/form.html", { ...typed, found });
}
