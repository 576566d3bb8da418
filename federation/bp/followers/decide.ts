import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { acceptFollower, removeFollower } from "../../people/decide.ts";
import { type TargetRequest, targetBody, targetOf } from "../people/target.ts";

/** POST /followers/accept: whoever asked may follow. */
export const acceptRequest: Route<TargetRequest> = {
  method: "POST",
  url: "/followers/accept",
  schema: { body: targetBody },
  async handler(request, reply) {
    const { own, person } = await targetOf(request);
    const isDone = await acceptFollower(request.server, own, person.uri);
    return reply.redirect(withNotice("/followers", isDone ? "follower-accepted" : "not-there-now"), 303);
  },
};

/** POST /followers/remove: whoever asked may not, and whoever followed does no more. */
export const removeFromFollowers: Route<TargetRequest> = {
  method: "POST",
  url: "/followers/remove",
  schema: { body: targetBody },
  async handler(request, reply) {
    const { own, person } = await targetOf(request);
    const isDone = await removeFollower(request.server, own, person.uri);
    return reply.redirect(withNotice("/followers", isDone ? "follower-removed" : "not-there-now"), 303);
  },
};
