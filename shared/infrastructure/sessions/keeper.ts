import type { FastifyReply, FastifyRequest } from "fastify";
import type { UserId } from "../../models/ids.ts";
import { deriveSecret, keyedHash } from "../keys/index.ts";

/**
 * A mark by which a browser knows whose copies of pages it keeps, which says nothing of the member to anybody else. It stands in a
 * cookie of the whole site that scripts read: whoever signs out, at whichever service, takes it away, and the copies with it.
 */
export function keeperMark(deploymentSecret: string, userId: UserId): string {
  return keyedHash(deriveSecret(deploymentSecret, "keeper"), `user:${userId}`).slice(0, 22);
}

/** Header of answers of which a browser may keep a copy: the mark of whose they are. */
const KEPT_FOR = "x-kept-for";

/** Lets the service worker of the member's tickets keep this answer, for as long as they are signed in. Gives their mark. */
export function letKeep({ server, cookies }: FastifyRequest, reply: FastifyReply, userId: UserId): string {
  const { keeper } = server.sessionCookies;
  const mark = keeperMark(server.runtime.config.DEPLOYMENT_SECRET, userId);
  if (cookies[keeper.name] !== mark) reply.setCookie(keeper.name, mark, keeper.options);
  reply.header(KEPT_FOR, mark);
  return mark;
}
