import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { z } from "zod";
import { isClientApp } from "../../mastodon/oauth/asked.ts";
import { memberOf } from "../member.ts";

const params = z.object({ id: z.string().max(100) });

/** GET: who reloads a refused answer comes back to the list. */
export const reloadDisconnect: Route = {
  method: "GET",
  url: "/settings/connections/:id/end",
  handler: (_request, reply) => reply.redirect("/settings/connections", 303),
};

/** POST /settings/connections/:id/end: what the app was given is void from then on. The next time it asks, the member is asked. */
export const disconnect: Route<{ Params: z.output<typeof params> }> = {
  method: "POST",
  url: "/settings/connections/:id/end",
  schema: { params },
  async handler(request, reply) {
    const { userId } = memberOf(request);
    const { services, transaction } = request.server;
    const { id } = request.params;
    await transaction((tx) => (isClientApp(id) ? services.clientApi : services.oauthClients).disconnect(tx, userId, id));
    return reply.redirect(withNotice("/settings/connections", "disconnected"), 303);
  },
};
