import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { COMMENTED_TYPES } from "@rose-ash/shared/models/comments.ts";
import { z } from "zod";
import { decisionOf } from "../servers/verdicts.ts";

const body = z.object({
  type: z.enum(COMMENTED_TYPES),
  id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  isClosed: z.enum(["yes", "no"]),
});

/** POST /admin/moderation/threads: whether comments are taken under one thing. What is there stays. */
export const closeThread: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/moderation/threads",
  schema: { body },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { type, id, isClosed } = request.body;
    const source = { type, id };
    if ((await services.comments.getPlace(source)) === null) throw nothingHere();
    const { by } = decisionOf(request, "");
    await transaction((tx) => services.comments.closeThread(tx, source, isClosed === "yes", by));
    return reply.redirect(withNotice(`/comments?${new URLSearchParams({ type, id: String(id) })}`, "saved"), 303);
  },
};
