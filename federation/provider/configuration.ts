import { developmentDoorsOpen } from "@rose-ash/shared/infrastructure/config.ts";
import { deriveSecret } from "@rose-ash/shared/infrastructure/keys/index.ts";
import { hostCookie, isHttps } from "@rose-ash/shared/infrastructure/sessions/index.ts";
import { APPS } from "@rose-ash/shared/models/apps.ts";
import type { FastifyInstance } from "fastify";
import type { Client, Configuration, JWK, KoaContextWithOIDC } from "oidc-provider";
import { CLAIMS, findAccount } from "./accounts.ts";
import { makeAdapter } from "./adapter.ts";
import { firstPartyClient, isFirstParty, THIRD_PARTY_SCOPES } from "./clients.ts";
import { loadExistingGrant } from "./grants.ts";

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;
const STAYS_CONNECTED_SECONDS = 365 * DAY_SECONDS; // then the member is asked again
const UNUSED_REFRESH_SECONDS = 30 * DAY_SECONDS;

/**
 * What our provider does: authorization code with PKCE for the six and for third parties' apps; for the latter consent,
 * userinfo, refresh tokens that rotate, revocation and introspection of their own tokens. keys: the one that signs first.
 */
export function makeConfiguration(app: FastifyInstance, keys: JWK[]): Configuration {
  const { publicUrl } = app;
  return {
    adapter: makeAdapter(app),
    clients: APPS.map((name) => firstPartyClient(app, name)),
    jwks: { keys },
    enabledJWA: { idTokenSigningAlgValues: ["ES256"] },
    responseTypes: ["code"],
    scopes: [...THIRD_PARTY_SCOPES],
    claims: CLAIMS,
    clientAuthMethods: ["client_secret_basic", "none"],
    clientBasedCORS: (_ctx, origin, client) => isFromRedirect(client, origin),
    pkce: { required: () => true },
    allowOmittingSingleRegisteredRedirectUri: false,
    rotateRefreshToken: true,
    cookies: cookiesOf(app),
    routes: {
      authorization: "/oauth/authorize",
      token: "/oauth/token",
      jwks: "/oauth/jwks",
      userinfo: "/oauth/userinfo",
      revocation: "/oauth/revoke",
      introspection: "/oauth/introspect",
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: true },
      revocation: { enabled: true, allowedPolicy: isOwnToken },
      introspection: { enabled: true, allowedPolicy: isOwnToken },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      backchannelLogout: { enabled: true }, // handlers/tell-app-of-sign-out sends them, whichever app the sign-out began at
      rpInitiatedLogout: { enabled: false }, // bp/sign-out answers it: it ends the sessions of the six too
    },
    fetch: makeFetch(app),
    discovery: { end_session_endpoint: publicUrl("federation", "/oauth/logout") },
    interactions: { url: (_ctx, { uid }) => `/sign-in/${uid}` },
    findAccount: findAccount(app),
    loadExistingGrant,
    ttl: lifetimes(app.runtime.site.sessions.days * DAY_SECONDS),
  };
}

/** The provider has its requests refused by private addresses; in development everything is at one. */
function makeFetch({ runtime }: FastifyInstance): NonNullable<Configuration["fetch"]> {
  if (!developmentDoorsOpen(runtime.config)) return fetch;
  return (url, options) => {
    const { dispatcher: _publicOnly, ...anywhere } = options ?? {};
    return fetch(url, anywhere);
  };
}

function cookiesOf({ runtime: { config } }: FastifyInstance): Configuration["cookies"] {
  return {
    keys: [deriveSecret(config.DEPLOYMENT_SECRET, "oidc-cookies").toString("base64url")],
    names: { session: hostCookie("rose_provider", isHttps(config)), interaction: "rose_sign_in", resume: "rose_resume" },
    long: { httpOnly: true, sameSite: "lax", path: "/" },
    short: { httpOnly: true, sameSite: "lax" },
  };
}

function lifetimes(sessionSeconds: number): Configuration["ttl"] {
  return {
    AuthorizationCode: 60,
    AccessToken: (_ctx, _token, { clientId }) => (isFirstParty(clientId) ? 60 : HOUR_SECONDS), // the six keep none
    RefreshToken: UNUSED_REFRESH_SECONDS,
    IdToken: 300,
    Interaction: HOUR_SECONDS,
    Session: sessionSeconds,
    Grant: (_ctx, { clientId }) => (isFirstParty(clientId) ? sessionSeconds : STAYS_CONNECTED_SECONDS),
  };
}

/** An app learns about, and ends, its own tokens only. */
const isOwnToken = async (_ctx: KoaContextWithOIDC, client: Client, token: { clientId?: string | undefined }) =>
  token.clientId === client.clientId;

/** An app that runs in a browser asks from where its sign-in comes back to. */
function isFromRedirect({ redirectUris = [] }: Client, origin: string): boolean {
  return redirectUris.some((uri) => URL.parse(uri)?.origin === origin);
}
