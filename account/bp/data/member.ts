import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Member } from "@rose-ash/shared/contracts/viewer.ts";
import type { FastifyReply, FastifyRequest } from "fastify";

/** A guest who opens a page of their data signs in first, and comes back to it. */
export async function sendGuestsToSignIn(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  if (request.viewer.kind === "member" || request.method !== "GET") return undefined;
  return reply.redirect(`/auth/login?${new URLSearchParams({ next: request.url })}`, 303);
}

/** Whose data it is. Throws sign-in-needed for a guest. */
export function memberOf({ viewer }: FastifyRequest): Member {
  if (viewer.kind === "member") return viewer;
  throw new CodedError("sign-in-needed", "Your data is yours alone. Please sign in first.");
}
