import { asc, eq, gt, or } from "drizzle-orm";
import { LRUCache } from "lru-cache";
import type { FediverseService } from "../../contracts/fediverse.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { apHosts } from "../../models/fediverse.ts";

type Hosts = Pick<FediverseService, "isSuspended" | "suspendHost" | "listHosts">;

/** A suspension counts in every process within this time. */
const KEPT = { max: 5000, ttl: 5000 };

export function makeHosts({ db }: ServiceDeps): Hosts {
  const kept = new LRUCache<string, Promise<boolean>>(KEPT);
  const ask = async (host: string) => {
    const [row] = await db.select({ isSuspended: apHosts.isSuspended }).from(apHosts).where(eq(apHosts.host, host));
    return row?.isSuspended ?? false;
  };
  return {
    isSuspended(host) {
      const answer = kept.get(host) ?? ask(host);
      kept.set(host, answer);
      answer.catch(() => kept.delete(host));
      return answer;
    },
    async suspendHost(tx, host, isSuspended, reason) {
      await tx
        .insert(apHosts)
        .values({ host, isSuspended, reason })
        .onConflictDoUpdate({ target: apHosts.host, set: { isSuspended, reason } });
      kept.delete(host);
    },
    listHosts: () =>
      db
        .select({
          ...{ host: apHosts.host, failures: apHosts.failures, restsUntil: apHosts.restsUntil },
          ...{ lastError: apHosts.lastError, isSuspended: apHosts.isSuspended, reason: apHosts.reason },
        })
        .from(apHosts)
        .where(or(eq(apHosts.isSuspended, true), gt(apHosts.failures, 0)))
        .orderBy(asc(apHosts.host))
        .limit(500),
  };
}
