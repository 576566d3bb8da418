import type { FastifyRequest } from "fastify";
import type { Commented, ThreadView } from "../../../contracts/comments.ts";
import type { FragmentWant } from "../../../contracts/fragments.ts";
import { findThread } from "./find-thread.ts";

/** What a page with comments shows of them, beside the pieces that federation makes. */
interface CommentsOfPage {
  /** For components/comments.html. */
  readonly discussion: ThreadView & { readonly here: string; readonly answers: { readonly key: string; readonly name: string } | null };
  readonly commentWants: Readonly<Record<string, FragmentWant>>;
}

/**
 * Comments of what stands at this path of the host. Whoever answers one of them names it in the query, as ?answer=12; a guest's page
 * is the same whatever is asked.
 */
export async function commentsOf(request: FastifyRequest, source: Commented, here: string): Promise<CommentsOfPage> {
  const { services } = request.server;
  const isMember = request.viewer.kind === "member";
  const { answer } = request.query as { answer?: unknown };
  const key = isMember && typeof answer === "string" ? answer : "";
  const [thread, answered] = await Promise.all([
    findThread(request.server, request.viewer, source, here),
    key === "" ? null : services.comments.findShown(key),
  ]);
  const isHere = answered?.place.source.type === source.type && answered.place.source.id === String(source.id);
  const params = { type: source.type, id: Number(source.id), path: here };
  return {
    discussion: { ...thread, here, answers: isHere ? { key: answered.comment.key, name: answered.comment.author.name } : null },
    commentWants: {
      comments: { type: "comments", params },
      ...(isMember ? { ownComments: { type: "own-comments" as const, params } } : {}),
    },
  };
}
