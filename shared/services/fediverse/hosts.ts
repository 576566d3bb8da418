import { asc, gt, or, sql } from "drizzle-orm";
import { LRUCache } from "lru-cache";
import type { FediverseService } from "../../contracts/fediverse.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { apDocuments, apHosts } from "../../models/fediverse.ts";
import { settleThreadsOf } from "../comments/threads.ts";

type Hosts = Pick<FediverseService, "isSuspended" | "suspendHost" | "allowHost" | "listHosts">;

/** A suspension counts in every process within this time. */
const KEPT = { max: 5000, ttl: 5000 };

export function makeHosts({ db }: ServiceDeps): Hosts {
  const kept = new LRUCache<string, Promise<boolean>>(KEPT);
  const ask = async (host: string, actor: string) => {
    const { rows } = await db.execute<{ is_out: boolean }>(sql`
      select exists (select from ap_hosts where host = any(hosts_above(${host})) and is_suspended)
        or exists (select from moderation_limits where actor = ${actor} and kind = 'suspended' and lifted_at is null)
        or (exists (select from moderation_settings where is_allow_list)
          and not exists (select from ap_hosts where host = any(hosts_above(${host})) and is_allowed)) as is_out`);
    return rows[0]?.is_out ?? false;
  };
  /** What is shown of what comes from there follows. */
  const settle = async (tx: Tx, host: string) => {
    await settleThreadsOf(tx, sql`${host} = any(hosts_above(${apDocuments.host}))`);
    kept.clear();
  };
  return {
    isSuspended(host, actor = "") {
      const name = `${host} ${actor}`;
      const answer = kept.get(name) ?? ask(host, actor);
      kept.set(name, answer);
      answer.catch(() => kept.delete(name));
      return answer;
    },
    async suspendHost(tx, host, isSuspended, reason) {
      const set = { isSuspended, reason, ...(isSuspended ? {} : { isSilenced: false, rejectsReports: false, rejectsMedia: false }) };
      await tx
        .insert(apHosts)
        .values({ host, ...set })
        .onConflictDoUpdate({ target: apHosts.host, set });
      await settle(tx, host);
    },
    async allowHost(tx, host, isAllowed) {
      await tx.insert(apHosts).values({ host, isAllowed }).onConflictDoUpdate({ target: apHosts.host, set: { isAllowed } });
      await settle(tx, host);
    },
    listHosts: () =>
      db
        .select({
          ...{ host: apHosts.host, failures: apHosts.failures, restsUntil: apHosts.restsUntil, lastError: apHosts.lastError },
          ...{ isSuspended: apHosts.isSuspended, isSilenced: apHosts.isSilenced, rejectsReports: apHosts.rejectsReports },
          ...{ rejectsMedia: apHosts.rejectsMedia, isAllowed: apHosts.isAllowed, reason: apHosts.reason },
        })
        .from(apHosts)
        .where(
          or(
            apHosts.isSuspended,
            apHosts.isSilenced,
            apHosts.rejectsReports,
            apHosts.rejectsMedia,
            apHosts.isAllowed,
            gt(apHosts.failures, 0),
          ),
        )
        .orderBy(asc(apHosts.host))
        .limit(500),
  };
}
