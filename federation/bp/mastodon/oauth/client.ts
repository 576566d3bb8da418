import type { ClientApp } from "@rose-ash/shared/contracts/client-api.ts";
import { hashToken, isSameSecret } from "@rose-ash/shared/infrastructure/keys/index.ts";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { ClientError } from "../errors.ts";
import { readParams, text } from "../params.ts";
import { isClientApp } from "./asked.ts";

const word = text(2000).optional();
const params = z.object({
  ...{
    client_id: word,
    client_secret: word,
    grant_type: word,
    code: word,
    redirect_uri: word,
    code_verifier: word,
    scope: word,
    token: word,
  },
});
export type TokenParams = z.output<typeof params>;

/** What a request to an endpoint of OAuth says. A form was kept as it came, so that the provider can have it. */
export async function readTokenParams(request: FastifyRequest): Promise<TokenParams> {
  const { body } = request;
  const form = Buffer.isBuffer(body) ? Object.fromEntries(new URLSearchParams(body.toString("utf8"))) : null;
  if (form === null) return withBasic(request, await readParams(request, params));
  const read = params.safeParse({ ...(request.query as object), ...form });
  if (!read.success) throw new ClientError(400, "The request could not be read.", "invalid_request");
  return withBasic(request, read.data);
}

/** RFC 6749 §2.3.1: the header stands above what the body says. */
function withBasic({ headers: { authorization = "" } }: FastifyRequest, read: TokenParams): TokenParams {
  const [, encoded] = /^Basic ([\w+/=-]+)$/i.exec(authorization) ?? [];
  if (encoded === undefined) return read;
  const [id = "", ...secret] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  return { ...read, client_id: decoded(id), client_secret: decoded(secret.join(":")) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll("+", " "));
  } catch {
    return part;
  }
}

/** The app that asks, by its secret. Throws invalid_client. */
export async function authenticate({ server }: FastifyRequest, { client_id, client_secret }: TokenParams): Promise<ClientApp> {
  const app = isClientApp(client_id) ? await server.services.clientApi.findApp(client_id) : null;
  if (app === null || client_secret === undefined || !isSameSecret(app.secretHash, hashToken(client_secret)))
    throw new ClientError(401, "The app is not known, or its secret is another.", "invalid_client");
  return app;
}
