import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { memberOf } from "../member.ts";
import { settingsPage } from "../page.ts";

/** GET /settings/moderation: what was decided about the member, why, and how to ask for another look. */
export const listVerdicts: Route = {
  method: "GET",
  url: "/settings/moderation",
  handler: (request, reply) => sendVerdicts(request, reply, { key: "", words: "", error: "" }),
};

export async function sendVerdicts(request: FastifyRequest, reply: FastifyReply, typed: { key: string; words: string; error: string }) {
  const verdicts = await request.server.services.moderation.listVerdicts(memberOf(request).userId);
  return settingsPage(reply, "Moderation", "moderation/list.html", { verdicts, typed });
}
