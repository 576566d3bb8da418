import type { ClientAccess } from "@rose-ash/shared/contracts/client-api.ts";
import type { Reader } from "@rose-ash/shared/contracts/statuses.ts";
import { hashToken } from "@rose-ash/shared/infrastructure/keys/index.ts";
import type { FastifyContextConfig, FastifyRequest } from "fastify";
import { covers } from "../../mastodon/scopes.ts";
import { ClientError, noToken } from "./errors.ts";

/** Who may ask. scopes: one of them is needed, where a token is shown. */
interface Need {
  readonly as: "anybody" | "app" | "member";
  readonly scopes: readonly string[];
}

declare module "fastify" {
  interface FastifyContextConfig {
    /** Of a route of Mastodon's client API. */
    client?: Need;
  }
}

// a bearer token is shown with each request, and no browser's cookies count: pages elsewhere may ask as well
const config = (client: Need): FastifyContextConfig => ({ origin: "exempt", client });
/** For whoever asks; a token says whose eyes it is seen with. */
export const anybody = (...scopes: string[]) => config({ as: "anybody", scopes });
/** For any app that shows a token, its own or a member's. */
export const anyApp = () => config({ as: "app", scopes: [] });
/** For a member's apps, as far as they were granted one of these. */
export const member = (...scopes: string[]) => config({ as: "member", scopes });

const BEARER = /^Bearer ([\w-]{43})$/i;
const DAY_MS = 86_400_000;
const found = new WeakMap<FastifyRequest, ClientAccess>();

/** Before a handler: who asks, and whether they may. */
export async function checkAccess(request: FastifyRequest): Promise<void> {
  const need = request.routeOptions.config.client;
  if (need === undefined) return;
  const { authorization } = request.headers;
  if (authorization === undefined && need.as === "anybody") return;
  const token = BEARER.exec(authorization ?? "")?.[1];
  const access = token === undefined ? null : await request.server.services.clientApi.findAccess(hashToken(token));
  if (access === null) throw noToken();
  if (need.scopes.length > 0 && !need.scopes.some((scope) => covers(access.scopes, scope)))
    throw new ClientError(403, "This action is outside the authorized scopes");
  if (need.as === "member" && access.reader === null) throw new ClientError(422, "This method requires an authenticated user");
  found.set(request, access);
  await noteUse(request, access);
}

async function noteUse({ server }: FastifyRequest, { tokenId, usedAt }: ClientAccess): Promise<void> {
  if (server.runtime.clock.now().getTime() - usedAt.getTime() < DAY_MS) return;
  await server.transaction((tx) => server.services.clientApi.noteUse(tx, tokenId));
}

/** Throws where no token was shown: the route says that there is one. */
export function accessOf(request: FastifyRequest): ClientAccess {
  const access = found.get(request);
  if (access === undefined) throw noToken();
  return access;
}

/** With whose eyes it is seen; null: a guest's, or an app's own. */
export const readerOf = (request: FastifyRequest): Reader | null => found.get(request)?.reader ?? null;

/** Who says or does something. */
export function memberReader(request: FastifyRequest): Reader {
  const reader = readerOf(request);
  if (reader === null) throw noToken();
  return reader;
}
