import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { listHeldRoles } from "../../../roles.ts";
import { memberOf } from "../member.ts";
import { settingsPage } from "../page.ts";
import { wordsOf } from "./words.ts";

/** GET /settings: how one signs in, and who comes in, at a glance. */
export const showOverview: Route = {
  method: "GET",
  url: "/settings",
  async handler(request, reply) {
    const { userId } = memberOf(request);
    const { identity, passkeys, oauthClients, relations } = request.server.services;
    const [person, held, signIns, keys, connected, own, events] = await Promise.all([
      identity.findPerson(userId),
      listHeldRoles(relations, userId),
      identity.listSignIns(userId),
      passkeys.listPasskeys(userId),
      oauthClients.listConnected(userId),
      oauthClients.listClientsOf(userId),
      identity.listSecurityEvents(userId),
    ]);
    const counts = { signIns: signIns.length, passkeys: keys.length, connected: connected.length, own: own.length };
    const named = held.map(({ role, scope }) => ({ role, words: scope === "site" ? role : `${role} of ${scope}` }));
    return settingsPage(reply, "Overview", "overview/show.html", { person, roles: named, counts, lately: events.map(wordsOf) });
  },
};
