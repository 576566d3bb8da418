import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { z } from "zod";
import { memberOf } from "../member.ts";
import { sendVerdicts } from "./list.ts";

const body = z.object({ key: z.string().max(40), words: z.string().trim().max(5000).default("") });

/** POST /settings/moderation: another steward is asked to look again. */
export const askForAnotherLook: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/settings/moderation",
  schema: { body },
  async handler(request, reply) {
    const { userId } = memberOf(request);
    const { key, words } = request.body;
    if (words.length < 3) return sendVerdicts(request, reply.code(422), { key, words, error: "Say why: a few words do." });
    const { services, transaction } = request.server;
    const { kind } = await transaction((tx) => services.moderation.appeal(tx, userId, key, words));
    return reply.redirect(withNotice("/settings/moderation", kind === "asked" ? "appeal-sent" : "appeal-sent-before"), 303);
  },
};
