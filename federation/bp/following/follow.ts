import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { localPath } from "@rose-ash/shared/infrastructure/local-path.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { z } from "zod";
import { type Following, follow } from "../../following/follow.ts";
import { mayAsk } from "../people/may-ask.ts";
import { memberOf } from "../settings/member.ts";
import { followingPage } from "./list.ts";

const body = z.object({ name: z.string().trim().max(1000), next: z.string().max(2000).optional() });

/** POST /following: asks to follow whoever is called so, or lives at this address. */
export const followSomebody: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/following",
  schema: { body },
  async handler(request, reply) {
    const { handle, userId } = memberOf(request);
    const { name, next } = request.body;
    if (!(await mayAsk(request, userId)))
      return followingPage(request, reply.code(429), { name, error: "That were many at once. Please go on in some minutes." });
    const done = await follow(request.server, request.server.fediverse.actors.ofMember(handle), name);
    if (done.kind === "asked" || done.kind === "followed") {
      const notice = done.kind === "asked" ? "follow-asked" : done.isNew ? "followed" : "followed-already";
      return reply.redirect(withNotice(localPath(next, "/following"), notice), 303);
    }
    return followingPage(request, reply.code(422), { name, error: wordsOf(done) });
  },
};

const REFUSALS: Record<Extract<Following, { kind: "refused" }>["reason"], string> = {
  suspended: "That server is shut out here.",
  oneself: "That is you.",
  cut: "Nothing passes between you and them: one of you has blocked the other, or a server.",
};

function wordsOf(done: Extract<Following, { reason: string }>): string {
  if (done.kind === "refused") return REFUSALS[done.reason];
  return "Nobody of that name was found. It looks like @ada@theirs.example, or like the address of a profile.";
}
