import { and, eq, inArray, lt, sql } from "drizzle-orm";
import type { ClientApiService } from "../../contracts/client-api.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { clientApps, clientCodes, clientMarkers, clientPosts, clientTokens, clientUploads } from "../../models/client-api.ts";

type Leavings = Pick<ClientApiService, "claimKey" | "keepKey" | "listMarkers" | "setMarker" | "muteThread" | "forgetExpired">;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MOST_APPS_AT_ONCE = 1000;

/** What apps leave here beside posts. */
export function makeLeavings({ db, clock }: ServiceDeps): Leavings {
  return {
    async claimKey(tx, userId, keyHash) {
      const now = clock.now();
      const isKey = and(eq(clientPosts.userId, userId), eq(clientPosts.keyHash, keyHash));
      await tx.delete(clientPosts).where(and(isKey, lt(clientPosts.createdAt, new Date(now.getTime() - HOUR_MS))));
      // whoever comes at the same moment waits here, until the first has said it or has failed
      const { rowCount } = await tx.insert(clientPosts).values({ userId, keyHash, createdAt: now }).onConflictDoNothing();
      if (rowCount === 1) return "new";
      const [known] = await tx.select({ statusId: clientPosts.statusId }).from(clientPosts).where(isKey);
      return known?.statusId ?? "new";
    },
    async keepKey(tx, userId, keyHash, statusId) {
      await tx
        .update(clientPosts)
        .set({ statusId })
        .where(and(eq(clientPosts.userId, userId), eq(clientPosts.keyHash, keyHash)));
    },
    async listMarkers(userId, timelines) {
      if (timelines.length === 0) return [];
      const columns = {
        timeline: clientMarkers.timeline,
        lastReadId: clientMarkers.lastReadId,
        version: clientMarkers.version,
        updatedAt: clientMarkers.updatedAt,
      };
      return db
        .select(columns)
        .from(clientMarkers)
        .where(and(eq(clientMarkers.userId, userId), inArray(clientMarkers.timeline, [...timelines])))
        .orderBy(clientMarkers.timeline);
    },
    async setMarker(tx, userId, timeline, lastReadId) {
      const updatedAt = clock.now();
      await tx
        .insert(clientMarkers)
        .values({ userId, timeline, lastReadId, updatedAt })
        .onConflictDoUpdate({
          target: [clientMarkers.userId, clientMarkers.timeline],
          set: { lastReadId, updatedAt, version: sql`${clientMarkers.version} + 1` },
        });
    },
    async muteThread(tx, userId, statusId, isMuted) {
      const thread = sql`(select coalesce(thread, uri) from ap_documents where id = ${statusId})`;
      await tx.execute(
        isMuted
          ? sql`insert into muted_threads (user_id, thread) select ${userId}, ${thread} where ${thread} is not null on conflict do nothing`
          : sql`delete from muted_threads where user_id = ${userId} and thread = ${thread}`,
      );
    },
    async forgetExpired(tx, now) {
      const before = (ms: number) => new Date(now.getTime() - ms);
      await tx.delete(clientCodes).where(lt(clientCodes.expiresAt, now));
      await tx.delete(clientUploads).where(lt(clientUploads.createdAt, before(DAY_MS)));
      await tx.delete(clientPosts).where(lt(clientPosts.createdAt, before(HOUR_MS)));
      const hasNone = (table: typeof clientTokens | typeof clientCodes) =>
        sql`not exists (select from ${table} where ${table.appId} = ${clientApps.id})`;
      const stale = tx
        .select({ id: clientApps.id })
        .from(clientApps)
        .where(and(lt(clientApps.createdAt, before(2 * DAY_MS)), hasNone(clientTokens), hasNone(clientCodes)))
        .orderBy(clientApps.createdAt)
        .limit(MOST_APPS_AT_ONCE)
        .for("update", { skipLocked: true });
      await tx.delete(clientApps).where(inArray(clientApps.id, stale));
    },
  };
}
