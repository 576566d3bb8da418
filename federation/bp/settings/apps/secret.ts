import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { hashToken, randomToken } from "@rose-ash/shared/infrastructure/keys/index.ts";
import { memberOf } from "../member.ts";
import { askFirst } from "../page.ts";
import { keepSecret } from "./one-time-secret.ts";
import { type AppParams, appParams } from "./show.ts";

/** GET /settings/apps/:id/secret: asks, since the app stops working until it has the new one. */
export const askSecret: Route<{ Params: AppParams }> = {
  method: "GET",
  url: "/settings/apps/:id/secret",
  schema: { params: appParams },
  async handler(request, reply) {
    const { clientId, name } = await request.server.services.oauthClients.getClientOf(memberOf(request).userId, request.params.id);
    const backUrl = `/settings/apps/${clientId}`;
    const lead = "The old one stops working at once: nobody can sign in to the app until it knows the new one, which you will see once.";
    return askFirst(reply, "Your apps", {
      title: `A new secret for ${name}?`,
      lead,
      action: `${backUrl}/secret`,
      yes: "Make a new secret",
      backUrl,
    });
  },
};

/** POST /settings/apps/:id/secret */
export const replaceSecret: Route<{ Params: AppParams }> = {
  method: "POST",
  url: "/settings/apps/:id/secret",
  schema: { params: appParams },
  async handler(request, reply) {
    const { userId } = memberOf(request);
    const { services, transaction } = request.server;
    const secret = randomToken();
    await transaction((tx) => services.oauthClients.replaceSecret(tx, userId, request.params.id, hashToken(secret)));
    await keepSecret(request, reply, request.params.id, secret);
    return reply.redirect(`/settings/apps/${request.params.id}`, 303);
  },
};
