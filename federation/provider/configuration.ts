import { deriveSecret } from "@rose-ash/shared/infrastructure/keys/index.ts";
import { clientSecretOf } from "@rose-ash/shared/infrastructure/oauth/index.ts";
import { hostCookie, isHttps } from "@rose-ash/shared/infrastructure/sessions/index.ts";
import { APPS, type App } from "@rose-ash/shared/models/apps.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";
import type { AuthorizationCode, ClientMetadata, Configuration, FindAccount, KoaContextWithOIDC } from "oidc-provider";
import { makeAdapter } from "./adapter.ts";

const DAY_SECONDS = 24 * 3600;

/** What our provider does: authorization code with PKCE for the six apps, an id_token that names the provider's session, nothing else. */
export async function makeConfiguration(app: FastifyInstance): Promise<Configuration> {
  const { config, site, keys } = app.runtime;
  const { privateJwk } = await keys.signingKey("oidc-signing", "ES256");
  const sessionSeconds = site.sessions.days * DAY_SECONDS;
  const isSecure = isHttps(config);
  return {
    adapter: makeAdapter(app),
    clients: APPS.map((name) => firstPartyClient(app, name)),
    jwks: { keys: [{ ...privateJwk, kty: "EC" }] },
    enabledJWA: { idTokenSigningAlgValues: ["ES256"] },
    responseTypes: ["code"],
    scopes: ["openid"],
    claims: { openid: ["sub", "provider_session"] },
    clientAuthMethods: ["client_secret_basic"],
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    cookies: {
      keys: [deriveSecret(config.DEPLOYMENT_SECRET, "oidc-cookies").toString("base64url")],
      names: { session: hostCookie("rose_provider", isSecure), interaction: "rose_sign_in", resume: "rose_resume" },
      long: { httpOnly: true, sameSite: "lax", path: "/" },
      short: { httpOnly: true, sameSite: "lax" },
    },
    routes: { authorization: "/oauth/authorize", token: "/oauth/token", jwks: "/oauth/jwks" },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      rpInitiatedLogout: { enabled: false }, // POST /auth/logout of any app ends the provider's session
    },
    interactions: { url: (_ctx, { uid }) => `/sign-in/${uid}` },
    findAccount: findAccount(app),
    loadExistingGrant,
    ttl: {
      AuthorizationCode: 60,
      AccessToken: 60, // the six keep none
      IdToken: 300,
      Interaction: 3600,
      Session: sessionSeconds,
      Grant: sessionSeconds,
    },
  };
}

function firstPartyClient({ publicUrl, runtime }: FastifyInstance, name: App): ClientMetadata {
  return {
    client_id: name,
    client_secret: clientSecretOf(runtime.config.DEPLOYMENT_SECRET, name),
    redirect_uris: [publicUrl(name, "/auth/callback")],
    grant_types: ["authorization_code"],
    response_types: ["code"],
    token_endpoint_auth_method: "client_secret_basic",
    id_token_signed_response_alg: "ES256",
    scope: "openid",
  };
}

/** provider_session lets an app end the whole sign-in; for our own apps only. */
function findAccount({ services }: FastifyInstance): FindAccount {
  return async (ctx, sub, token) => {
    const person = await services.identity.findPerson(Number(sub) as UserId);
    if (person === null) return undefined;
    const session = isFirstParty(ctx.oidc.client?.clientId) ? sessionOf(token) : {};
    return { accountId: sub, claims: async () => ({ sub, ...session }) };
  };
}

function sessionOf(token: object | undefined): { provider_session?: string } {
  const { sessionUid } = (token ?? {}) as Partial<AuthorizationCode>;
  return sessionUid === undefined ? {} : { provider_session: sessionUid };
}

/** Our own apps are one site: nobody is asked whether the blog may know that they signed in to it. */
async function loadExistingGrant({ oidc }: KoaContextWithOIDC) {
  const { client, session, provider } = oidc;
  if (client === undefined || session?.accountId === undefined) return undefined;
  const grantId = session.grantIdFor(client.clientId);
  const kept = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  if (kept?.accountId === session.accountId || !isFirstParty(client.clientId)) return kept;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope("openid");
  await grant.save();
  return grant;
}

function isFirstParty(clientId: string | undefined): boolean {
  return APPS.some((name) => name === clientId);
}
