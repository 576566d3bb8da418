import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { memberOf } from "../member.ts";

const params = z.object({ slug: z.string() });
const timeParams = z.object({ slug: z.string(), key: z.string() });
const body = z.object({ answer: z.enum(["yes", "no", "none"]), isNamed: z.string().optional() });
type Body = z.output<typeof body>;

const COMES = { yes: true, no: false, none: null };

/** POST /entries/:slug/attendance: a member comes, does not, or takes back what they said. */
export const answerEntry: Route<{ Params: z.output<typeof params>; Body: Body }> = {
  method: "POST",
  url: "/entries/:slug/attendance",
  schema: { params, body },
  handler: (request, reply) => answer(request, reply, { slug: request.params.slug, key: null }, request.body),
};

/** POST /entries/:slug/:key/attendance: to one time of a series. */
export const answerTime: Route<{ Params: z.output<typeof timeParams>; Body: Body }> = {
  method: "POST",
  url: "/entries/:slug/:key(^[0-9TZ]{8,16}$)/attendance",
  schema: { params: timeParams, body },
  handler: (request, reply) => answer(request, reply, request.params, request.body),
};

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  time: { slug: string; key: string | null },
  said: Body,
): Promise<FastifyReply> {
  const { services, transaction } = request.server;
  const by = memberOf(request);
  const what = { ...time, by, comes: COMES[said.answer], isNamed: said.isNamed === "yes" };
  const isNoted = await transaction((tx) => services.attendance.answer(tx, what));
  const page = `/entries/${encodeURIComponent(time.slug)}${time.key === null ? "" : `/${time.key}`}`;
  return reply.redirect(`${withNotice(page, isNoted ? `attendance-${said.answer}` : "attendance-closed")}#coming`, 303);
}
