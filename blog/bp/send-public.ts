import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";

const FRESH_SECONDS = 60;

/** Sends what is the same for everybody and is no page: feeds, sitemaps, texts. With an ETag, and 304 for whoever has it already. */
export function sendPublic(request: FastifyRequest, reply: FastifyReply, { type, body }: { type: string; body: string }): FastifyReply {
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  reply.header("etag", etag).header("cache-control", `public, max-age=${FRESH_SECONDS}`);
  if (isSame(request.headers["if-none-match"], etag)) return reply.code(304).send();
  return reply.type(type).send(body);
}

/** RFC 9110 §13.1.2: the comparison is weak, as proxies that compress weaken the tag. */
function isSame(ifNoneMatch: string | undefined, etag: string): boolean {
  return (ifNoneMatch ?? "").split(",").some((tag) => tag.trim() === "*" || tag.trim().replace(/^W\//, "") === etag);
}
