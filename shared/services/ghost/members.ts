import { eq, inArray, lt, sql } from "drizzle-orm";
import type { GhostMemberLink, GhostMemberSeen } from "../../contracts/ghost.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import { ghostMembers, ghostNewsletters, ghostState } from "../../models/ghost.ts";
import type { NewsletterId, SubscriberId } from "../../models/ids.ts";

/** Members are brought from now on; again, at once. */
export async function wantMembersNow(tx: Tx): Promise<void> {
  await tx.execute(sql`
    insert into ghost_state (id, members_since, members_wanted_at) values (1, now(), now())
    on conflict (id) do update set members_since = coalesce(ghost_state.members_since, now()), members_wanted_at = now()`);
}

export async function countMembers(db: Db): Promise<number> {
  return db.$count(ghostMembers);
}

/** A wish that comes while this look is under way is another's. */
export async function beginMembers(tx: Tx): Promise<number> {
  const [row] = await tx
    .update(ghostState)
    .set({ membersSweep: sql`${ghostState.membersSweep} + 1`, membersWantedAt: null })
    .where(eq(ghostState.id, 1))
    .returning({ look: ghostState.membersSweep });
  if (row === undefined) throw new Error("nobody asked for members");
  return row.look;
}

/** Notes who was met, and gives those who are new or otherwise than before. */
export async function noteMembers(tx: Tx, look: number, seen: readonly GhostMemberSeen[]): Promise<ReadonlySet<string>> {
  const column = (key: keyof GhostMemberSeen) => sql`${sql.param(seen.map((one) => one[key]))}::text[]`;
  const { rows } = await tx.execute<{ ghost_id: string }>(sql`
    with seen as (select * from unnest(${column("ghostId")}, ${column("digest")}) as t(ghost_id, digest)), met as (
      update ghost_members set sweep = ${look} from seen
      where ghost_members.ghost_id = seen.ghost_id and ghost_members.digest = seen.digest returning ghost_members.ghost_id)
    select ghost_id from seen where ghost_id not in (select ghost_id from met)`);
  return new Set(rows.map(({ ghost_id }) => ghost_id));
}

/** Gives who is no member's any more: one who has another address there is somebody else here. */
export async function linkMembers(
  tx: Tx,
  look: number,
  members: readonly (GhostMemberSeen & GhostMemberLink)[],
): Promise<readonly SubscriberId[]> {
  if (members.length === 0) return [];
  const before = await tx
    .select({ subscriberId: ghostMembers.subscriberId })
    .from(ghostMembers)
    .where(
      inArray(
        ghostMembers.ghostId,
        members.map(({ ghostId }) => ghostId),
      ),
    );
  await tx
    .insert(ghostMembers)
    .values(members.map(({ ghostId, subscriberId, digest }) => ({ ghostId, subscriberId, digest, sweep: look })))
    .onConflictDoUpdate({
      target: ghostMembers.ghostId,
      set: { subscriberId: sql`excluded.subscriber_id`, digest: sql`excluded.digest`, sweep: sql`excluded.sweep` },
    });
  const held = before.map(({ subscriberId }) => subscriberId);
  const { rows } = await tx.execute<{ id: string }>(sql`
    select id from unnest(${sql.param(held)}::bigint[]) id where not exists (select from ghost_members where subscriber_id = id)`);
  return rows.map(({ id }) => Number(id) as SubscriberId);
}

export function listUnmetMembers(db: Db, look: number, limit: number): Promise<GhostMemberLink[]> {
  const { ghostId, subscriberId, sweep } = ghostMembers;
  return db.select({ ghostId, subscriberId }).from(ghostMembers).where(lt(sweep, look)).orderBy(ghostId).limit(limit);
}

export async function dropMembers(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.delete(ghostMembers).where(inArray(ghostMembers.ghostId, [...ids]));
}

export async function endMembers(tx: Tx, nextAt: Date): Promise<void> {
  await tx
    .update(ghostState)
    .set({ membersAt: sql`now()`, membersWantedAt: sql`coalesce(${ghostState.membersWantedAt}, ${nextAt.toISOString()}::timestamptz)` })
    .where(eq(ghostState.id, 1));
}

export async function findNewsletter(db: Db, ghostId: string): Promise<NewsletterId | null> {
  const [row] = await db.select({ id: ghostNewsletters.newsletterId }).from(ghostNewsletters).where(eq(ghostNewsletters.ghostId, ghostId));
  return row?.id ?? null;
}

export async function linkNewsletter(tx: Tx, ghostId: string, newsletterId: NewsletterId): Promise<void> {
  await tx
    .insert(ghostNewsletters)
    .values({ ghostId, newsletterId })
    .onConflictDoUpdate({ target: ghostNewsletters.ghostId, set: { newsletterId } });
}
