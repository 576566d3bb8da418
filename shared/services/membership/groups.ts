import { and, eq, sql } from "drizzle-orm";
import type { GroupDetails, GroupView, MembershipService, SaveGroupResult } from "../../contracts/membership.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { AuditState } from "../../models/audit.ts";
import type { GroupId, UserId } from "../../models/ids.ts";
import { groups } from "../../models/membership.ts";
import { noGroup } from "./own.ts";
import type { MembershipParts } from "./parts.ts";
import { givesRights, mayGiveRoles } from "./rights.ts";
import { readGroups } from "./views.ts";

type Groups = Pick<MembershipService, "listGroups" | "getGroup" | "saveGroup" | "setArchived" | "givesRights">;

/** Groups as stewards keep them. */
export function makeGroups({ db }: ServiceDeps, parts: MembershipParts): Groups {
  return {
    listGroups: () => readGroups(db, sql`true`),
    getGroup: (slug) => getGroup(db, slug),
    givesRights: (tx, slug) => givesRights(tx, parts.relations, slug),
    async saveGroup(tx, { slug, version, by, ...details }): Promise<SaveGroupResult> {
      if (version === null) return create(tx, parts, { slug, by, details });
      const before = await getGroup(tx, slug);
      await tx.execute(sql`select from groups where slug = ${slug} for no key update`);
      const now = await getGroup(tx, slug);
      const refused = await refusalOf(tx, parts, { id: now.id, slug, by, details, before: now.partOf?.id ?? null });
      if (refused !== null) return refused;
      const [saved] = await tx
        .update(groups)
        .set({ ...details, version: sql`${groups.version} + 1` })
        .where(and(eq(groups.slug, slug), eq(groups.version, version)))
        .returning({ slug: groups.slug });
      if (saved === undefined) return { kind: "conflict", now };
      await parts.audit.record(tx, {
        ...{ app: "account", by, action: "change group", subject: `group:${slug}`, reason: "Set on the group’s page" },
        ...{ before: loggedView(before), after: { ...details } },
      });
      return { kind: "saved", slug };
    },
    async setArchived(tx, slug, { isArchived, by }) {
      const { partOf } = await getGroup(tx, slug);
      const around = [slug, ...(partOf === null ? [] : [partOf.slug])]; // one that is put away is part of nothing, as far as rules know
      const gives = (await Promise.all(around.map((one) => givesRights(tx, parts.relations, one)))).some(Boolean);
      if (gives && !(await mayGiveRoles(parts.relations)(tx, by))) return { kind: "gives-rights" };
      const change = () =>
        tx
          .update(groups)
          .set({ archivedAt: isArchived ? sql`now()` : null, version: sql`${groups.version} + 1` })
          .where(and(eq(groups.slug, slug), isArchived ? sql`${groups.archivedAt} is null` : sql`${groups.archivedAt} is not null`))
          .returning({ id: groups.id });
      const [done] = await parts.relations.keepingAnAdmin(tx, change);
      if (done === undefined) return { kind: "done" };
      const action = isArchived ? "put away group" : "bring back group";
      const log = { app: "account", by, action, subject: `group:${slug}`, reason: "Done on the group’s page" } as const;
      await parts.audit.record(tx, { ...log, before: { isArchived: !isArchived }, after: { isArchived } });
      return { kind: "done" };
    },
  };
}

async function getGroup(from: Parameters<typeof readGroups>[0], slug: string): Promise<GroupView> {
  const [found] = await readGroups(from, sql`g.slug = ${slug}`);
  if (found === undefined) throw noGroup();
  return found;
}

const loggedView = ({ name, description, door, partOf, dues }: GroupView): AuditState => ({
  ...{ name, description, door, partOfId: partOf?.id ?? null },
  ...{ duesMinor: dues?.amountMinor ?? null, duesPeriod: dues?.period ?? null },
});

interface Wanted {
  readonly slug: string;
  readonly by: UserId;
  readonly details: GroupDetails;
}

async function create(tx: Tx, parts: MembershipParts, { slug, by, details }: Wanted): Promise<SaveGroupResult> {
  const refused = await refusalOf(tx, parts, { id: null, slug, by, details, before: null });
  if (refused !== null) return refused;
  const [made] = await tx
    .insert(groups)
    .values({ slug, ...details })
    .onConflictDoNothing()
    .returning({ slug: groups.slug });
  if (made === undefined) return { kind: "taken" };
  await parts.audit.record(tx, {
    ...{ app: "account", by, action: "make group", subject: `group:${slug}`, reason: "Made on the page of groups", before: null },
    after: { ...details },
  });
  return { kind: "saved", slug };
}

/** A group is in no circle, and whoever puts one that gives rights above another gives those rights to all in it. */
async function refusalOf(
  tx: Tx,
  { relations }: MembershipParts,
  { id, slug, by, details, before }: Wanted & { readonly id: GroupId | null; readonly before: GroupId | null },
): Promise<SaveGroupResult | null> {
  if (id === null && (await givesRights(tx, relations, slug)) && !(await mayGiveRoles(relations)(tx, by))) return { kind: "gives-rights" };
  if (details.partOfId === before) return null;
  const mayGive = await mayGiveRoles(relations)(tx, by);
  if (id !== null && !mayGive && (await givesRights(tx, relations, slug))) return { kind: "gives-rights" }; // it may be by what it is part of
  if (details.partOfId === null) return null;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('wholes of groups', 0))`); // two that make a circle together take turns
  const { rows } = await tx.execute<{ id: string; slug: string }>(sql`
    with recursive above as (
      select id, slug, part_of_id from groups where id = ${details.partOfId}
      union select g.id, g.slug, g.part_of_id from groups as g join above on g.id = above.part_of_id)
    select id, slug from above`);
  if (rows.length === 0) throw noGroup();
  if (rows.some((row) => Number(row.id) === id)) return { kind: "circle" };
  const whole = rows.find((row) => Number(row.id) === details.partOfId);
  const gives = whole !== undefined && (await givesRights(tx, relations, whole.slug));
  return gives && !mayGive ? { kind: "gives-rights" } : null;
}
