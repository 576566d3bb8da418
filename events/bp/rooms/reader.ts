import type { UserId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyRequest } from "fastify";

/** Who reads; null: a guest. */
export function readerOf({ viewer }: Pick<FastifyRequest, "viewer">): UserId | null {
  return viewer.kind === "member" ? viewer.userId : null;
}
