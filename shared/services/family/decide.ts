import { and, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { FamilyService } from "../../contracts/family.ts";
import type { FederationService } from "../../contracts/federation.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import { type GuardianshipState, guardianships } from "../../models/family.ts";
import type { GuardianshipId, UserId } from "../../models/ids.ts";

interface Beside {
  readonly audit: Pick<AuditService, "record">;
  readonly federation: Pick<FederationService, "notifyPeople">;
}

const ACTIVITY = { active: "Accept", declined: "Reject", ended: "Delete" } as const;
type Settled = keyof typeof ACTIVITY;

/** What becomes of a tie: each state is left once. */
export function makeDecide({ audit, federation }: Beside): Pick<FamilyService, "answer" | "end" | "decide"> {
  /** Moves a tie and tells the ends of it who did not do it. False: it stands elsewhere by now. */
  async function settle(tx: Tx, which: SQL | undefined, move: { from: readonly Open[]; to: Settled; by: UserId; note: string }) {
    const { from, to, by, note } = move;
    const [tie] = await tx
      .update(guardianships)
      .set({ state: to, decidedById: by, decidedAt: sql`now()`, note })
      .where(and(which, inArray(guardianships.state, [...from])))
      .returning({ id: guardianships.id, guardianId: guardianships.guardianId, wardId: guardianships.wardId });
    if (tie === undefined) return null;
    const object = { type: "Guardianship", id: tie.id };
    const activityId = await emitActivity(tx, {
      originApp: "account",
      actorId: by,
      type: ACTIVITY[to],
      object,
      details: { path: "/family" },
    });
    if (tie.wardId !== null) await federation.notifyPeople(tx, [tie.guardianId, tie.wardId], activityId, "always");
    purgeOnCommit(tx, [`tickets:${tie.guardianId}`]);
    // of a child that nobody looks after here any more, not even the name stays
    if (tie.wardId === null && to === "ended") await tx.delete(guardianships).where(eq(guardianships.id, tie.id));
    return tie;
  }

  return {
    async answer(tx, wardId, id, isYes) {
      const which = and(eq(guardianships.id, id), eq(guardianships.wardId, wardId));
      return (await settle(tx, which, { from: ["asked"], to: isYes ? "active" : "declined", by: wardId, note: "" })) !== null;
    },
    async end(tx, by, id) {
      const isTheirs = or(eq(guardianships.guardianId, by), and(eq(guardianships.wardId, by), eq(guardianships.state, "active")));
      const which = and(eq(guardianships.id, id), isTheirs);
      return (await settle(tx, which, { from: ["asked", "active"], to: "ended", by, note: "" })) !== null;
    },
    async decide(tx, by, id, { to, reason }) {
      if (reason.trim().length < 3) return "no-reason";
      const ends = await findEnds(tx, id);
      if (ends === null) return "gone";
      if (ends.guardianId === by || ends.wardId === by) return "own";
      const from = to === "ended" ? (["active"] as const) : (["asked"] as const);
      const tie = await settle(tx, eq(guardianships.id, id), { from, to, by, note: reason.trim() });
      if (tie === null) return "gone";
      await audit.record(tx, {
        ...{ app: "account", by, action: `guardianship ${to}`, subject: `guardianship:${id}`, reason: reason.trim() },
        ...{ before: { state: from[0] }, after: { state: to, guardian: `user:${tie.guardianId}`, ward: `user:${tie.wardId}` } },
      });
      return "decided";
    },
  };
}

type Open = Extract<GuardianshipState, "asked" | "active">;

/** Of members only: a child without an account is its guardian's matter. */
async function findEnds(tx: Tx, id: GuardianshipId): Promise<{ guardianId: UserId; wardId: UserId } | null> {
  const { guardianId, wardId } = guardianships;
  const [tie] = await tx.select({ guardianId, wardId }).from(guardianships).where(eq(guardianships.id, id));
  return tie === undefined || tie.wardId === null ? null : { guardianId: tie.guardianId, wardId: tie.wardId };
}
