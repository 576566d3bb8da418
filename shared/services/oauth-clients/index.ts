import { and, count, desc, eq, sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { ClientDetails, OAuthClient, OAuthClientsService, RegisteredClient } from "../../contracts/oauth-clients.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { users } from "../../models/identity.ts";
import type { ClientId, UserId } from "../../models/ids.ts";
import { oauthClients } from "../../models/oauth-clients.ts";
import { disconnect, listConnected, removeGrantsOfClient } from "./connections.ts";

const MAX_PER_OWNER = 20;
const COLUMNS = {
  clientId: oauthClients.id,
  name: oauthClients.name,
  redirectUris: oauthClients.redirectUris,
  logoutUris: oauthClients.logoutUris,
  backchannelUri: oauthClients.backchannelUri,
  createdAt: oauthClients.createdAt,
  secretMadeAt: oauthClients.secretMadeAt,
};
const isOwn = (ownerId: UserId, clientId: string) => and(eq(oauthClients.id, clientId as ClientId), eq(oauthClients.ownerId, ownerId));

/** Third parties' apps, from PostgreSQL. */
export function makeOAuthClientsService({ db, clock }: ServiceDeps): OAuthClientsService {
  return {
    findClient: (clientId) => findClient(db, clientId),
    listClientsOf: (ownerId) => listClientsOf(db, ownerId),
    async getClientOf(ownerId, clientId) {
      const [client] = await db.select(COLUMNS).from(oauthClients).where(isOwn(ownerId, clientId));
      return client ?? noSuchApp();
    },
    async registerClient(tx, { clientId, ownerId, secretHash, ...details }) {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`clients of ${ownerId}`}, 0))`); // or two at once pass the limit
      const [has] = await tx.select({ apps: count() }).from(oauthClients).where(eq(oauthClients.ownerId, ownerId));
      if ((has?.apps ?? 0) >= MAX_PER_OWNER) return { kind: "too-many" };
      const now = clock.now();
      const secretMadeAt = secretHash === null ? null : now;
      await tx.insert(oauthClients).values({ id: clientId, ownerId, secretHash, secretMadeAt, createdAt: now, ...columnsOf(details) });
      return { kind: "registered" };
    },
    async changeClient(tx, ownerId, clientId, details) {
      await mustHit(tx.update(oauthClients).set(columnsOf(details)).where(isOwn(ownerId, clientId)).returning({ id: oauthClients.id }));
    },
    async replaceSecret(tx, ownerId, clientId, secretHash) {
      const hasSecret = and(isOwn(ownerId, clientId), sql`${oauthClients.secretHash} is not null`);
      const change = { secretHash, secretMadeAt: clock.now() };
      await mustHit(tx.update(oauthClients).set(change).where(hasSecret).returning({ id: oauthClients.id }));
    },
    async removeClient(tx, ownerId, clientId) {
      await mustHit(tx.delete(oauthClients).where(isOwn(ownerId, clientId)).returning({ id: oauthClients.id }));
      await removeGrantsOfClient(tx, clientId);
    },
    listConnected: (userId) => listConnected(db, userId, clock.now()),
    disconnect: (tx, userId, clientId) => disconnect(tx, userId, clientId),
  };
}

const columnsOf = ({ name, redirectUris, logoutUris, backchannelUri }: ClientDetails) => ({
  name,
  backchannelUri,
  redirectUris: [...redirectUris],
  logoutUris: [...logoutUris],
});

async function findClient(db: Db, clientId: string): Promise<RegisteredClient | null> {
  const [client] = await db
    .select({ ...COLUMNS, secretHash: oauthClients.secretHash, owner: { name: users.name, handle: users.handle } })
    .from(oauthClients)
    .innerJoin(users, eq(users.id, oauthClients.ownerId))
    .where(eq(oauthClients.id, clientId as ClientId));
  return client ?? null;
}

function listClientsOf(db: Db | Tx, ownerId: UserId): Promise<OAuthClient[]> {
  return db
    .select(COLUMNS)
    .from(oauthClients)
    .where(eq(oauthClients.ownerId, ownerId))
    .orderBy(desc(oauthClients.createdAt), desc(oauthClients.id));
}

async function mustHit(change: Promise<readonly unknown[]>): Promise<void> {
  if ((await change).length === 0) noSuchApp();
}

function noSuchApp(): never {
  throw new CodedError("not-found", "You have no app of this name. It may have been removed.");
}
