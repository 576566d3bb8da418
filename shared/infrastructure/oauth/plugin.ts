import oauth2, { type OAuth2Namespace } from "@fastify/oauth2";
import plugin from "fastify-plugin";
import type { App } from "../../models/apps.ts";
import { deriveSecret } from "../keys/index.ts";
import type { Runtime } from "../runtime.ts";
import { callback } from "./callback.ts";
import { makeFlowCookies } from "./flow.ts";
import { login } from "./login.ts";
import { askLogout, logout } from "./logout.ts";
import { makeProviderClient, PATIENCE_MS, providerOf, SCOPE } from "./provider-client.ts";

declare module "fastify" {
  interface FastifyInstance {
    oauth: OAuth2Namespace;
  }
}

/**
 * Makes an app a client of the identity provider: /auth/login, /auth/callback, /auth/logout.
 * The endpoints follow from the issuer's address instead of its discovery document: an app starts while federation is down.
 */
export const oauth = plugin<{ name: App; runtime: Runtime }>(async (app, { name, runtime }) => {
  const { config, publicUrl } = runtime;
  const provider = providerOf(runtime);
  await app.register(oauth2, {
    name: "oauth",
    scope: [SCOPE],
    pkce: "S256",
    callbackUri: publicUrl(name, "/auth/callback"),
    credentials: {
      client: { id: name, secret: clientSecretOf(config.DEPLOYMENT_SECRET, name) },
      auth: { tokenHost: provider.origin, tokenPath: "/oauth/token", authorizeHost: provider.issuer, authorizePath: "/oauth/authorize" },
      http: { timeout: PATIENCE_MS },
    },
  });
  const parts = {
    name,
    client: makeProviderClient(name, runtime, { provider, oauth2: app.oauth.oauth2 }),
    flows: makeFlowCookies(name, runtime),
  };
  app.route(login(parts));
  app.route(callback(parts));
  app.route(askLogout);
  app.route(logout(parts));
});

/** The client secret of a first-party app: provider and app derive the same one, so none is configured. */
export function clientSecretOf(deploymentSecret: string, name: App): string {
  return deriveSecret(deploymentSecret, `oauth-client:${name}`).toString("base64url");
}
