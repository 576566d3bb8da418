import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { z } from "zod";
import { memberOf } from "../settings/member.ts";
import { commentKey } from "./edit.ts";
import { pageOfComment } from "./page-of-comment.ts";

/** POST /comments/:key/deletion: a member's own comment is gone, here and elsewhere. */
export const removeComment: Route<{ Params: z.output<typeof commentKey> }> = {
  method: "POST",
  url: "/comments/:key/deletion",
  schema: { params: commentKey },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { userId } = memberOf(request);
    const own = await services.comments.getOwn(userId, request.params.key);
    await transaction((tx) => services.comments.remove(tx, userId, own.key));
    return reply.redirect(withNotice(pageOfComment(request, own.place), "comment-removed"), 303);
  },
};
