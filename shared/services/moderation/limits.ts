import { and, count, desc, eq, isNull, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { LimitView, ModerationService } from "../../contracts/moderation.ts";
import type { RelationsService } from "../../contracts/relations.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { apDocuments } from "../../models/fediverse.ts";
import { users } from "../../models/identity.ts";
import type { LimitId, UserId } from "../../models/ids.ts";
import { moderationLimits } from "../../models/moderation.ts";
import { endClientsOf } from "../client-api/tokens.ts";
import { settleThreadsOf } from "../comments/threads.ts";
import { actorViews, findActor } from "./actors.ts";

type Limits = Pick<ModerationService, "standingOf" | "listLimits" | "findActor" | "limit" | "lift">;
const ON_PAGE = 50;

export interface LimitParts {
  readonly audit: AuditService;
  readonly relations: Pick<RelationsService, "mayWithin">;
}

/** Who is silenced or suspended. Nothing of theirs is changed by it, so that lifting it brings back what no other reason hides. */
export function makeLimits(deps: ServiceDeps, parts: LimitParts): Limits {
  const { db, publicUrl } = deps;
  const inForce = isNull(moderationLimits.liftedAt);
  return {
    async standingOf(userId) {
      const rows = await db
        .select({ kind: moderationLimits.kind })
        .from(moderationLimits)
        .where(and(eq(moderationLimits.userId, userId), inForce));
      if (rows.some(({ kind }) => kind === "suspended")) return "suspended";
      return rows.length > 0 ? "silenced" : "open";
    },
    findActor: (words) => findActor({ db, publicUrl }, words),
    async listLimits(page) {
      const [[all], rows] = await Promise.all([
        db.select({ count: count() }).from(moderationLimits),
        db
          .select({ limit: moderationLimits, setBy: users.name })
          .from(moderationLimits)
          .leftJoin(users, eq(users.id, moderationLimits.setBy))
          .orderBy(sql`${moderationLimits.liftedAt} is not null`, desc(moderationLimits.setAt), desc(moderationLimits.id))
          .limit(ON_PAGE)
          .offset((page - 1) * ON_PAGE),
      ]);
      const views = await actorViews(
        { db, publicUrl },
        rows.map(({ limit }) => limit.actor),
      );
      const limits = rows.flatMap(({ limit, setBy }): LimitView[] => {
        const { id, kind, reason, setAt, liftedAt } = limit;
        const view = views.get(limit.actor);
        return view === undefined ? [] : [{ ...view, id, kind, reason, setBy: setBy ?? "", setAt, liftedAt }];
      });
      return { limits, page, pageCount: Math.max(1, Math.ceil((all?.count ?? 0) / ON_PAGE)) };
    },
    async limit(tx, actor, kind, { by, reason }) {
      const found = await findActor({ db: tx, publicUrl }, actor);
      if (found === null) return { kind: "unknown" };
      if (found.userId === by) return { kind: "about-oneself" };
      // who can lift it again at once is spoken to, not silenced
      if (found.userId !== null && (await parts.relations.mayWithin(tx, found.userId, "operate", "federation"))) return { kind: "steward" };
      const [row] = await tx
        .insert(moderationLimits)
        .values({ actor: found.actor, userId: found.userId, kind, reason, setBy: by })
        .onConflictDoNothing()
        .returning({ id: moderationLimits.id });
      if (row === undefined) return { kind: "in-force" };
      if (kind === "suspended" && found.userId !== null) await endClientsOf(tx, found.userId);
      await parts.audit.record(tx, {
        app: "federation",
        by,
        action: kind === "silenced" ? "silence" : "suspend",
        subject: found.actor,
        reason,
        before: null,
        after: { kind },
      });
      await follow(tx, { actor: found.actor, userId: found.userId, by });
      return { kind: "set" };
    },
    lift: (tx, id, decision) => lift(tx, parts, id, decision),
  };
}

/** False: it was lifted before. */
export async function lift(
  tx: Tx,
  { audit }: Pick<LimitParts, "audit">,
  id: LimitId,
  { by, reason }: { by: UserId; reason: string },
): Promise<boolean> {
  const [row] = await tx
    .update(moderationLimits)
    .set({ liftedAt: sql`now()`, liftedBy: by })
    .where(and(eq(moderationLimits.id, id), isNull(moderationLimits.liftedAt)))
    .returning({ actor: moderationLimits.actor, userId: moderationLimits.userId, kind: moderationLimits.kind });
  if (row === undefined) return false;
  const action = row.kind === "silenced" ? "lift silence" : "lift suspension";
  await audit.record(tx, { app: "federation", by, action, subject: row.actor, reason, before: { kind: row.kind }, after: null });
  await follow(tx, { ...row, by });
  return true;
}

/** What everybody sees follows: the pages are purged, and a member is told. */
async function follow(tx: Tx, { actor, userId, by }: { actor: string; userId: UserId | null; by: UserId }): Promise<void> {
  await settleThreadsOf(tx, eq(apDocuments.actor, actor));
  purgeOnCommit(tx, ["timeline"]);
  if (userId !== null) await tellMember(tx, userId, by);
}

/** The member hears that something was decided, and finds it under this address. */
export async function tellMember(tx: Tx, userId: UserId, by: UserId): Promise<void> {
  purgeOnCommit(tx, [`own-comments:${userId}`]);
  const details = { name: "you or what you wrote", path: "/settings/moderation", member: userId };
  await emitActivity(tx, { originApp: "federation", actorId: by, type: "Update", object: { type: "Moderation", id: userId }, details });
}
