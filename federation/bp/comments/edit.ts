import { MAX_COMMENT } from "@rose-ash/shared/contracts/comments.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { admitFormTarget } from "../form-target.ts";
import { memberOf, sendGuestsToSignIn } from "../settings/member.ts";
import { pageOfComment } from "./page-of-comment.ts";

export const commentKey = z.object({ key: z.string().regex(/^\d{1,15}$/) });
type Keyed = { Params: z.output<typeof commentKey> };
const body = z.object({ text: z.string().max(100_000).default(""), warning: z.string().trim().max(200).default("") });

/** GET /comments/:key/edit: a member's own comment, to change or to delete. */
export const editComment: Route<Keyed> = {
  method: "GET",
  url: "/comments/:key/edit",
  schema: { params: commentKey },
  onRequest: sendGuestsToSignIn,
  async handler(request, reply) {
    const own = await request.server.services.comments.getOwn(memberOf(request).userId, request.params.key);
    return sendForm(request, reply, { text: own.text, warning: own.warning, error: "" });
  },
};

/** POST /comments/:key: it says this from now on. */
export const saveComment: Route<Keyed & { Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/comments/:key",
  schema: { params: commentKey, body },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { userId } = memberOf(request);
    const text = request.body.text.trim();
    const { warning } = request.body;
    if (text === "" || text.length > MAX_COMMENT) {
      const error = text === "" ? "Write something, or delete it." : `${MAX_COMMENT} characters fit.`;
      return sendForm(request, reply.code(422), { text, warning, error });
    }
    const own = await services.comments.getOwn(userId, request.params.key);
    await transaction((tx) => services.comments.edit(tx, userId, own.key, { text, warning }));
    return reply.redirect(withNotice(pageOfComment(request, own.place), "comment-changed"), 303);
  },
};

async function sendForm(request: FastifyRequest<Keyed>, reply: FastifyReply, typed: { text: string; warning: string; error: string }) {
  const own = await request.server.services.comments.getOwn(memberOf(request).userId, request.params.key);
  const page = pageOfComment(request, own.place);
  admitFormTarget(reply, page);
  return reply.page("comments/edit.html", { ...typed, own, page });
}
