import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, primaryKey, smallint, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { APPS, type App } from "./apps.ts";
import { createdAt, identity, instant, oneOf, reference } from "./columns.ts";
import { users } from "./identity.ts";
import type { DataExportId, ErasureId, UserId } from "./ids.ts";

/** asked: it can be undone until dueAt. running: each service forgets its part. finished: all have, and the person was told. */
export const ERASURE_STATES = ["asked", "undone", "running", "finished"] as const;

/**
 * Somebody wants to be forgotten. keepsPosts, keepsComments: what they wrote for others stays, by "former member". askedBy: a steward,
 * for somebody who wrote a letter, and reason why; null: the person.
 * handle, addresses, files: what is needed to finish (to sign what is still on its way, to write the last mail, to remove bytes); they
 * go with the last step. former: the handle that stands in their place. waitsFor: why it did not begin when it was due; empty: it does not wait.
 */
export const erasures = pgTable(
  "erasures",
  {
    id: identity().$type<ErasureId>(),
    userId: reference()
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    state: text().$type<(typeof ERASURE_STATES)[number]>().notNull().default("asked"),
    keepsPosts: boolean().notNull().default(true),
    keepsComments: boolean().notNull().default(true),
    askedBy: reference()
      .$type<UserId>()
      .references(() => users.id),
    reason: text().notNull().default(""),
    former: text().notNull(),
    handle: text(),
    addresses: text().array().notNull().default([]),
    files: text().array().notNull().default([]),
    waitsFor: text().notNull().default(""),
    askedAt: createdAt(),
    dueAt: instant().notNull(),
    begunAt: instant(),
    undoneAt: instant(),
    finishedAt: instant(),
    /** When the last delivery was done or given up, and the keys went. */
    closedAt: instant(),
  },
  (table) => [
    oneOf("erasures_state", table.state, ERASURE_STATES),
    uniqueIndex("erasures_one_open").on(table.userId).where(sql`${table.state} <> 'undone'`),
    index("erasures_user").on(table.userId),
    index("erasures_asked_by").on(table.askedBy),
    index("erasures_due").on(table.state, table.dueAt),
    index("erasures_handle").on(table.handle).where(sql`${table.handle} is not null`),
    check("erasures_begun", sql`(${table.begunAt} is not null) = (${table.state} in ('running', 'finished'))`),
    check("erasures_closed", sql`${table.closedAt} is null or (${table.handle} is null and ${table.addresses} = '{}')`),
  ],
);

/** Of which services have done their part. */
export const erasureSteps = pgTable(
  "erasure_steps",
  {
    erasureId: reference()
      .$type<ErasureId>()
      .notNull()
      .references(() => erasures.id),
    app: text().$type<App>().notNull(),
    doneAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.erasureId, table.app] }), oneOf("erasure_steps_app", table.app, APPS)],
);

export const RECEIPT_DEEDS = ["deleted", "blanked", "kept"] as const;

/**
 * What a service did with the rows of a kind. what: in words, as "orders". blanked: the row stays, without the person. kept: because
 * the law wants it, without name or address, until then.
 */
export const erasureReceipts = pgTable(
  "erasure_receipts",
  {
    id: identity(),
    erasureId: reference()
      .$type<ErasureId>()
      .notNull()
      .references(() => erasures.id),
    app: text().$type<App>().notNull(),
    what: text().notNull(),
    deed: text().$type<(typeof RECEIPT_DEEDS)[number]>().notNull(),
    count: integer().notNull(),
    keptUntil: instant(),
    because: text().notNull().default(""),
    doneAt: createdAt(),
  },
  (table) => [
    oneOf("erasure_receipts_app", table.app, APPS),
    oneOf("erasure_receipts_deed", table.deed, RECEIPT_DEEDS),
    check("erasure_receipts_until", sql`(${table.keptUntil} is not null) = (${table.deed} = 'kept')`),
    index("erasure_receipts_erasure").on(table.erasureId, table.id),
  ],
);

/**
 * Who was erased, by number, for good: an older copy of the database that comes back has them again, and they are erased again.
 * joinedAt: with the number it says who is meant, as a number may be given anew after a restore. handleHash: HMAC-SHA256 under the
 * deployment's secret, base64url; nobody gets the handle. wasShown: they had an actor in the fediverse, which says that it is gone.
 */
export const erasedPeople = pgTable(
  "erased_people",
  {
    userId: reference().$type<UserId>().notNull(),
    joinedAt: instant().notNull(),
    handleHash: text().notNull().unique(),
    addressHashes: text().array().notNull().default([]),
    keepsPosts: boolean().notNull().default(true),
    keepsComments: boolean().notNull().default(true),
    wasShown: boolean().notNull().default(false),
    erasedAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.joinedAt] })],
);

/** Addresses of who was erased, as HMAC-SHA256 under the deployment's secret, base64url: nothing that is brought from elsewhere brings them back. */
export const erasedAddresses = pgTable("erased_addresses", { hash: text().primaryKey(), erasedAt: createdAt() });

/** When the list of who was erased was last compared with the one that lies outside of the database, and in which cluster: one row. */
export const erasedList = pgTable(
  "erased_list",
  { id: smallint().primaryKey().default(1), cluster: text().notNull(), comparedAt: instant().notNull() },
  (table) => [check("erased_list_one", sql`${table.id} = 1`)],
);

/** A member asked for all that is kept of them: an address at which only they get it, made anew each time, until then. */
export const dataExports = pgTable(
  "data_exports",
  {
    id: uuid().$type<DataExportId>().primaryKey().defaultRandom(),
    userId: reference()
      .$type<UserId>()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
    takenAt: instant(),
  },
  (table) => [index("data_exports_user").on(table.userId), index("data_exports_expires").on(table.expiresAt)],
);
