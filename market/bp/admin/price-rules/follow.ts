import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { sendRules } from "./send-rules.ts";

/** POST /admin/price-rules/preview: which prices are not what the rules make of them, written down to be looked at. */
export const followRules: Route = {
  method: "POST",
  url: "/admin/price-rules/preview",
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const id = await transaction((tx) => services.changeSets.draftByRules(tx, adminOf(request).userId));
    return id === null
      ? sendRules(request, reply, { id: null, again: null, isNothing: true })
      : reply.redirect(`/admin/changes/${id}`, 303);
  },
};
