import type { FastifyReply, FastifyRequest } from "fastify";
import { type CodedError, ERRORS } from "../../contracts/errors.ts";

/** What a person sees when a sign-in did not work out: why, how to try again, and the way back to where they were. */
export function failedPage(request: FastifyRequest, reply: FastifyReply, error: CodedError, next: string): Promise<FastifyReply> {
  request.log.warn({ code: error.code, ...error.context }, error.detail);
  const retryUrl = `/auth/login?${new URLSearchParams({ next })}`;
  const { title } = ERRORS[error.code];
  reply.code(error.status).header("cache-control", "no-store");
  return reply.page("auth/failed.html", { title, detail: error.detail, retryUrl, next, requestId: request.id });
}
