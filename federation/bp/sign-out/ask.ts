import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { admitFormTarget } from "../form-target.ts";
import { checkLogoutRequest, type LogoutParams, logoutParams } from "./logout-request.ts";
import { findProviderSession } from "./provider-session.ts";

/** GET /oauth/logout: asks. Opening it signs nobody out; where nobody is signed in it leads on at once. */
export const askSignOut: Route<{ Querystring: LogoutParams }> = {
  method: "GET",
  url: "/oauth/logout",
  schema: { querystring: logoutParams },
  handler: (request, reply) => ask(request, reply, request.query),
};

/** POST /oauth/logout: the same for apps that send a form. Of another site, which is why it changes nothing. */
export const askSignOutByForm: Route<{ Body: LogoutParams }> = {
  method: "POST",
  url: "/oauth/logout",
  config: { origin: "exempt" },
  schema: { body: logoutParams },
  handler: (request, reply) => ask(request, reply, request.body),
};

async function ask(request: FastifyRequest, reply: FastifyReply, params: LogoutParams): Promise<FastifyReply> {
  const { client, returnTo } = await checkLogoutRequest(request.server, params);
  const session = await findProviderSession(request, reply);
  if (session === null) return reply.redirect(returnTo ?? "/oauth/logout/done", 303);
  if (returnTo !== null) admitFormTarget(reply, returnTo);
  const kept = { client_id: client?.clientId, post_logout_redirect_uri: params.post_logout_redirect_uri, state: params.state };
  const hidden = Object.entries(kept).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
  return reply.page("sign-out/ask.html", { client, hidden, returnTo });
}
