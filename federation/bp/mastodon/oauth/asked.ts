import type { ClientApp } from "@rose-ash/shared/contracts/client-api.ts";
import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { covers, readScopes } from "../../../mastodon/scopes.ts";

const words = z.string().max(2000).optional();
/** What an app sends its members with (RFC 6749 §4.1.1, RFC 7636 §4.3). */
export const askedParams = z.object({
  ...{ response_type: words, client_id: z.string().max(200), redirect_uri: words, scope: words, state: words },
  ...{ code_challenge: words, code_challenge_method: words, force_login: words },
});
export type AskedParams = z.output<typeof askedParams>;

/** Apps of Mastodon's client API are named so; those of members and our own are not. */
export const isClientApp = (clientId: unknown): clientId is string => typeof clientId === "string" && clientId.startsWith("api.");

/** What is asked of a member. error: of RFC 6749 §4.1.2.1, for the app to be told. */
export interface Asked {
  readonly app: ClientApp;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string | undefined;
  readonly codeChallenge: string | null;
  readonly error: { readonly error: string; readonly error_description: string } | null;
}

const CHALLENGE = /^[\w-]{43}$/; // of SHA-256, base64url

/** Throws invalid-request where nobody can be sent back: an app that is none, or an address that it did not register. */
export async function readAsked({ services }: FastifyInstance, params: AskedParams): Promise<Asked> {
  const app = await services.clientApi.findApp(params.client_id);
  if (app === null) throw new CodedError("invalid-request", "The app that sent you here is not known. Please sign in there anew.");
  const redirectUri = params.redirect_uri ?? (app.redirectUris.length === 1 ? app.redirectUris[0] : undefined);
  if (redirectUri === undefined || !app.redirectUris.includes(redirectUri))
    throw new CodedError("invalid-request", "The app that sent you here wants you sent to an address that it never named.");
  const scopes = readScopes(params.scope ?? "read");
  const { code_challenge: challenge, code_challenge_method: method = "plain" } = params;
  const error =
    params.response_type !== "code"
      ? refusal("unsupported_response_type", "Only codes are given.")
      : scopes === null || !scopes.every((scope) => covers(app.scopes, scope))
        ? refusal("invalid_scope", "That is more than the app registered for.")
        : challenge !== undefined && (method !== "S256" || !CHALLENGE.test(challenge))
          ? refusal("invalid_request", "The code challenge is none of S256.")
          : null;
  return { app, redirectUri, scopes: scopes ?? [], state: params.state, codeChallenge: challenge ?? null, error };
}

const refusal = (error: string, description: string) => ({ error, error_description: description });
