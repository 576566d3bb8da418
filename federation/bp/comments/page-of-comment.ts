import type { CommentPlace } from "@rose-ash/shared/contracts/comments.ts";
import type { FastifyRequest } from "fastify";

/** Where the comment stands; federation's own first page where that is gone. */
export function pageOfComment({ server: { publicUrl } }: Pick<FastifyRequest, "server">, place: CommentPlace | null): string {
  return place === null ? publicUrl("federation", "/") : publicUrl(place.app, `${place.path}#comments`);
}
