import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { type NoticeCode, withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { FastifyInstance } from "fastify";
import { type Target, type TargetRequest, targetBody, targetOf } from "./target.ts";

/** A button about somebody: POST, their address and where to go on, and one thing that is done; the page that follows says what came of it. */
export const deedAbout = (url: string, deed: (server: FastifyInstance, target: Target) => Promise<NoticeCode>): Route<TargetRequest> => ({
  method: "POST",
  url,
  schema: { body: targetBody },
  async handler(request, reply) {
    const target = await targetOf(request);
    return reply.redirect(withNotice(target.next, await deed(request.server, target)), 303);
  },
});
