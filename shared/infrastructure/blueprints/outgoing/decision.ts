import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { OutgoingDecision } from "../../../contracts/outgoing.ts";
import { adminOf } from "../../admin/index.ts";
import { type NoticeCode, withNotice } from "../../notices/index.ts";
import { showAgain } from "./show.ts";

/** Every decision has a reason. */
export const decisionBody = z.object({ reason: z.string().trim().min(3).max(500) });
const typed = z.object({ reason: z.string().catch(""), handler: z.string().catch("") }).catch({ reason: "", handler: "" });

/** Who decides, for the log; or, where no reason was given, the page once more with what is wrong, and null. */
export async function decisionOf(
  request: FastifyRequest<{ Body: { reason: string } }>,
  reply: FastifyReply,
): Promise<OutgoingDecision | null> {
  if (request.validationError) {
    await showAgain(request, reply.code(422), {
      ...typed.parse(request.body),
      of: request.url.endsWith("/discard") ? "discard" : "switch",
      error: "Please say why, in three letters at least: it goes to the log.",
    });
    return null;
  }
  return { app: request.server.appName, by: adminOf(request).userId, reason: request.body.reason };
}

/** Back to the page, which says what came of it. */
export function backWith(reply: FastifyReply, notice: NoticeCode): FastifyReply {
  return reply.redirect(withNotice("/admin/outgoing", notice), 303);
}
