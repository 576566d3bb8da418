import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { wordsOf } from "../../scopes.ts";
import { memberOf } from "../member.ts";
import { settingsPage } from "../page.ts";

/** GET /settings/connections: who was let in, what for, since when. */
export const listConnections: Route = {
  method: "GET",
  url: "/settings/connections",
  async handler(request, reply) {
    const { userId } = memberOf(request);
    const connected = await request.server.services.oauthClients.listConnected(userId);
    const apps = connected.map(({ scopes, ...app }) => ({ ...app, may: wordsOf(scopes).map(({ label }) => label) }));
    return settingsPage(reply, "Connected apps", "connections/list.html", { apps });
  },
};
