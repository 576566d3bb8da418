import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { z } from "zod";
import { memberOf } from "../member.ts";

const body = z.object({ id: z.string().max(40) });

/** POST /settings/email/stop: the member thinks better of it. */
export const stopChange: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/settings/email/stop",
  schema: { body },
  async handler(request, reply) {
    const userId = memberOf(request);
    const { services, transaction } = request.server;
    const isStopped = await transaction((tx) => services.emailChanges.stop(tx, userId, request.body.id));
    return reply.redirect(withNotice("/settings/email", isStopped ? "address-stopped" : "not-there-now"), 303);
  },
};
