import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Reader } from "@rose-ash/shared/contracts/statuses.ts";
import type { FastifyRequest } from "fastify";

/** Who reads the hub; null: a guest. */
export function readerOf({ viewer }: FastifyRequest): Reader | null {
  return viewer.kind === "member" ? { userId: viewer.userId, handle: viewer.handle } : null;
}

/** Who says or does something there. Throws sign-in-needed for a guest. */
export function memberReader(request: FastifyRequest): Reader {
  const reader = readerOf(request);
  if (reader === null) throw new CodedError("sign-in-needed", "Only members can do that. Please sign in first.");
  return reader;
}

/** What who reads writes in, if they said so. */
export const languageOf = ({ viewer }: FastifyRequest): string | undefined => (viewer.kind === "member" ? viewer.language : undefined);

/** Where a button leads back to: a path of this host, and no other. */
export function backTo(path: string | undefined, otherwise: string): string {
  return path !== undefined && /^\/(?![/\\])[^\\\s]{0,500}$/.test(path) ? path : otherwise;
}
