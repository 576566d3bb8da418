import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { memberOf } from "../member.ts";
import { settingsPage } from "../page.ts";

/** GET /settings/sign-ins: each with its browser and since when; this very one first. */
export const listSignIns: Route = {
  method: "GET",
  url: "/settings/sign-ins",
  async handler(request, reply) {
    const { userId, providerSession } = memberOf(request);
    const { identity, clientApi } = request.server.services;
    const [found, clients] = await Promise.all([identity.listSignIns(userId), clientApi.listConnected(userId)]);
    const signIns = found.map((signIn) => ({ ...signIn, name: signIn.browser || "A browser we can't name" }));
    const isThis = (signIn: (typeof signIns)[number]) => signIn.providerSession === providerSession;
    const context = { current: signIns.find(isThis), others: signIns.filter((signIn) => !isThis(signIn)), clients: clients.length };
    return settingsPage(reply, "Sign-ins", "sign-ins/list.html", context);
  },
};
