import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { localPath } from "@rose-ash/shared/infrastructure/local-path.ts";
import { type NoticeCode, withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { z } from "zod";
import { type Unfollowing, unfollow } from "../../following/follow.ts";
import { memberOf } from "../settings/member.ts";

const body = z.object({ uri: z.string().max(1000), next: z.string().max(2000).optional() });

const NOTICES: Record<Unfollowing["kind"], NoticeCode> = { ended: "unfollowed", still: "followed-by-rule", "not-there": "not-there-now" };

/** POST /following/end: the member follows them no more, or no longer asks to. Whom a rule has them follow all the same, their page says so. */
export const unfollowSomebody: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/following/end",
  schema: { body },
  async handler(request, reply) {
    const { handle, userId } = memberOf(request);
    const { server } = request;
    const { uri, next } = request.body;
    const { kind } = await unfollow(server, { ...server.fediverse.actors.ofMember(handle), userId }, uri);
    const person = kind === "still" ? (await server.services.people.findPeople([uri])).get(uri) : undefined;
    return reply.redirect(withNotice(person?.path ?? localPath(next, "/following"), NOTICES[kind]), 303);
  },
};
