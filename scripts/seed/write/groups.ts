import type { GroupId, UserId } from "@rose-ash/shared/models/ids.ts";
import { dues, groups, memberships } from "@rose-ash/shared/models/membership.ts";
import { GROUPS } from "../content/groups.ts";
import type { SeedContext } from "../context.ts";
import { type Ids, idOf } from "../keyed.ts";

const DAY_MS = 24 * 3_600_000;

/** Makes the groups with who is in them and what they paid, while there are none. Gives how many groups. */
export async function writeGroups({ tx, now }: SeedContext, people: Ids<UserId>): Promise<number> {
  if ((await tx.$count(groups)) > 0) return 0;
  const ids = new Map<string, GroupId>();
  for (const { slug, name, description, door, partOf, dues: owed, ...who } of GROUPS) {
    const partOfId = partOf === undefined ? null : idOf(ids, partOf);
    const row = { slug, name, description, door, partOfId, duesMinor: owed?.minor ?? null, duesPeriod: owed?.period ?? null };
    const [made] = await tx.insert(groups).values(row).returning({ id: groups.id });
    if (made === undefined) throw new Error("an insert returns its row");
    ids.set(slug, made.id);
    for (const handle of who.people) {
      const paidAgo = who.paid?.[handle];
      const from = new Date(now.getTime() - (paidAgo ?? 20) * DAY_MS);
      const [day, until] = [dayOf(from), dayOf(new Date(from.getTime() + 364 * DAY_MS))];
      const membership = { groupId: made.id, userId: idOf(people, handle), state: "member", since: from } as const;
      const [joined] = await tx
        .insert(memberships)
        .values({ ...membership, paidUntil: paidAgo === undefined ? null : until })
        .returning({ id: memberships.id });
      if (joined === undefined || paidAgo === undefined) continue;
      const paid = { amountMinor: owed?.minor ?? 0, currency: "GBP", fromOn: day, untilOn: until, note: "At the counter", notedAt: from };
      await tx.insert(dues).values({ membershipId: joined.id, way: "cash", ...paid });
    }
    for (const handle of who.asking ?? [])
      await tx.insert(memberships).values({ groupId: made.id, userId: idOf(people, handle), state: "asked" });
  }
  return GROUPS.length;
}

const dayOf = (at: Date) => at.toISOString().slice(0, 10);
