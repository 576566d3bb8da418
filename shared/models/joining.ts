import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, identity, instant, oneOf, reference } from "./columns.ts";
import { users } from "./identity.ts";
import type { GroupId, InvitationId, JoinRequestId, UserId } from "./ids.ts";
import { groups } from "./membership.ts";

/**
 * A link by which people come in. email: only who proves this address; null: whoever has the link. groupId: into this group as well.
 * makesAdmin: of the operator's own hand alone. mayGiveRights: whoever made it may give roles, so it leads into a group that has some.
 * madeBy null: the operator.
 */
export const invitations = pgTable(
  "invitations",
  {
    id: identity().$type<InvitationId>(),
    tokenHash: text().notNull().unique(),
    email: text(),
    note: text().notNull().default(""),
    groupId: reference()
      .$type<GroupId>()
      .references(() => groups.id, { onDelete: "cascade" }),
    makesAdmin: boolean().notNull().default(false),
    mayGiveRights: boolean().notNull().default(false),
    mostUses: integer().notNull().default(1),
    uses: integer().notNull().default(0),
    madeBy: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
    revokedAt: instant(),
  },
  (table) => [
    check("invitations_uses", sql`${table.uses} between 0 and ${table.mostUses} and ${table.mostUses} between 1 and 500`),
    check("invitations_email", sql`${table.email} = lower(${table.email}) and ${table.email} like '_%@_%'`),
    check(
      "invitations_admin",
      sql`not ${table.makesAdmin} or (${table.email} is not null and ${table.mostUses} = 1 and ${table.madeBy} is null)`,
    ),
    index("invitations_group").on(table.groupId),
    index("invitations_maker").on(table.madeBy),
    index("invitations_newest").on(table.createdAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
  ],
);

/** Who came by which: the same person uses an invitation once. */
export const invitationUses = pgTable(
  "invitation_uses",
  {
    invitationId: reference()
      .$type<InvitationId>()
      .notNull()
      .references(() => invitations.id, { onDelete: "cascade" }),
    userId: reference()
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    usedAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.invitationId, table.userId] }), index("invitation_uses_user").on(table.userId)],
);

export const JOIN_STATES = ["waiting", "approved", "declined"] as const;
export type JoinState = (typeof JOIN_STATES)[number];

/** Somebody who proved their address and asks to be let in. words: theirs; reason: of who decided. termsVersion, privacyVersion: agreed to. */
export const joinRequests = pgTable(
  "join_requests",
  {
    id: identity().$type<JoinRequestId>(),
    email: text().notNull(),
    name: text().notNull(),
    words: text().notNull().default(""),
    termsVersion: integer(),
    privacyVersion: integer(),
    state: text().$type<JoinState>().notNull().default("waiting"),
    reason: text().notNull().default(""),
    createdAt: createdAt(),
    decidedAt: instant(),
    decidedBy: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
  },
  (table) => [
    oneOf("join_requests_state", table.state, JOIN_STATES),
    check("join_requests_email", sql`${table.email} = lower(${table.email}) and ${table.email} like '_%@_%'`),
    check("join_requests_decided", sql`(${table.state} = 'waiting') = (${table.decidedAt} is null)`),
    uniqueIndex("join_requests_one_waits").on(table.email).where(sql`${table.state} = 'waiting'`),
    index("join_requests_newest").on(table.createdAt.desc().nullsFirst(), table.id.desc().nullsFirst()),
    index("join_requests_decider").on(table.decidedBy),
  ],
);
