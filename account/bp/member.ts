import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyRequest } from "fastify";

/** Whose page it is. Throws sign-in-needed for a guest. */
export function memberOf({ viewer }: Pick<FastifyRequest, "viewer">): UserId {
  if (viewer.kind === "member") return viewer.userId;
  throw new CodedError("sign-in-needed", "This page is about what is yours. Please sign in first.");
}
