import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { posts } from "./blog.ts";
import { createdAt, identity, instant, oneOf, reference } from "./columns.ts";
import { users } from "./identity.ts";
import type { LetterId, MemberLabelId, NewsletterId, PostId, SubscriberId, UserId } from "./ids.ts";
import { memberLabels, newsletters, subscribers } from "./newsletters.ts";

/**
 * Where a letter stands. scheduled: at sendAt its readers are written down and it begins; sending and paused: some have it and some
 * wait; cancelled: those who waited don't get it.
 */
export const LETTER_STATES = ["draft", "scheduled", "sending", "paused", "sent", "cancelled"] as const;
export type LetterState = (typeof LETTER_STATES)[number];

/**
 * What is sent to a list, with the text as it was taken from the blog (postId) or composed: html has passed the sanitiser, plaintext
 * is the same without markup. audience: the group that the text is for, as its post has it; null for everybody. labelId, groupName: only
 * those of the list who carry the label, or are in the group. readers: how many were written down as it began. trouble: what the mail
 * server says, in words; "" while it takes what it is given.
 */
export const letters = pgTable(
  "letters",
  {
    id: identity().$type<LetterId>(),
    newsletterId: reference()
      .$type<NewsletterId>()
      .notNull()
      .references(() => newsletters.id, { onDelete: "cascade" }),
    postId: reference()
      .$type<PostId>()
      .references(() => posts.id, { onDelete: "set null" }),
    subject: text().notNull(),
    preheader: text().notNull().default(""),
    html: text().notNull(),
    plaintext: text().notNull(),
    language: text().notNull(),
    audience: text(),
    labelId: reference()
      .$type<MemberLabelId>()
      .references(() => memberLabels.id, { onDelete: "set null" }),
    groupName: text(),
    state: text().$type<LetterState>().notNull().default("draft"),
    sendAt: instant(),
    readers: integer().notNull().default(0),
    trouble: text().notNull().default(""),
    createdBy: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
    createdAt: createdAt(),
    startedAt: instant(),
    finishedAt: instant(),
  },
  (table) => [
    oneOf("letters_state", table.state, LETTER_STATES),
    check("letters_one_line", sql`${table.subject} <> '' and ${table.subject} || ${table.preheader} !~ '[[:cntrl:]]'`),
    index("letters_newsletter").on(table.newsletterId, table.id),
    index("letters_post").on(table.postId),
    index("letters_label").on(table.labelId),
    index("letters_created_by").on(table.createdBy),
    index("letters_under_way").on(table.state).where(sql`${table.state} in ('scheduled', 'sending', 'paused')`),
  ],
);

/**
 * left-out: by their turn they had unsubscribed, or must not be written to. refused: the mail server does not take it for them.
 * given-up: it did not take it now, over and over.
 */
export const DELIVERY_STATES = ["waiting", "in-hand", "sent", "left-out", "refused", "given-up"] as const;

/**
 * One reader of a letter: one row, so that nobody gets it twice. It goes with the subscriber. reply: what the mail server said, its
 * codes alone, as "550 5.1.1". report: what came back after it was taken.
 */
export const letterDeliveries = pgTable(
  "letter_deliveries",
  {
    letterId: reference()
      .$type<LetterId>()
      .notNull()
      .references(() => letters.id, { onDelete: "cascade" }),
    subscriberId: reference()
      .$type<SubscriberId>()
      .notNull()
      .references(() => subscribers.id, { onDelete: "cascade" }),
    state: text().$type<(typeof DELIVERY_STATES)[number]>().notNull().default("waiting"),
    attempts: smallint().notNull().default(0),
    dueAt: instant().notNull().defaultNow(),
    settledAt: instant(),
    reply: text().notNull().default(""),
    report: text().$type<"bounced" | "complained">(),
  },
  (table) => [
    primaryKey({ columns: [table.letterId, table.subscriberId] }),
    oneOf("letter_deliveries_state", table.state, DELIVERY_STATES),
    oneOf("letter_deliveries_report", table.report, ["bounced", "complained"]),
    check("letter_deliveries_reply", sql`${table.reply} ~ '^[0-9. ]*$'`),
    index("letter_deliveries_waiting")
      .on(table.letterId, table.dueAt, table.subscriberId)
      .where(sql`${table.state} in ('waiting', 'in-hand')`),
    index("letter_deliveries_subscriber").on(table.subscriberId),
    index("letter_deliveries_came_back")
      .on(table.settledAt)
      .where(sql`${table.report} is not null or ${table.state} in ('refused', 'given-up')`),
  ],
);
