import { sql } from "drizzle-orm";
import { type AnyPgColumn, bigint, check, date, index, integer, pgTable, text, unique } from "drizzle-orm/pg-core";
import { createdAt, identity, instant, isSlug, oneOf, reference } from "./columns.ts";
import { users } from "./identity.ts";
import type { DuesId, GroupId, MembershipId, UserId } from "./ids.ts";

/** How one gets into a group: by oneself, by asking, or because somebody is put in or invited. */
export const GROUP_DOORS = ["open", "asked", "closed"] as const;
export type GroupDoor = (typeof GROUP_DOORS)[number];

export const DUES_PERIODS = ["month", "year"] as const;
export type DuesPeriod = (typeof DUES_PERIODS)[number];

/** The kind of a cart line that is the dues of a group for a period; its ref is the membership. */
export const DUES_KIND = "dues";

/**
 * A group of members. The slug is how rules and texts name it, and never changes; "coop" is everybody. partOfId: who is in this is in
 * that, too. duesMinor: for each period; null: there are none. archivedAt: nobody is in it any more, as far as rules know.
 */
export const groups = pgTable(
  "groups",
  {
    id: identity().$type<GroupId>(),
    slug: text().notNull().unique(),
    name: text().notNull(),
    description: text().notNull().default(""),
    door: text().$type<GroupDoor>().notNull().default("asked"),
    partOfId: reference()
      .$type<GroupId>()
      .references((): AnyPgColumn => groups.id, { onDelete: "set null" }),
    duesMinor: integer(),
    duesPeriod: text().$type<DuesPeriod>(),
    currency: text().notNull().default("GBP"),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    archivedAt: instant(),
  },
  (table) => [
    isSlug("groups_slug", table.slug),
    check("groups_not_everybody", sql`${table.slug} <> 'coop'`),
    check("groups_name", sql`length(${table.name}) between 1 and 80 and ${table.name} !~ '[[:cntrl:]]'`),
    oneOf("groups_door", table.door, GROUP_DOORS),
    oneOf("groups_dues_period", table.duesPeriod, DUES_PERIODS),
    check("groups_dues", sql`(${table.duesMinor} is null) = (${table.duesPeriod} is null) and ${table.duesMinor} between 1 and 10000000`),
    check("groups_not_in_itself", sql`${table.partOfId} <> ${table.id}`),
    index("groups_part_of").on(table.partOfId),
  ],
);

/** asked: waits for a steward; left: was in it. */
export const MEMBERSHIP_STATES = ["asked", "member", "left"] as const;
export type MembershipState = (typeof MEMBERSHIP_STATES)[number];

/** Whether somebody is in a group: one row for both, whatever came in between. since: of the state. paidUntil: the last day that dues cover. */
export const memberships = pgTable(
  "memberships",
  {
    id: identity().$type<MembershipId>(),
    groupId: reference()
      .$type<GroupId>()
      .notNull()
      .references(() => groups.id, { onDelete: "cascade" }),
    userId: reference()
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    state: text().$type<MembershipState>().notNull(),
    since: createdAt(),
    paidUntil: date({ mode: "string" }),
  },
  (table) => [
    oneOf("memberships_state", table.state, MEMBERSHIP_STATES),
    unique("memberships_once").on(table.groupId, table.userId),
    index("memberships_user").on(table.userId),
  ],
);

/** How dues were settled: through the cart, by money that a steward took, or not asked for. */
export const DUES_WAYS = ["cart", "cash", "waived"] as const;
export type DuesWay = (typeof DUES_WAYS)[number];

/** Dues of one membership for some days, both included. orderLineId: what it was paid with; takenBackAt: the money went back, or it was a mistake. */
export const dues = pgTable(
  "dues",
  {
    id: identity().$type<DuesId>(),
    membershipId: reference()
      .$type<MembershipId>()
      .notNull()
      .references(() => memberships.id, { onDelete: "cascade" }),
    way: text().$type<DuesWay>().notNull(),
    amountMinor: integer().notNull(),
    currency: text().notNull(),
    fromOn: date({ mode: "string" }).notNull(),
    untilOn: date({ mode: "string" }).notNull(),
    note: text().notNull().default(""),
    orderLineId: bigint({ mode: "number" }).unique(),
    notedBy: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
    notedAt: createdAt(),
    takenBackAt: instant(),
  },
  (table) => [
    oneOf("dues_way", table.way, DUES_WAYS),
    check("dues_days", sql`${table.fromOn} <= ${table.untilOn}`),
    check("dues_amount", sql`${table.amountMinor} >= 0 and (${table.way} <> 'waived' or ${table.amountMinor} = 0)`),
    index("dues_membership").on(table.membershipId),
    index("dues_noter").on(table.notedBy),
  ],
);
