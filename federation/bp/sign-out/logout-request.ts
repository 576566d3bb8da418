import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { FastifyInstance } from "fastify";
import { compactVerify } from "jose";
import { z } from "zod";

/** What an app sends along. */
export const logoutParams = z.object({
  id_token_hint: z.string().max(4000).optional(),
  client_id: z.string().max(100).optional(),
  post_logout_redirect_uri: z.string().max(2000).optional(),
  state: z.string().max(1000).optional(),
});
export type LogoutParams = z.output<typeof logoutParams>;

/** returnTo null: the person stays here. */
export interface LogoutRequest {
  client: { clientId: string; name: string } | null;
  returnTo: string | null;
}

const payload = z.object({ iss: z.string(), aud: z.string() });

/** Throws invalid-request unless the address to go back to is registered for the app that asks (RP-Initiated Logout 1.0 §3). */
export async function checkLogoutRequest(app: FastifyInstance, params: LogoutParams): Promise<LogoutRequest> {
  const named = await clientIdOf(app, params);
  const client = named === null ? null : await app.services.oauthClients.findClient(named);
  const uri = params.post_logout_redirect_uri;
  if (uri === undefined) return { client, returnTo: null };
  if (client === null || !client.logoutUris.includes(uri)) throw refused("the address to go back to is not registered for this app");
  const returnTo = new URL(uri);
  if (params.state !== undefined) returnTo.searchParams.set("state", params.state);
  return { client, returnTo: returnTo.href };
}

/** A hint is believed when we signed it, however long ago. */
async function clientIdOf({ runtime, publicUrl }: FastifyInstance, params: LogoutParams): Promise<string | null> {
  const { id_token_hint: hint, client_id: named } = params;
  if (hint === undefined) return named ?? null;
  const key = async ({ kid }: { kid?: string }) => {
    const found = kid === undefined ? null : await runtime.keys.findPublicKey(kid);
    if (found?.purpose !== "oidc-signing") throw refused("the id_token_hint is not ours");
    return found.publicKey;
  };
  const verified = await compactVerify(hint, key, { algorithms: ["ES256"] }).catch(() => {
    throw refused("the id_token_hint is not ours");
  });
  const { iss, aud } = payload.parse(JSON.parse(new TextDecoder().decode(verified.payload)));
  if (iss !== publicUrl("federation", "")) throw refused("the id_token_hint is not ours");
  if (named !== undefined && named !== aud) throw refused("client_id and id_token_hint name different apps");
  return aud;
}

function refused(what: string): CodedError {
  return new CodedError("invalid-request", `The sign-out was asked for in a way that we don't take: ${what}.`);
}
