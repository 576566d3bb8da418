import { CodedError, type ErrorCode } from "@rose-ash/shared/contracts/errors.ts";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";

/** What an app did wrong, in Mastodon's words where it has some: apps compare them. code: of RFC 6749 §5.2, at its endpoints. */
export class ClientError extends Error {
  readonly status: number;
  readonly code: string | null;

  constructor(status: number, words: string, code: string | null = null) {
    super(words);
    this.name = "ClientError";
    this.status = status;
    this.code = code;
  }
}

export const notFound = () => new ClientError(404, "Record not found");
export const invalid = (words: string) => new ClientError(422, `Validation failed: ${words}`);
export const noToken = () => new ClientError(401, "The access token is invalid");
export const tooMany = () => new ClientError(429, "Too many requests");

/** Codes of ours as apps know them; the rest keep their own status. */
const STATUSES: Readonly<Partial<Record<ErrorCode, number>>> = { "invalid-request": 422, "post-refused": 422, "sign-in-needed": 401 };
const WORDS: Readonly<Partial<Record<ErrorCode, string>>> = {
  ...{ "not-found": "Record not found", "sign-in-needed": "The access token is invalid", "too-many-requests": "Too many requests" },
};

/** Everything that goes wrong leaves as Mastodon says it: `{ error }`, and at the endpoints of OAuth `{ error, error_description }`. */
export async function sendClientError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const known = toClientError(error);
  if (known.status >= 500) request.log.error({ err: error }, "an app's request broke");
  else request.log.info({ status: known.status }, known.message);
  reply.code(known.status).header("cache-control", "no-store");
  if (known.status === 401) reply.header("www-authenticate", 'Bearer realm="Rose Ash"');
  return reply.send(known.code === null ? { error: known.message } : { error: known.code, error_description: known.message });
}

function toClientError(error: FastifyError | Error): ClientError {
  if (error instanceof ClientError) return error;
  if (error instanceof CodedError) {
    if (error.status >= 500) return new ClientError(error.status, "Something broke on our side. Please try again in a moment.");
    return new ClientError(STATUSES[error.code] ?? error.status, WORDS[error.code] ?? error.detail);
  }
  if ("validation" in error && error.validation !== undefined) return notFound(); // only paths have schemas here
  const status = "statusCode" in error && typeof error.statusCode === "number" ? error.statusCode : 500;
  if (status === 413) return new ClientError(413, "That is more than is taken.");
  if (status >= 400 && status < 500) return new ClientError(status === 415 ? 415 : 400, "The request could not be read.");
  return new ClientError(500, "Something broke on our side. Please try again in a moment.");
}
