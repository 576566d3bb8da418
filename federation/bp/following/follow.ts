import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices.ts";
import { z } from "zod";
import { type Following, follow } from "../../following/follow.ts";
import { memberOf } from "../settings/member.ts";
import { followingPage } from "./list.ts";

const body = z.object({ name: z.string().trim().max(1000) });

/** POST /following: asks to follow whoever is called so, or lives at this address. */
export const followSomebody: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/following",
  schema: { body },
  config: { requestsPerMinute: 20 }, // each asks another server
  async handler(request, reply) {
    const { handle } = memberOf(request);
    const { name } = request.body;
    const done = await follow(request.server, request.server.fediverse.actors.ofMember(handle), name);
    if (done.kind === "asked" || done.kind === "followed")
      return reply.redirect(withNotice("/following", done.kind === "asked" ? "follow-asked" : "followed-already"), 303);
    return followingPage(request, reply.code(422), { name, error: wordsOf(done) });
  },
};

function wordsOf(done: Extract<Following, { reason: string }>): string {
  if (done.kind === "not-found")
    return "Nobody of that name was found. It looks like @ada@theirs.example, or like the address of a profile.";
  return done.reason === "ours" ? "That is one of ours: what we publish is on the board already." : "That server is shut out here.";
}
