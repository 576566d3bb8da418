import { and, asc, eq, gt, inArray, isNull, lt, or, sql } from "drizzle-orm";
import type { Json } from "../../contracts/fediverse.ts";
import type { PeopleService } from "../../contracts/people.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { apOutgoing } from "../../models/fediverse.ts";
import type { OutgoingId } from "../../models/ids.ts";
import { profiles } from "../../models/people.ts";
import { showThemselves } from "./profiles.ts";

type Moves = Pick<PeopleService, "findRemoval" | "setAliases" | "moveAway" | "listSaid">;

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
    async listSaid(actor, after) {
      const rows = await db
        .select({ id: apOutgoing.id, document: apOutgoing.document })
        .from(apOutgoing)
        .where(and(eq(apOutgoing.actor, actor), inArray(apOutgoing.type, ["Create", "Announce"]), gt(apOutgoing.id, after as OutgoingId))) // as given before
        .orderBy(asc(apOutgoing.id))
        .limit(200);
      return { items: rows.map(({ document }) => JSON.parse(document) as Json), last: rows.at(-1)?.id ?? after }; // as it was serialised
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
      // also after they came back meanwhile
      const isTime = sql`not exists (
        select from ap_outgoing where actor = ${profiles.uri} and type = 'Move' and published_at > ${before.toISOString()}::timestamptz)`;
      const { rowCount } = await tx
        .update(profiles)
        .set({ movedTo, movedAt: sql`${clock.now().toISOString()}::timestamptz` })
        .where(and(eq(profiles.userId, userId), or(isNull(profiles.movedAt), lt(profiles.movedAt, before)), isTime));
      return rowCount === 1;
    },
  };
}
