import { and, desc, eq, gt, inArray, max, min, type SQL, sql } from "drizzle-orm";
import type { SecurityEventKind } from "../../contracts/identity.ts";
import type { ConnectedApp } from "../../contracts/oauth-clients.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import { oidcPayloads, users } from "../../models/identity.ts";
import type { ClientId, UserId } from "../../models/ids.ts";
import { oauthClients } from "../../models/oauth-clients.ts";
import { noteSecurityEvent } from "../identity/security-events.ts";

const isGrant = eq(oidcPayloads.kind, "Grant");
const ofAccount = (userId: UserId) => eq(oidcPayloads.accountId, String(userId));

/** Apps of third parties that hold a grant of this member. The six are no rows of oauth_clients, so they never show here. */
export async function listConnected(db: Db, userId: UserId, now: Date): Promise<ConnectedApp[]> {
  const iat = sql<number>`(${oidcPayloads.payload} ->> 'iat')::bigint`;
  const rows = await db
    .select({
      clientId: oauthClients.id,
      name: oauthClients.name,
      owner: { name: users.name, handle: users.handle },
      scopes: sql<string>`string_agg(${oidcPayloads.payload} -> 'openid' ->> 'scope', ' ')`,
      since: min(iat),
    })
    .from(oidcPayloads)
    .innerJoin(oauthClients, eq(oauthClients.id, sql`${oidcPayloads.clientId}`))
    .innerJoin(users, eq(users.id, oauthClients.ownerId))
    .where(and(isGrant, ofAccount(userId), gt(oidcPayloads.expiresAt, now)))
    .groupBy(oauthClients.id, users.id)
    .orderBy(desc(max(iat)), desc(oauthClients.id));
  return rows.map(({ scopes, since, ...app }) => ({
    ...app,
    scopes: [...new Set(scopes.split(" "))],
    since: new Date(Number(since) * 1000),
  }));
}

/** Takes back what a member's sign-ins gave to one app. */
export async function disconnect(tx: Tx, userId: UserId, clientId: string): Promise<void> {
  const count = await removeGrants(tx, and(ofAccount(userId), eq(oidcPayloads.clientId, clientId)));
  if (count > 0) await note(tx, userId, clientId, "app-disconnected");
}

/** Remembers that the member let the app in. */
export async function noteLetIn(tx: Tx, userId: UserId, clientId: string): Promise<void> {
  await note(tx, userId, clientId, "app-let-in");
}

async function note(tx: Tx, userId: UserId, clientId: string, kind: SecurityEventKind): Promise<void> {
  const isIt = eq(oauthClients.id, clientId as ClientId);
  const [app] = await tx.select({ name: oauthClients.name }).from(oauthClients).where(isIt);
  await noteSecurityEvent(tx, userId, kind, { id: clientId, name: app?.name ?? "" });
}

/** Takes back what anybody gave to an app that is no more. */
export async function removeGrantsOfClient(tx: Tx, clientId: string): Promise<void> {
  await removeGrants(tx, eq(oidcPayloads.clientId, clientId));
}

/** Grants with their codes and tokens. A token that is being made at this moment is of no use without its grant. */
async function removeGrants(tx: Tx, which: SQL | undefined): Promise<number> {
  const grants = await tx.delete(oidcPayloads).where(and(isGrant, which)).returning({ id: oidcPayloads.id });
  const ids = grants.map(({ id }) => id);
  if (ids.length > 0) await tx.delete(oidcPayloads).where(inArray(oidcPayloads.grantId, ids));
  return ids.length;
}
