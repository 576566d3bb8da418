import { createHash } from "node:crypto";
import type { ClientApp } from "@rose-ash/shared/contracts/client-api.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { hashToken, isSameSecret, randomToken } from "@rose-ash/shared/infrastructure/keys/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { covers, readScopes } from "../../../mastodon/scopes.ts";
import { ClientError } from "../errors.ts";
import { isClientApp } from "./asked.ts";
import { authenticate, readTokenParams, type TokenParams } from "./client.ts";

interface Given {
  readonly token: string;
  readonly scopes: readonly string[];
  readonly createdAt: Date;
}

/** POST /oauth/token: for a code, or for an app itself (RFC 6749 §4.1.3, §4.4). Of other apps the OpenID provider takes care. */
export const giveToken: Route = {
  method: "POST",
  url: "/oauth/token",
  config: { origin: "exempt" },
  async handler(request, reply) {
    const params = await readTokenParams(request);
    if (isOthers(request, params)) return request.server.serveProvider(request, reply);
    const app = await authenticate(request, params);
    switch (params.grant_type) {
      case "authorization_code":
        return sendToken(reply, await ofCode(request, app, params));
      case "client_credentials":
        return sendToken(reply, await ofItself(request, app, params));
      default:
        throw new ClientError(400, "That kind of grant is not given.", "unsupported_grant_type");
    }
  },
};

/** What the provider reads at all: a form, of an app that is none of ours. */
export const isOthers = ({ body }: FastifyRequest, { client_id }: TokenParams): boolean =>
  !isClientApp(client_id) && (Buffer.isBuffer(body) || body === undefined);

async function ofCode({ server }: FastifyRequest, app: ClientApp, params: TokenParams): Promise<Given> {
  const { code = "", redirect_uri: redirectUri, code_verifier: verifier } = params;
  const codeHash = hashToken(code);
  const token = randomToken();
  const { clientApi } = server.services;
  // a code that is shown wrongly is spent all the same: nobody tries verifiers one after the other
  const given = await server.transaction(async (tx) => {
    const spent = await clientApi.spendCode(tx, app.id, codeHash);
    if (spent.kind === "refused" || spent.redirectUri !== redirectUri || !isVerified(spent.codeChallenge, verifier)) return null;
    const { userId, scopes } = spent;
    const createdAt = await clientApi.giveToken(tx, { tokenHash: hashToken(token), appId: app.id, userId, scopes, codeHash });
    return { token, scopes, createdAt };
  });
  if (given === null) throw new ClientError(400, "The code is over, was used, or is for another app or address.", "invalid_grant");
  return given;
}

/** RFC 7636 §4.6; RFC 9700 §4.8.2: no verifier for a code that was asked for without a challenge. */
function isVerified(challenge: string | null, verifier: string | undefined): boolean {
  if (challenge === null || verifier === undefined) return challenge === null && verifier === undefined;
  return /^[\w.~-]{43,128}$/.test(verifier) && isSameSecret(createHash("sha256").update(verifier).digest("base64url"), challenge);
}

async function ofItself({ server }: FastifyRequest, app: ClientApp, { scope }: TokenParams): Promise<Given> {
  const scopes = readScopes(scope ?? "read");
  if (scopes === null || !scopes.every((one) => covers(app.scopes, one)))
    throw new ClientError(400, "That is more than the app registered for.", "invalid_scope");
  const token = randomToken();
  const given = { tokenHash: hashToken(token), appId: app.id, userId: null, scopes, codeHash: null };
  const createdAt = await server.transaction((tx) => server.services.clientApi.giveToken(tx, given));
  return { token, scopes, createdAt };
}

function sendToken(reply: FastifyReply, { token, scopes, createdAt }: Given): FastifyReply {
  const created = Math.floor(createdAt.getTime() / 1000);
  return reply
    .header("cache-control", "no-store")
    .send({ access_token: token, token_type: "Bearer", scope: scopes.join(" "), created_at: created });
}
