import { adminOf, wholeSiteOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { z } from "zod";
import type { AccountConfig } from "../../config/schema.ts";
import { sendList, type TypedLetter } from "./list.ts";

const DAY_MS = 86_400_000;
const body = z.object({
  email: z.string().trim().max(300).catch(""),
  reason: z.string().trim().max(500).catch(""),
  posts: z.enum(["keep", "remove"]).catch("keep"),
  comments: z.enum(["keep", "remove"]).catch("keep"),
});

/** POST /admin/erasures: somebody wrote a letter. They have the same days to think again, and the same mail. It stands in the log, with why. */
export const askForSomebody = ({ ERASURE_DAYS }: Pick<AccountConfig, "ERASURE_DAYS">): Route<{ Body: z.output<typeof body> }> => ({
  method: "POST",
  url: "/admin/erasures",
  schema: { body },
  onRequest: wholeSiteOnly("operate"),
  async handler(request, reply) {
    const { email, reason, posts, comments } = request.body;
    const { services, transaction, runtime } = request.server;
    const by = adminOf(request).userId;
    const again = (error: TypedLetter["error"], status = 422) => sendList(request, reply.code(status), 1, { email, reason, error });
    if (reason.length < 3) return again({ field: "reason", message: "Say why, without a name: it stays in the log." });
    const person = await services.identity.findPersonByEmail(email);
    if (person === null) return again({ field: "email", message: "No member has this address." });
    const dueAt = new Date(runtime.clock.now().getTime() + ERASURE_DAYS * DAY_MS);
    const result = await transaction(async (tx) => {
      const wish = { userId: person.userId, keepsPosts: posts === "keep", keepsComments: comments === "keep", dueAt };
      const asked = await services.erasures.ask(tx, { ...wish, by: { userId: by, reason } });
      if (asked.kind === "asked")
        await services.audit.record(tx, {
          ...{ app: "account", by, action: "ask erasure", subject: `user:${person.userId}`, reason },
          ...{ before: null, after: { erasure: asked.id, due: dueAt.toISOString() } },
        });
      return asked;
    });
    if (result.kind === "must-first")
      return again({ field: "email", message: "They are the last who look after the site: somebody else has to first." }, 409);
    return reply.redirect(withNotice("/admin/erasures", result.kind === "asked" ? "erasure-asked" : "erasure-before"), 303);
  },
});
