import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { JoinGroupResult, MembershipService } from "../../contracts/membership.ts";
import { cartTag } from "../../contracts/tags.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { GroupId, MembershipId, UserId } from "../../models/ids.ts";
import { DUES_KIND, groups, type MembershipState, memberships } from "../../models/membership.ts";
import { refOf } from "./kind.ts";
import type { MembershipParts } from "./parts.ts";
import { givesRights } from "./rights.ts";
import { readGroups, readMemberships } from "./views.ts";

type Own = Pick<MembershipService, "listOwn" | "listToJoin" | "join" | "leave" | "putDuesIntoCart">;

/** What a member does about their own memberships. */
export function makeOwn(deps: ServiceDeps, { relations, cart }: MembershipParts): Own {
  const { db } = deps;
  return {
    listOwn: (userId) => readMemberships(db, deps, sql`m.user_id = ${userId} and m.state <> 'left' and g.archived_at is null`),
    async listToJoin(userId) {
      const isIn = sql`exists (select from memberships as m where m.group_id = g.id and m.user_id = ${userId} and m.state <> 'left')`;
      return readGroups(db, sql`g.archived_at is null and g.door <> 'closed' and not ${isIn}`);
    },
    async join(tx, userId, groupId): Promise<JoinGroupResult> {
      const [group] = await tx
        .select({ slug: groups.slug, door: groups.door })
        .from(groups)
        .where(and(eq(groups.id, groupId), isNull(groups.archivedAt)))
        .for("share");
      if (group === undefined) throw noGroup();
      if (group.door === "closed") return { kind: "closed" };
      // what gives rights is given by somebody, and never taken by oneself
      const state = group.door === "open" && !(await givesRights(tx, relations, group.slug)) ? "member" : "asked";
      if (!(await enter(tx, { groupId, userId, state }))) return { kind: "already" };
      return { kind: state === "member" ? "joined" : "asked" };
    },
    async leave(tx, userId, membershipId) {
      const [found] = await tx
        .select({ id: groups.id, slug: groups.slug, name: groups.name })
        .from(memberships)
        .innerJoin(groups, eq(groups.id, memberships.groupId))
        .where(and(eq(memberships.id, membershipId), eq(memberships.userId, userId), ne(memberships.state, "left")));
      if (found === undefined) throw noMembership();
      await relations.keepingAnAdmin(tx, () => exit(tx, membershipId));
      return found;
    },
    async putDuesIntoCart(tx, owner, membershipId) {
      const [found] = await tx
        .select({ period: groups.duesPeriod })
        .from(memberships)
        .innerJoin(groups, eq(groups.id, memberships.groupId))
        .where(and(eq(memberships.id, membershipId), eq(memberships.userId, owner.userId), eq(memberships.state, "member")));
      if (found === undefined) throw noMembership();
      return cart.putLine(tx, owner, { kind: DUES_KIND, ref: refOf(membershipId), quantity: 1, metadata: { period: found.period } });
    },
  };
}

export const noMembership = () => new CodedError("not-found", "There is no such membership.");
export const noGroup = () => new CodedError("not-found", "There is no such group.");

/** Into the group, or among those who ask; false where they are there already. Who asked is let in. */
export async function enter(
  tx: Tx,
  { groupId, userId, state }: { groupId: GroupId; userId: UserId; state: Exclude<MembershipState, "left"> },
): Promise<boolean> {
  const isOpen = state === "member" ? ne(memberships.state, "member") : eq(memberships.state, "left");
  const [row] = await tx
    .insert(memberships)
    .values({ groupId, userId, state })
    .onConflictDoUpdate({
      target: [memberships.groupId, memberships.userId],
      set: { state, since: sql`now()` },
      setWhere: isOpen,
    })
    .returning({ id: memberships.id });
  if (row === undefined) return false;
  await changed(tx, { id: row.id, userId, type: state === "member" ? "Add" : "Offer" });
  return true;
}

/** Out of it, or not asking any more; what they paid is remembered for when they come back. */
export async function exit(tx: Tx, id: MembershipId): Promise<boolean> {
  const [row] = await tx
    .update(memberships)
    .set({ state: "left", since: sql`now()` })
    .where(and(eq(memberships.id, id), ne(memberships.state, "left")))
    .returning({ userId: memberships.userId });
  if (row === undefined) return false;
  await changed(tx, { id, userId: row.userId, type: "Remove" });
  return true;
}

/** What they may and what things cost them is another from now on. */
async function changed(
  tx: Tx,
  { id, userId, type }: { id: MembershipId; userId: UserId; type: "Add" | "Remove" | "Offer" },
): Promise<void> {
  purgeOnCommit(tx, [`person:${userId}`, cartTag({ kind: "user", userId })]);
  const details = type === "Offer" ? { path: "/admin/groups" } : {};
  await emitActivity(tx, { originApp: "account", actorId: userId, type, object: { type: "Membership", id }, details });
}
