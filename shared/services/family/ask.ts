import { and, eq, gt, inArray, sql } from "drizzle-orm";
import type { FamilyService } from "../../contracts/family.ts";
import type { FederationService } from "../../contracts/federation.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { guardianships } from "../../models/family.ts";
import { users } from "../../models/identity.ts";
import type { UserId } from "../../models/ids.ts";

const MOST_TIES = 20;
const MOST_ASKED = 5;

/** Beginning to look after somebody. A guardian's row is locked first: what is counted stays true. */
export function makeAsk({ federation }: { federation: Pick<FederationService, "notifyPeople"> }): Pick<FamilyService, "addChild" | "ask"> {
  return {
    async addChild(tx, guardianId, name) {
      if ((await countTies(tx, guardianId)).all >= MOST_TIES) return "too-many";
      const [tie] = await tx
        .insert(guardianships)
        .values({ guardianId, wardName: name, state: "active", decidedById: guardianId, decidedAt: sql`now()` })
        .returning({ id: guardianships.id });
      await emitActivity(tx, {
        ...{ originApp: "account", actorId: guardianId, type: "Create" },
        object: { type: "Guardianship", id: tie?.id ?? 0 },
      });
      return "added";
    },
    async ask(tx, guardianId, handle) {
      const [ward] = await tx.select({ id: users.id }).from(users).where(eq(users.handle, handle));
      if (ward === undefined) return "nobody";
      if (ward.id === guardianId) return "oneself";
      const { all, asked } = await countTies(tx, guardianId);
      const between = and(eq(guardianships.guardianId, guardianId), eq(guardianships.wardId, ward.id));
      if ((await tx.$count(guardianships, and(between, inArray(guardianships.state, ["asked", "active"])))) > 0) return "there-already";
      const isLate = gt(guardianships.decidedAt, sql`now() - interval '30 days'`);
      if ((await tx.$count(guardianships, and(between, eq(guardianships.state, "declined"), isLate))) > 0) return "lately";
      if (all >= MOST_TIES || asked >= MOST_ASKED) return "too-many";
      const [tie] = await tx
        .insert(guardianships)
        .values({ guardianId, wardId: ward.id, state: "asked" })
        .returning({ id: guardianships.id });
      const activityId = await emitActivity(tx, {
        ...{ originApp: "account", actorId: guardianId, type: "Offer", object: { type: "Guardianship", id: tie?.id ?? 0 } },
        details: { name: "you", path: "/family" },
      });
      await federation.notifyPeople(tx, [ward.id], activityId, "always");
      return "asked";
    },
  };
}

/** How many the member looks after or asked, under a lock that keeps it so. */
async function countTies(tx: Tx, guardianId: UserId): Promise<{ all: number; asked: number }> {
  await tx.execute(sql`select id from users where id = ${guardianId} for no key update`);
  const { rows } = await tx.execute<{ all: number; asked: number }>(sql`
    select count(*)::int as all, count(*) filter (where state = 'asked')::int as asked from guardianships
    where guardian_id = ${guardianId} and state in ('asked', 'active')`);
  return rows[0] ?? { all: 0, asked: 0 };
}
