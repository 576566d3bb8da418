import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { memberOf } from "../member.ts";
import { settingsPage } from "../page.ts";

/** GET /settings/apps: the apps that the member has registered. */
export const listApps: Route = {
  method: "GET",
  url: "/settings/apps",
  async handler(request, reply) {
    const apps = await request.server.services.oauthClients.listClientsOf(memberOf(request).userId);
    return settingsPage(reply, "Your apps", "apps/list.html", { apps, issuer: request.server.publicUrl("federation", "") });
  },
};
