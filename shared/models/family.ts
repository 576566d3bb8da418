import { sql } from "drizzle-orm";
import { check, index, pgTable, text, uniqueIndex } from "drizzle-orm/pg-core";
import { createdAt, identity, instant, oneOf, reference } from "./columns.ts";
import { users } from "./identity.ts";
import type { GuardianshipId, UserId } from "./ids.ts";

export const GUARDIANSHIP_STATES = ["asked", "active", "declined", "ended"] as const;
export type GuardianshipState = (typeof GUARDIANSHIP_STATES)[number];

const person = () =>
  reference()
    .$type<UserId>()
    .references(() => users.id, { onDelete: "cascade" });

/**
 * Somebody looks after somebody. wardId: a member, who was asked, or for whom a steward decided; null: a child without an account, whom
 * wardName names and nobody else is asked about. decidedById: who said yes or no, or ended it; note: why a steward did.
 */
export const guardianships = pgTable(
  "guardianships",
  {
    id: identity().$type<GuardianshipId>(),
    guardianId: person().notNull(),
    wardId: person(),
    wardName: text().notNull().default(""),
    state: text().$type<GuardianshipState>().notNull(),
    decidedById: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
    decidedAt: instant(),
    note: text().notNull().default(""),
    createdAt: createdAt(),
  },
  (table) => [
    oneOf("guardianships_state", table.state, GUARDIANSHIP_STATES),
    check("guardianships_ward", sql`(${table.wardId} is null) = (${table.wardName} <> '')`),
    check("guardianships_two", sql`${table.wardId} <> ${table.guardianId}`),
    check("guardianships_child", sql`${table.wardId} is not null or ${table.state} in ('active', 'ended')`),
    uniqueIndex("guardianships_once").on(table.guardianId, table.wardId).where(sql`${table.state} in ('asked', 'active')`),
    index("guardianships_guardian").on(table.guardianId),
    index("guardianships_ward_of").on(table.wardId),
    index("guardianships_decided_by").on(table.decidedById),
    index("guardianships_asked").on(table.createdAt).where(sql`${table.state} = 'asked'`),
  ],
);
