import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices.ts";
import { z } from "zod";
import { unfollow } from "../../following/follow.ts";
import { memberOf } from "../settings/member.ts";

const body = z.object({ uri: z.string().max(1000) });

/** POST /following/end: the member follows them no more, or no longer asks to. */
export const unfollowSomebody: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/following/end",
  schema: { body },
  async handler(request, reply) {
    const { handle } = memberOf(request);
    const { server } = request;
    const { kind } = await unfollow(server, server.fediverse.actors.ofMember(handle), request.body.uri);
    return reply.redirect(withNotice("/following", kind === "ended" ? "unfollowed" : "not-there-now"), 303);
  },
};
