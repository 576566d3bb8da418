import { and, count, desc, eq, type SQL, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { ClientDetails, OAuthClient, OAuthClientsService, RegisteredClient } from "../../contracts/oauth-clients.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { users } from "../../models/identity.ts";
import type { ClientId, UserId } from "../../models/ids.ts";
import { oauthClients } from "../../models/oauth-clients.ts";
import { disconnect, listConnected, noteLetIn, removeGrantsOfClient } from "./connections.ts";
import { recordChange, stateOf } from "./recorded.ts";

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
export function makeOAuthClientsService({ db, clock }: ServiceDeps, { audit }: { audit: AuditService }): OAuthClientsService {
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
      const after = stateOf({ ...details, secretMadeAt });
      await recordChange(tx, audit, { kind: "app-registered", ownerId, clientId, name: details.name, before: null, after });
      return { kind: "registered" };
    },
    async changeClient(tx, ownerId, clientId, details) {
      const before = await lockOwn(tx, isOwn(ownerId, clientId));
      await tx.update(oauthClients).set(columnsOf(details)).where(isOwn(ownerId, clientId));
      const states = { before: stateOf(before), after: stateOf({ ...before, ...details }) };
      await recordChange(tx, audit, { kind: "app-changed", ownerId, clientId, name: details.name, ...states });
    },
    async replaceSecret(tx, ownerId, clientId, secretHash) {
      const before = await lockOwn(tx, and(isOwn(ownerId, clientId), sql`${oauthClients.secretHash} is not null`));
      const secretMadeAt = clock.now();
      await tx.update(oauthClients).set({ secretHash, secretMadeAt }).where(isOwn(ownerId, clientId));
      const states = { before: stateOf(before), after: stateOf({ ...before, secretMadeAt }) };
      await recordChange(tx, audit, { kind: "app-secret-replaced", ownerId, clientId, name: before.name, ...states });
    },
    async removeClient(tx, ownerId, clientId) {
      const before = await lockOwn(tx, isOwn(ownerId, clientId));
      await tx.delete(oauthClients).where(isOwn(ownerId, clientId));
      await removeGrantsOfClient(tx, clientId);
      await recordChange(tx, audit, { kind: "app-removed", ownerId, clientId, name: before.name, before: stateOf(before), after: null });
    },
    noteLetIn,
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

/** Held until the transaction ends. Throws not-found for an app of somebody else. */
async function lockOwn(tx: Tx, isIt: SQL | undefined): Promise<OAuthClient> {
  const [client] = await tx.select(COLUMNS).from(oauthClients).where(isIt).for("update");
  return client ?? noSuchApp();
}

function noSuchApp(): never {
  throw new CodedError("not-found", "You have no app of this name. It may have been removed.");
}
