import type { RegisteredClient } from "@rose-ash/shared/contracts/oauth-clients.ts";
import type { Services } from "@rose-ash/shared/contracts/services.ts";
import { hashToken, isSameSecret } from "@rose-ash/shared/infrastructure/keys/index.ts";
import { clientSecretOf } from "@rose-ash/shared/infrastructure/oauth/index.ts";
import { APPS, type App } from "@rose-ash/shared/models/apps.ts";
import type { FastifyInstance } from "fastify";
import type Provider from "oidc-provider";
import type { ClientMetadata } from "oidc-provider";

/** What a third party's app may ask a member for. */
export const THIRD_PARTY_SCOPES = ["openid", "profile", "email", "roles", "offline_access"] as const;

const COMMON = {
  response_types: ["code"],
  response_modes: ["query"], // the form that posts itself needs a script in the page
  id_token_signed_response_alg: "ES256",
} satisfies Partial<ClientMetadata>;

/** One of the six. Provider and app derive the same secret, so none is configured. */
export function firstPartyClient({ publicUrl, runtime }: FastifyInstance, name: App): ClientMetadata {
  return {
    ...COMMON,
    client_id: name,
    client_secret: hashToken(clientSecretOf(runtime.config.DEPLOYMENT_SECRET, name)),
    redirect_uris: [publicUrl(name, "/auth/callback")],
    grant_types: ["authorization_code"],
    token_endpoint_auth_method: "client_secret_basic",
    scope: "openid",
  };
}

export function isFirstParty(clientId: string | undefined): boolean {
  return APPS.some((name) => name === clientId);
}

/** An app that a member registered; undefined when there is none of this name. */
export async function thirdPartyClient({ oauthClients }: Services, clientId: string): Promise<ClientMetadata | undefined> {
  const client = await oauthClients.findClient(clientId);
  return client === null ? undefined : metadataOf(client);
}

function metadataOf({ clientId, name, redirectUris, backchannelUri, secretHash }: RegisteredClient): ClientMetadata {
  const authentication =
    secretHash === null
      ? { token_endpoint_auth_method: "none" as const }
      : { token_endpoint_auth_method: "client_secret_basic" as const, client_secret: secretHash };
  return {
    ...COMMON,
    ...authentication,
    client_id: clientId,
    client_name: name,
    redirect_uris: [...redirectUris],
    ...(backchannelUri === null ? {} : { backchannel_logout_uri: backchannelUri, backchannel_logout_session_required: true }),
    grant_types: ["authorization_code", "refresh_token"],
    scope: THIRD_PARTY_SCOPES.join(" "),
  };
}

/** The provider sees only hashes of secrets: the `client_secret` above is one. */
export function compareSecretsByHash({ Client }: Provider): void {
  Client.prototype.compareClientSecret = function (actual) {
    return this.clientSecret !== undefined && isSameSecret(this.clientSecret, hashToken(actual));
  };
}
