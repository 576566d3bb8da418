import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import type { PeopleService } from "../../contracts/people.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { profiles } from "../../models/people.ts";
import { showThemselves } from "./profiles.ts";

type Moves = Pick<PeopleService, "findRemoval" | "setAliases" | "moveAway">;

/** Whoever follows is asked to follow somebody else: not every day. */
const ONCE_IN_DAYS = 30;

export function makeMoves({ db, publicUrl, clock }: ServiceDeps): Moves {
  return {
    async findRemoval(actor) {
      const [row] = await db
        .select({ alsoKnownAs: profiles.alsoKnownAs, movedTo: profiles.movedTo, movedAt: profiles.movedAt })
        .from(profiles)
        .where(eq(profiles.uri, actor));
      return row ?? null;
    },
    async setAliases(tx, userId, aliases) {
      await showThemselves(tx, publicUrl, userId);
      await tx
        .update(profiles)
        .set({ alsoKnownAs: [...aliases] })
        .where(eq(profiles.userId, userId));
    },
    async moveAway(tx, userId, movedTo) {
      if (movedTo === null) {
        await tx.update(profiles).set({ movedTo, movedAt: null }).where(eq(profiles.userId, userId));
        return true;
      }
      await showThemselves(tx, publicUrl, userId);
      const before = new Date(clock.now().getTime() - ONCE_IN_DAYS * 86_400_000);
      const isTime = or(isNull(profiles.movedAt), lt(profiles.movedAt, before));
      const { rowCount } = await tx
        .update(profiles)
        .set({ movedTo, movedAt: sql`${clock.now().toISOString()}::timestamptz` })
        .where(and(eq(profiles.userId, userId), isTime));
      return rowCount === 1;
    },
  };
}
