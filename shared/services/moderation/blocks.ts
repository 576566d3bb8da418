import { eq, inArray, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { FediverseService } from "../../contracts/fediverse.ts";
import type { Decision, HostBlock, HostBlockPlan, ModerationService } from "../../contracts/moderation.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { APPS } from "../../models/apps.ts";
import { apDocuments, apHosts } from "../../models/fediverse.ts";
import { settleThreadsOf } from "../comments/threads.ts";
import { discardFor } from "../deliveries/index.ts";

type Blocks = Pick<ModerationService, "listHost" | "planBlocks" | "applyBlocks">;

/** Lists of servers that others shut out: looked at first, and never softening what is decided here. */
export function makeBlocks(
  { db, publicUrl }: ServiceDeps,
  { audit, fediverse }: { audit: AuditService; fediverse: Pick<FediverseService, "allowHost"> },
): Blocks {
  const ours = new Set(APPS.map((app) => new URL(publicUrl(app, "/")).hostname));
  const plan = (reader: Db | Tx, blocks: readonly HostBlock[]) => planBlocks(reader, ours, blocks);
  return {
    async listHost(tx, host, isListed, { by, reason }) {
      await fediverse.allowHost(tx, host, isListed);
      const action = isListed ? "list host" : "unlist host";
      await audit.record(tx, {
        app: "federation",
        by,
        action,
        subject: `host:${host}`,
        reason,
        before: { isAllowed: !isListed },
        after: { isAllowed: isListed },
      });
    },
    planBlocks: (blocks) => plan(db, blocks),
    async applyBlocks(tx, blocks, decision) {
      const todo = (await plan(tx, blocks)).filter(({ effect }) => effect === "new" || effect === "changed");
      for (const block of todo) await hold(tx, audit, block, decision); // a row and a line of the log each
      return todo.length;
    },
  };
}

const RANK = { noop: 0, silence: 1, suspend: 2 } as const;

async function planBlocks(db: Db | Tx, ours: ReadonlySet<string>, blocks: readonly HostBlock[]): Promise<HostBlockPlan[]> {
  const hosts = blocks.map(({ host }) => host);
  if (hosts.length === 0) return [];
  const held = await db
    .select({
      host: apHosts.host,
      isSuspended: apHosts.isSuspended,
      isSilenced: apHosts.isSilenced,
      rejectsReports: apHosts.rejectsReports,
      rejectsMedia: apHosts.rejectsMedia,
    })
    .from(apHosts)
    .where(inArray(apHosts.host, hosts));
  const { rows } = await db.execute<{ host: string; follows: number }>(sql`
    select known.host, count(*)::int as follows from ap_follows join ap_remote_actors known on known.uri in (follower, followed)
    where known.host = any(${sql.param(hosts)}::text[]) group by known.host`);
  const byHost = new Map(held.map((one) => [one.host, one]));
  return blocks.map((block) => {
    const now = byHost.get(block.host);
    const rank = now?.isSuspended ? RANK.suspend : now?.isSilenced ? RANK.silence : RANK.noop;
    const follows = rows.find(({ host }) => host === block.host)?.follows ?? 0;
    return {
      ...block,
      follows,
      effect: effectOf(block, { rank, held: now ?? NOTHING, isOwn: isAbove(block.host, ours) }),
    };
  });
}

type Rejecting = Pick<HostBlock, "rejectsReports" | "rejectsMedia">;
const NOTHING: Rejecting = { rejectsReports: false, rejectsMedia: false };

function effectOf(
  { severity, rejectsReports, rejectsMedia }: HostBlock,
  { rank, held, isOwn }: { rank: number; held: Rejecting; isOwn: boolean },
): HostBlockPlan["effect"] {
  if (isOwn) return "own";
  const isHarder = RANK[severity] > rank || (rejectsReports && !held.rejectsReports) || (rejectsMedia && !held.rejectsMedia);
  if (isHarder) return rank === 0 && !held.rejectsReports && !held.rejectsMedia ? "new" : "changed";
  return RANK[severity] < rank ? "harder" : "same";
}

/** Whether one of our hosts is this, or lies below: we shut nobody out of our own house. */
const isAbove = (host: string, ours: ReadonlySet<string>) => [...ours].some((own) => own === host || own.endsWith(`.${host}`));

/** What is decided about a host, at least as hard as before. */
async function hold(tx: Tx, audit: AuditService, block: HostBlock, decision: Decision): Promise<void> {
  const { host, severity, rejectsReports, rejectsMedia, reason } = block;
  const [before = null] = await tx
    .select({
      ...{ isSuspended: apHosts.isSuspended, isSilenced: apHosts.isSilenced },
      ...{ rejectsReports: apHosts.rejectsReports, rejectsMedia: apHosts.rejectsMedia },
    })
    .from(apHosts)
    .where(eq(apHosts.host, host))
    .for("update");
  const after = {
    isSuspended: severity === "suspend" || (before?.isSuspended ?? false),
    isSilenced: severity === "silence" || (before?.isSilenced ?? false),
    rejectsReports: rejectsReports || (before?.rejectsReports ?? false),
    rejectsMedia: rejectsMedia || (before?.rejectsMedia ?? false),
  };
  const why = reason || decision.reason;
  await tx
    .insert(apHosts)
    .values({ host, ...after, reason: why })
    .onConflictDoUpdate({ target: apHosts.host, set: { ...after, reason: why } });
  if (after.isSuspended) await discardFor(tx, host);
  await settleThreadsOf(tx, sql`${host} = any(hosts_above(${apDocuments.host}))`);
  await audit.record(tx, { app: "federation", by: decision.by, action: "limit host", subject: `host:${host}`, reason: why, before, after });
}
