import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { wordsOfScopes } from "../../../mastodon/scopes.ts";
import { wordsOf } from "../../scopes.ts";
import { memberOf } from "../member.ts";
import { settingsPage } from "../page.ts";

/** GET /settings/connections: who was let in, what for, since when: apps of members, and apps that speak the client API. */
export const listConnections: Route = {
  method: "GET",
  url: "/settings/connections",
  async handler(request, reply) {
    const { userId } = memberOf(request);
    const { oauthClients, clientApi } = request.server.services;
    const [connected, clients] = await Promise.all([oauthClients.listConnected(userId), clientApi.listConnected(userId)]);
    const apps = connected.map(({ scopes, ...app }) => ({ ...app, usedAt: null, may: wordsOf(scopes).map(({ label }) => label) }));
    const others = clients.map(({ scopes, ...app }) => ({ ...app, owner: null, may: wordsOfScopes(scopes).map(({ label }) => label) }));
    const all = [...apps, ...others].sort((one, other) => other.since.getTime() - one.since.getTime());
    return settingsPage(reply, "Connected apps", "connections/list.html", { apps: all });
  },
};
