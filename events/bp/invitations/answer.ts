import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { EntryGuestId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { isAnswerToken } from "./answer-path.ts";

const params = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER), token: z.string() });
const body = z.object({ answer: z.enum(["yes", "no", "maybe"]) });
type Params = z.output<typeof params>;
const PATH = "/invitations/:id(^[1-9]\\d{0,14}$)/:token";

/** GET /invitations/:id/:token: what one is asked to. Looking answers nothing: scanners of mails follow links. */
export const showInvitation: Route<{ Params: Params }> = {
  method: "GET",
  url: PATH,
  schema: { params },
  config: { requestsPerMinute: 30 },
  handler: (request, reply) => send(request, reply, request.params, false),
};

/** POST /invitations/:id/:token: whether one comes; the last answer counts. */
export const answerInvitation: Route<{ Params: Params; Body: z.output<typeof body> }> = {
  method: "POST",
  url: PATH,
  schema: { params, body },
  config: { requestsPerMinute: 30 },
  async handler(request, reply) {
    const id = guestOf(request, request.params);
    const { services, transaction } = request.server;
    const isSaid = await transaction((tx) => services.invitations.answer(tx, id, request.body.answer));
    return send(request, reply, request.params, isSaid);
  },
};

function guestOf({ server: { runtime } }: FastifyRequest, { id, token }: Params): EntryGuestId {
  const guestId = id as EntryGuestId;
  if (!isAnswerToken(runtime.config.DEPLOYMENT_SECRET, guestId, token)) throw nothing();
  return guestId;
}

const nothing = () => new CodedError("not-found", "There is no invitation at this address.");

async function send(request: FastifyRequest, reply: FastifyReply, params: Params, isSaid: boolean): Promise<FastifyReply> {
  const invitation = await request.server.services.invitations.findInvitation(guestOf(request, params));
  if (invitation === null) throw nothing();
  reply.header("cache-control", "private, no-store").header("referrer-policy", "no-referrer").header("x-robots-tag", "noindex");
  return reply.page("invitations/answer.html", { invitation, isSaid, here: `/invitations/${params.id}/${params.token}` });
}
