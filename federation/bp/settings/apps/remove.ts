import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { memberOf } from "../member.ts";
import { askFirst } from "../page.ts";
import { type AppParams, appParams } from "./show.ts";

/** GET /settings/apps/:id/removal: asks. */
export const askRemove: Route<{ Params: AppParams }> = {
  method: "GET",
  url: "/settings/apps/:id/removal",
  schema: { params: appParams },
  async handler(request, reply) {
    const { clientId, name } = await request.server.services.oauthClients.getClientOf(memberOf(request).userId, request.params.id);
    const backUrl = `/settings/apps/${clientId}`;
    return askFirst(reply, "Your apps", {
      title: `Remove ${name}?`,
      lead: "Nobody can sign in to it with their membership any more, and what it was given is void. This can't be undone.",
      action: `${backUrl}/removal`,
      yes: "Remove it",
      backUrl,
    });
  },
};

/** POST /settings/apps/:id/removal: with all its grants and tokens. */
export const removeApp: Route<{ Params: AppParams }> = {
  method: "POST",
  url: "/settings/apps/:id/removal",
  schema: { params: appParams },
  async handler(request, reply) {
    const { userId } = memberOf(request);
    const { services, transaction } = request.server;
    await transaction((tx) => services.oauthClients.removeClient(tx, userId, request.params.id));
    return reply.redirect(withNotice("/settings/apps", "app-removed"), 303);
  },
};
