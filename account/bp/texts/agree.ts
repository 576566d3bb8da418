import type { Agreement } from "@rose-ash/shared/contracts/site.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { AGREED_TEXTS } from "@rose-ash/shared/models/site.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { memberOf } from "../member.ts";
import { TEXT_NAMES } from "./words.ts";

/** GET /agreements: what there is to agree to that the member has not, in the version of now. */
export const showAgreements: Route = {
  method: "GET",
  url: "/agreements",
  handler: (request, reply) => sendAgreements(request, reply, ""),
};

const body = z.object({ agreed: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]) });
const named = z.string().regex(/^(terms|privacy) [1-9]\d{0,5}$/);

/** POST /agreements. What was replaced meanwhile is asked for anew. */
export const agree: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/agreements",
  schema: { body },
  async handler(request, reply) {
    const userId = memberOf(request);
    const { services, transaction } = request.server;
    const agreed = readAgreed(request.body.agreed);
    const isTaken = await transaction((tx) => services.site.agree(tx, { userId, orderId: null }, agreed));
    if (!isTaken) return sendAgreements(request, reply.code(422), "There is a newer version of one of them, or one is not ticked.");
    return reply.redirect(withNotice("/membership", "saved"), 303);
  },
};

/** "terms 3", as the boxes of a form say it. */
function readAgreed(values: readonly string[]): Agreement[] {
  return values.flatMap((value) => {
    if (!named.safeParse(value).success) return [];
    const [kind, version] = value.split(" ");
    return AGREED_TEXTS.filter((one) => one === kind).map((one) => ({ kind: one, version: Number(version) }));
  });
}

async function sendAgreements(request: FastifyRequest, reply: FastifyReply, trouble: string): Promise<FastifyReply> {
  const userId = memberOf(request);
  const { site } = request.server.services;
  const [open, all] = await Promise.all([site.listToAgree(userId), site.listToAgree(null)]);
  const texts = all.map((one) => ({ ...one, name: TEXT_NAMES[one.kind], isOpen: open.some(({ kind }) => kind === one.kind) }));
  return reply.page("texts/agree.html", { texts, isOpen: open.length > 0, trouble });
}
