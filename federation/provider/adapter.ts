import type { OidcFound } from "@rose-ash/shared/contracts/oidc-store.ts";
import type { ProviderSessionId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";
import { type AdapterFactory, type AdapterPayload, errors } from "oidc-provider";
import { thirdPartyClient } from "./clients.ts";

/** oidc-provider's storage over our PostgreSQL store. Clients it only reads: the six are configured, members register the others. */
export function makeAdapter(app: FastifyInstance): AdapterFactory {
  const { services, transaction, runtime } = app;
  const { oidcStore } = services;
  const { clock } = runtime;
  return (kind) => ({
    find: async (id) => (kind === "Client" ? thirdPartyClient(services, id) : toPayload(await oidcStore.find(kind, id))),
    findByUid: async (uid) => toPayload(await oidcStore.findSession(uid)),
    findByUserCode: async () => undefined, // the device flow is off
    upsert: (id, payload, expiresIn) =>
      transaction((tx) =>
        oidcStore.put(tx, {
          kind,
          id,
          payload: { ...payload },
          grantId: payload.grantId ?? null,
          uid: kind === "Session" ? toSessionId(payload.uid) : null,
          sessionUid: toSessionId(payload.sessionUid),
          accountId: kind === "Grant" ? (payload.accountId ?? null) : null,
          clientId: kind === "Grant" ? (payload.clientId ?? null) : null,
          expiresAt: expiresIn === undefined ? null : new Date(clock.now().getTime() + expiresIn * 1000),
        }),
      ),
    // RFC 6749 §4.1.2: a code is for one use; of parallel redemptions one wins. The loser's throw comes after the commit, which ends the family
    async consume(id) {
      const isFirst = await transaction((tx) => oidcStore.consume(tx, kind, id));
      if (!isFirst) throw new errors.InvalidGrant("already used");
    },
    // of a session too only its row: a sign-in gives the session a new id by removing the old one.
    // What ends with a session is ended by identity.endSessions
    destroy: (id) => transaction((tx) => oidcStore.remove(tx, kind, id)),
    revokeByGrantId: (grantId) => transaction((tx) => oidcStore.removeGrant(tx, grantId)),
  });
}

function toPayload(found: OidcFound | null): AdapterPayload | undefined {
  if (found === null) return undefined;
  const { payload, consumedAt } = found;
  return consumedAt === null ? payload : { ...payload, consumed: Math.floor(consumedAt.getTime() / 1000) };
}

const toSessionId = (uid: string | undefined) => (uid === undefined ? null : (uid as ProviderSessionId));
