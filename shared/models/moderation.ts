import { sql } from "drizzle-orm";
import { boolean, check, index, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, identity, instant, oneOf, reference } from "./columns.ts";
import { apDocuments } from "./fediverse.ts";
import { users } from "./identity.ts";
import type { AppealId, LimitId, UserId } from "./ids.ts";

/** When a comment waits for a steward before it is shown; closed: none are taken anywhere. */
export const COMMENT_RULES = ["all-wait", "first-waits", "none-waits", "closed"] as const;
export type CommentRule = (typeof COMMENT_RULES)[number];

/** What holds for the whole site: one row. isAllowList: nothing comes from hosts that are not allowed, and nothing goes there. */
export const moderationSettings = pgTable(
  "moderation_settings",
  {
    id: boolean().primaryKey().default(true),
    commentRule: text().$type<CommentRule>().notNull().default("first-waits"),
    isAllowList: boolean().notNull().default(false),
  },
  (table) => [check("moderation_settings_one", sql`${table.id}`), oneOf("moderation_settings_rule", table.commentRule, COMMENT_RULES)],
);

/** silenced: what they say is shown to nobody who does not follow them. suspended: nothing of theirs is shown or taken at all. */
export const LIMIT_KINDS = ["silenced", "suspended"] as const;
export type LimitKind = (typeof LIMIT_KINDS)[number];

/** What a steward decided about an actor, here (userId) or elsewhere; it holds until it is lifted. */
export const moderationLimits = pgTable(
  "moderation_limits",
  {
    id: identity().$type<LimitId>(),
    actor: text().notNull(),
    userId: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "cascade" }),
    kind: text().$type<LimitKind>().notNull(),
    reason: text().notNull(),
    setBy: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
    setAt: createdAt(),
    liftedAt: instant(),
    liftedBy: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
  },
  (table) => [
    oneOf("moderation_limits_kind", table.kind, LIMIT_KINDS),
    uniqueIndex("moderation_limits_in_force").on(table.actor, table.kind).where(sql`${table.liftedAt} is null`),
    index("moderation_limits_user").on(table.userId),
    index("moderation_limits_setter").on(table.setBy),
    index("moderation_limits_lifter").on(table.liftedBy),
  ],
);

/** A member asks for another look at what was decided about them, or about a comment of theirs: once each. */
export const moderationAppeals = pgTable(
  "moderation_appeals",
  {
    id: identity().$type<AppealId>(),
    userId: reference()
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    limitId: reference()
      .$type<LimitId>()
      .unique()
      .references(() => moderationLimits.id, { onDelete: "cascade" }),
    documentUri: text()
      .unique()
      .references(() => apDocuments.uri, { onDelete: "cascade" }),
    words: text().notNull(),
    createdAt: createdAt(),
    decidedAt: instant(),
    decidedBy: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
    isGranted: boolean(),
    answer: text().notNull().default(""),
  },
  (table) => [
    check("moderation_appeals_about", sql`(${table.limitId} is null) <> (${table.documentUri} is null)`),
    check("moderation_appeals_decided", sql`(${table.decidedAt} is null) = (${table.isGranted} is null)`),
    index("moderation_appeals_user").on(table.userId),
    index("moderation_appeals_decider").on(table.decidedBy),
    index("moderation_appeals_open").on(table.createdAt, table.id).where(sql`${table.decidedAt} is null`),
  ],
);
