import { and, desc, eq, gt, isNull, lt, max, min, type SQL, sql } from "drizzle-orm";
import type { ClientApiService } from "../../contracts/client-api.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { clientApps, clientCodes, clientTokens } from "../../models/client-api.ts";
import { users } from "../../models/identity.ts";
import type { UserId } from "../../models/ids.ts";
import { noteSecurityEvent } from "../identity/security-events.ts";
import { APP } from "./apps.ts";

type Tokens = Pick<
  ClientApiService,
  ("giveCode" | "spendCode" | "giveToken" | "findAccess") | ("noteUse" | "revoke" | "listConnected" | "disconnect")
>;

const CODE_MS = 10 * 60_000; // RFC 6749 §4.1.2: ten minutes at most
const DAY_MS = 86_400_000;

export function makeTokens({ db, clock }: ServiceDeps): Tokens {
  // every request of every app asks this: prepared once
  const access = db
    .select({
      tokenId: clientTokens.id,
      scopes: clientTokens.scopes,
      createdAt: clientTokens.createdAt,
      usedAt: clientTokens.usedAt,
      userId: clientTokens.userId,
      handle: users.handle,
      app: APP,
    })
    .from(clientTokens)
    .innerJoin(clientApps, eq(clientApps.id, clientTokens.appId))
    .leftJoin(users, eq(users.id, clientTokens.userId))
    .where(eq(clientTokens.tokenHash, sql.placeholder("tokenHash")))
    .prepare("client_access");
  return {
    async giveCode(tx, { scopes, ...code }) {
      const expiresAt = new Date(clock.now().getTime() + CODE_MS);
      await tx.insert(clientCodes).values({ ...code, scopes: [...scopes], expiresAt });
      const [app] = await tx.select(APP).from(clientApps).where(eq(clientApps.id, code.appId));
      await noteSecurityEvent(tx, code.userId, "app-let-in", { id: app?.clientId ?? "", name: app?.name ?? "" });
    },
    async spendCode(tx, appId, codeHash) {
      const now = clock.now();
      const isIt = and(eq(clientCodes.codeHash, codeHash), eq(clientCodes.appId, appId));
      const [spent] = await tx
        .update(clientCodes)
        .set({ spentAt: now })
        .where(and(isIt, isNull(clientCodes.spentAt), gt(clientCodes.expiresAt, now)))
        .returning({
          userId: clientCodes.userId,
          scopes: clientCodes.scopes,
          redirectUri: clientCodes.redirectUri,
          codeChallenge: clientCodes.codeChallenge,
        });
      if (spent !== undefined) return { kind: "spent", ...spent };
      // by its own app or another: one of the two stole it
      await tx.delete(clientTokens).where(eq(clientTokens.codeHash, codeHash));
      return { kind: "refused" };
    },
    async giveToken(tx, { scopes, ...token }) {
      const createdAt = clock.now();
      await tx.insert(clientTokens).values({ ...token, scopes: [...scopes], createdAt, usedAt: createdAt });
      return createdAt;
    },
    async findAccess(tokenHash) {
      const [row] = await access.execute({ tokenHash });
      if (row === undefined) return null;
      const { userId, handle, ...rest } = row;
      return { ...rest, reader: userId === null || handle === null ? null : { userId, handle } };
    },
    async noteUse(tx, tokenId) {
      const now = clock.now();
      const isStale = lt(clientTokens.usedAt, new Date(now.getTime() - DAY_MS));
      await tx
        .update(clientTokens)
        .set({ usedAt: now })
        .where(and(eq(clientTokens.id, tokenId), isStale));
    },
    async revoke(tx, appId, tokenHash) {
      const gone = await endTokens(tx, and(eq(clientTokens.tokenHash, tokenHash), eq(clientTokens.appId, appId)));
      if (gone > 0) return "revoked";
      const [other] = await tx.select({ id: clientTokens.id }).from(clientTokens).where(eq(clientTokens.tokenHash, tokenHash));
      return other === undefined ? "unknown" : "other";
    },
    async listConnected(userId) {
      const rows = await db
        .select({
          clientId: clientApps.clientId,
          name: clientApps.name,
          website: clientApps.website,
          scopes: sql<string>`string_agg(array_to_string(${clientTokens.scopes}, ' '), ' ')`,
          since: min(clientTokens.createdAt),
          usedAt: max(clientTokens.usedAt),
        })
        .from(clientTokens)
        .innerJoin(clientApps, eq(clientApps.id, clientTokens.appId))
        .where(eq(clientTokens.userId, userId))
        .groupBy(clientApps.id)
        .orderBy(desc(max(clientTokens.createdAt)), desc(clientApps.id));
      return rows.map(({ scopes, since, usedAt, ...app }) => ({
        ...app,
        scopes: [...new Set(scopes.split(" "))],
        since: since ?? clock.now(),
        usedAt: usedAt ?? clock.now(),
      }));
    },
    async disconnect(tx, userId, clientId) {
      const [app] = await tx.select(APP).from(clientApps).where(eq(clientApps.clientId, clientId));
      if (app === undefined) return;
      await tx.delete(clientCodes).where(and(eq(clientCodes.userId, userId), eq(clientCodes.appId, app.id)));
      const gone = await endTokens(tx, and(eq(clientTokens.userId, userId), eq(clientTokens.appId, app.id)));
      if (gone > 0) await noteSecurityEvent(tx, userId, "app-disconnected", { id: clientId, name: app.name });
    },
  };
}

/** No app speaks for the member any more: they signed out everywhere, or were suspended. */
export async function endClientsOf(tx: Tx, userId: UserId): Promise<void> {
  await tx.delete(clientCodes).where(eq(clientCodes.userId, userId));
  await endTokens(tx, eq(clientTokens.userId, userId));
}

async function endTokens(tx: Tx, which: SQL | undefined): Promise<number> {
  return (await tx.delete(clientTokens).where(which).returning({ id: clientTokens.id })).length;
}
