import { and, asc, desc, eq, or, sql } from "drizzle-orm";
import type { FollowView } from "../../contracts/fediverse.ts";
import type { PeopleService } from "../../contracts/people.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { apBlocks } from "../../models/fediverse.ts";
import { domainBlocks, mutes } from "../../models/people.ts";
import type { FindPeople } from "./find-people.ts";
import { inOrder } from "./follows.ts";

type Hiding = Pick<
  PeopleService,
  ("mute" | "unmute" | "unblock" | "blockDomain" | "unblockDomain") | ("listMuted" | "listBlocked" | "listBlockedDomains")
>;

const MOST_LISTED = 1000;

export function makeHiding({ db }: ServiceDeps, findPeople: FindPeople): Hiding {
  return {
    async mute(tx, mute) {
      const { until, hidesNotifications } = mute;
      await tx
        .insert(mutes)
        .values(mute)
        .onConflictDoUpdate({ target: [mutes.actor, mutes.muted], set: { until, hidesNotifications } });
    },
    async unmute(tx, actor, muted) {
      const { rowCount } = await tx.delete(mutes).where(and(eq(mutes.actor, actor), eq(mutes.muted, muted)));
      return rowCount === 1;
    },
    async unblock(tx, actor, blocked) {
      const [row] = await tx
        .delete(apBlocks)
        .where(and(eq(apBlocks.actor, actor), eq(apBlocks.blocked, blocked)))
        .returning({ activity: apBlocks.activity });
      return row?.activity ?? null;
    },
    async blockDomain(tx, actor, domain) {
      await tx.insert(domainBlocks).values({ actor, domain }).onConflictDoNothing();
      const { rows } = await tx.execute<{ follower: string; followed: string; state: FollowView["state"]; activity: string }>(sql`
        delete from ap_follows using ap_remote_actors as known
        where ${domain} = any(hosts_above(known.host))
          and ((follower = ${actor} and followed = known.uri) or (followed = ${actor} and follower = known.uri))
        returning follower, followed, state, activity`);
      return rows;
    },
    async unblockDomain(tx, actor, domain) {
      const { rowCount } = await tx.delete(domainBlocks).where(and(eq(domainBlocks.actor, actor), eq(domainBlocks.domain, domain)));
      return rowCount === 1;
    },
    async listMuted(actor) {
      const rows = await db
        .select({ uri: mutes.muted, until: mutes.until, hidesNotifications: mutes.hidesNotifications })
        .from(mutes)
        .where(and(eq(mutes.actor, actor), or(sql`${mutes.until} is null`, sql`${mutes.until} > now()`)))
        .orderBy(desc(mutes.createdAt), asc(mutes.muted))
        .limit(MOST_LISTED);
      return inOrder(await findPeople(rows.map(({ uri }) => uri)), rows);
    },
    async listBlocked(actor) {
      const rows = await db
        .select({ uri: apBlocks.blocked })
        .from(apBlocks)
        .where(eq(apBlocks.actor, actor))
        .orderBy(desc(apBlocks.createdAt), asc(apBlocks.blocked))
        .limit(MOST_LISTED);
      return inOrder(await findPeople(rows.map(({ uri }) => uri)), rows);
    },
    async listBlockedDomains(actor) {
      const rows = await db
        .select({ domain: domainBlocks.domain })
        .from(domainBlocks)
        .where(eq(domainBlocks.actor, actor))
        .orderBy(asc(domainBlocks.domain))
        .limit(MOST_LISTED);
      return rows.map(({ domain }) => domain);
    },
  };
}
