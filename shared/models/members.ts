import { sql } from "drizzle-orm";
import { check, index, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant, oneOf, reference } from "./columns.ts";
import { users } from "./identity.ts";
import type { EmailChangeId, UserId } from "./ids.ts";
import { ALLERGENS, type Allergen } from "./market.ts";

/** Ways to eat that members may name, as labels of products spell them. */
export const DIETS = ["vegan", "vegetarian", "gluten-free", "dairy-free"] as const;
export type Diet = (typeof DIETS)[number];

const listOf = (values: readonly string[]) => sql.raw(`array[${values.map((value) => `'${value}'`).join(", ")}]`);

/**
 * What members told of themselves for the whole site to go by. language: what they write in, a BCP 47 tag; timeZone: an IANA name;
 * both empty where it is the site's. diets and avoids are health data: shown to nobody but the member.
 */
export const memberSettings = pgTable(
  "member_settings",
  {
    userId: reference()
      .$type<UserId>()
      .primaryKey()
      .references(() => users.id, { onDelete: "cascade" }),
    language: text().notNull().default(""),
    timeZone: text().notNull().default(""),
    pronouns: text().notNull().default(""),
    diets: text().array().$type<Diet[]>().notNull().default([]),
    avoids: text().array().$type<Allergen[]>().notNull().default([]),
  },
  (table) => [
    check(
      "member_settings_lengths",
      sql`length(${table.language}) <= 12 and length(${table.timeZone}) <= 60 and length(${table.pronouns}) <= 40`,
    ),
    check("member_settings_diets", sql`${table.diets} <@ ${listOf(DIETS)}`),
    check("member_settings_avoids", sql`${table.avoids} <@ ${listOf(ALLERGENS)}`),
  ],
);

/** How a change of address ended. stopped: by the member; replaced: by another one; taken: somebody else has the address by now. */
export const EMAIL_CHANGE_ENDS = ["done", "stopped", "replaced", "taken", "expired"] as const;
export type EmailChangeEnd = (typeof EMAIL_CHANGE_ENDS)[number];

/**
 * A change of the address that somebody signs in with, under way until both addresses said yes. oldEmail null: there was none to ask.
 * Of the tokens in the mails only hashes are kept (SHA-256, base64url). newTokenHash null: the address is another member's, who was
 * told instead, so that nobody finds out by asking.
 */
export const emailChanges = pgTable(
  "email_changes",
  {
    id: uuid().$type<EmailChangeId>().primaryKey().defaultRandom(),
    userId: reference()
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    oldEmail: text(),
    newEmail: text().notNull(),
    oldTokenHash: text().unique(),
    newTokenHash: text().unique(),
    oldAllowedAt: instant(),
    newConfirmedAt: instant(),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
    end: text().$type<EmailChangeEnd>(),
    endedAt: instant(),
  },
  (table) => [
    oneOf("email_changes_end", table.end, EMAIL_CHANGE_ENDS),
    check("email_changes_ended", sql`(${table.end} is null) = (${table.endedAt} is null)`),
    check("email_changes_lower_case", sql`${table.newEmail} = lower(${table.newEmail}) and ${table.newEmail} like '_%@_%'`),
    uniqueIndex("email_changes_one_open").on(table.userId).where(sql`${table.end} is null`),
    index("email_changes_user").on(table.userId),
    index("email_changes_expires").on(table.expiresAt),
  ],
);
