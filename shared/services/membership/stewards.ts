import { and, asc, eq, sql } from "drizzle-orm";
import type { MembershipService, PutInResult } from "../../contracts/membership.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { users } from "../../models/identity.ts";
import type { MembershipId } from "../../models/ids.ts";
import { groups, memberships } from "../../models/membership.ts";
import { enter, exit, noGroup, noMembership } from "./own.ts";
import type { MembershipParts } from "./parts.ts";
import { givesRights, mayGiveRoles } from "./rights.ts";

type Desk = Pick<MembershipService, "listAsking" | "putIn" | "decline" | "takeOut">;

/** Who is in a group, as stewards decide. */
export function makeDesk({ db }: ServiceDeps, { audit, relations }: MembershipParts): Desk {
  return {
    async listAsking(groupId) {
      return db
        .select({ id: memberships.id, handle: users.handle, name: users.name, since: memberships.since })
        .from(memberships)
        .innerJoin(users, eq(users.id, memberships.userId))
        .where(and(eq(memberships.groupId, groupId), eq(memberships.state, "asked")))
        .orderBy(asc(memberships.since), asc(memberships.id));
    },
    async putIn(tx, { groupId, userId, by, how, mayGiveRights }): Promise<PutInResult> {
      const [group] = await tx
        .select({ slug: groups.slug })
        .from(groups)
        .where(and(eq(groups.id, groupId), sql`${groups.archivedAt} is null`))
        .for("share");
      if (group === undefined) throw noGroup();
      if (await givesRights(tx, relations, group.slug)) {
        if (by === userId) return { kind: "about-oneself" };
        if (!(mayGiveRights ?? (await mayGiveRoles(relations)(tx, by)))) return { kind: "gives-rights" };
      }
      if (!(await enter(tx, { groupId, userId, state: "member" }))) return { kind: "already" };
      const reason = how === "invitation" ? "By invitation" : "Put in by a steward";
      await audit.record(tx, {
        ...{ app: "account", by, action: "put into group", subject: `group:${group.slug}`, reason, before: null },
        after: { user: userId },
      });
      return { kind: "put-in" };
    },
    async decline(tx, id, by) {
      const { userId, slug } = await ofWhom(tx, id, "asked");
      await exit(tx, id);
      const log = {
        app: "account",
        by,
        action: "decline for group",
        subject: `group:${slug}`,
        reason: "Asked, and was not let in",
      } as const;
      await audit.record(tx, { ...log, before: { user: userId }, after: null });
    },
    async takeOut(tx, id, by) {
      const { userId, slug } = await ofWhom(tx, id, "member");
      if ((await givesRights(tx, relations, slug)) && !(await mayGiveRoles(relations)(tx, by))) return { kind: "gives-rights" };
      await relations.keepingAnAdmin(tx, () => exit(tx, id));
      const log = { app: "account", by, action: "take out of group", subject: `group:${slug}`, reason: "Taken out by a steward" } as const;
      await audit.record(tx, { ...log, before: { user: userId }, after: null });
      return { kind: "done" };
    },
  };
}

async function ofWhom(tx: Tx, id: MembershipId, state: "asked" | "member") {
  const [found] = await tx
    .select({ userId: memberships.userId, slug: groups.slug })
    .from(memberships)
    .innerJoin(groups, eq(groups.id, memberships.groupId))
    .where(and(eq(memberships.id, id), eq(memberships.state, state)))
    .for("update", { of: memberships });
  if (found === undefined) throw noMembership();
  return found;
}
