import { and, asc, eq, or, sql } from "drizzle-orm";
import type { FediverseService, Withdrawal } from "../../contracts/fediverse.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { apBlocks, apFollows, apReactions, REACTIONS } from "../../models/fediverse.ts";
import { purgeCommentsOf } from "../comments/threads.ts";

type Reactions = Pick<FediverseService, "listReactions" | "react" | "withdraw" | "block">;

export function makeReactions({ db }: ServiceDeps): Reactions {
  return {
    listReactions: (object) =>
      db
        .select({ type: apReactions.type, actor: apReactions.actor, object: apReactions.object, activity: apReactions.activity })
        .from(apReactions)
        .where(eq(apReactions.object, object))
        .orderBy(asc(apReactions.createdAt), asc(apReactions.actor)),
    async react(tx, reaction) {
      const { rowCount } = await tx.insert(apReactions).values(reaction).onConflictDoNothing();
      if (rowCount === 1) await purgeCommentsOf(tx, reaction.object);
      return rowCount === 1;
    },
    withdraw,
    async block(tx, { actor, blocked, activity }) {
      await tx.insert(apBlocks).values({ actor, blocked, activity }).onConflictDoNothing();
      const between = (one: string, other: string) => and(eq(apFollows.follower, one), eq(apFollows.followed, other));
      await tx.delete(apFollows).where(or(between(actor, blocked), between(blocked, actor)));
    },
  };
}

/** By the activity's name, else by what its sender says that it was; of that sender's own only. */
async function withdraw(tx: Tx, { actor, activity, type, object }: Withdrawal): Promise<boolean> {
  if (activity !== null) {
    const reacted = and(eq(apReactions.activity, activity), eq(apReactions.actor, actor));
    const [gone] = await tx.delete(apReactions).where(reacted).returning({ object: apReactions.object });
    if (gone !== undefined) {
      await purgeCommentsOf(tx, gone.object);
      return true;
    }
    const rows = [
      await tx.delete(apFollows).where(and(eq(apFollows.activity, activity), eq(apFollows.follower, actor))),
      await tx.delete(apBlocks).where(and(eq(apBlocks.activity, activity), eq(apBlocks.actor, actor))),
    ];
    if (rows.some(({ rowCount }) => (rowCount ?? 0) > 0)) return true;
  }
  if (object === null) return false;
  if (type === "Follow") return hit(tx.delete(apFollows).where(and(eq(apFollows.follower, actor), eq(apFollows.followed, object))));
  if (type === "Block") return hit(tx.delete(apBlocks).where(and(eq(apBlocks.actor, actor), eq(apBlocks.blocked, object))));
  if (!REACTIONS.some((one) => one === type)) return false;
  const isOf = and(eq(apReactions.actor, actor), eq(apReactions.object, object), sql`${apReactions.type} = ${type}`);
  const isGone = await hit(tx.delete(apReactions).where(isOf));
  if (isGone) await purgeCommentsOf(tx, object);
  return isGone;
}

const hit = async (deletion: Promise<{ rowCount: number | null }>) => ((await deletion).rowCount ?? 0) > 0;
