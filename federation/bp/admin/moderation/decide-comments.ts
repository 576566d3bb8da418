import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { z } from "zod";
import { decisionOf } from "../servers/verdicts.ts";

const uri = z.string().max(2000);
const body = z.object({
  uri: z
    .union([uri, z.array(uri).max(50)])
    .default([])
    .transform((one) => (Array.isArray(one) ? one : [one])),
  verdict: z.enum(["show", "hide"]),
  reason: z.string().trim().max(500).default(""),
  queue: z.enum(["waiting", "hidden"]).default("waiting"),
});

/** POST /admin/moderation/comments: these are shown from now on, or shown to nobody. */
export const decideComments: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/moderation/comments",
  schema: { body },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { uri: uris, verdict, reason, queue } = request.body;
    const decision = decisionOf(request, reason);
    const count = await transaction((tx) => services.comments[verdict === "show" ? "approve" : "hide"](tx, uris, decision));
    const back = queue === "waiting" ? "/admin/moderation" : "/admin/moderation?queue=hidden";
    return reply.redirect(withNotice(back, count > 0 ? "comments-decided" : "comments-undecided"), 303);
  },
};
