import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Member } from "@rose-ash/shared/contracts/viewer.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

/** All pages of a blueprint are members' own: kept by nobody, and a guest who opens one signs in first and comes back to it. */
export function membersOnly(app: FastifyInstance): void {
  app.addHook("onRequest", async (_request, reply) => void reply.header("cache-control", "private, no-store"));
  app.addHook("onRequest", sendGuestsToSignIn);
}

async function sendGuestsToSignIn(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  if (request.viewer.kind === "member" || request.method !== "GET") return undefined;
  return reply.redirect(`/auth/login?${new URLSearchParams({ next: request.url })}`, 303);
}

/** Who asks, with their name. Throws sign-in-needed for a guest. */
export function viewerOf({ viewer }: Pick<FastifyRequest, "viewer">): Member {
  if (viewer.kind === "member") return viewer;
  throw new CodedError("sign-in-needed", "This page is about what is yours. Please sign in first.");
}

/** Whose page it is. Throws sign-in-needed for a guest. */
export const memberOf = (request: Pick<FastifyRequest, "viewer">): UserId => viewerOf(request).userId;
