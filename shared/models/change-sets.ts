import { sql } from "drizzle-orm";
import { check, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, identity, instant, oneOf, reference } from "./columns.ts";
import { users } from "./identity.ts";
import type { ChangeSetId, ProductId, UserId } from "./ids.ts";
import { products } from "./market.ts";

/** Where changes of many products come from. */
export const CHANGE_SET_KINDS = ["bulk", "list", "rules"] as const;
export type ChangeSetKind = (typeof CHANGE_SET_KINDS)[number];

/** mapping: of a list it is not said yet what its columns are; draft: shown, nothing done; applying: it goes on by itself. */
export const CHANGE_SET_STATES = ["mapping", "draft", "applying", "done", "discarded"] as const;
export type ChangeSetState = (typeof CHANGE_SET_STATES)[number];

/** new, changed, held (only when somebody says so), same and refused are what was shown; applied and conflict what came of it. */
export const CHANGE_LINE_STATES = ["new", "changed", "held", "same", "refused", "applied", "conflict"] as const;
export type ChangeLineState = (typeof CHANGE_LINE_STATES)[number];

/** Changes of many products, written down before they are made. details: what its kind needs; file: the text of a list. */
export const changeSets = pgTable(
  "change_sets",
  {
    id: identity().$type<ChangeSetId>(),
    kind: text().$type<ChangeSetKind>().notNull(),
    state: text().$type<ChangeSetState>().notNull(),
    title: text().notNull(),
    reason: text().notNull().default(""),
    userId: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
    details: jsonb().$type<Readonly<Record<string, unknown>>>().notNull().default({}),
    file: text(),
    createdAt: createdAt(),
    doneAt: instant(),
  },
  (table) => [
    oneOf("change_sets_kind", table.kind, CHANGE_SET_KINDS),
    oneOf("change_sets_state", table.state, CHANGE_SET_STATES),
    check("change_sets_reason", sql`${table.state} in ('mapping', 'draft', 'discarded') or ${table.reason} <> ''`),
    index("change_sets_newest").on(table.createdAt.desc(), table.id.desc()),
    index("change_sets_user").on(table.userId),
  ],
);

/**
 * One of them. line: of the list, or a number. change: what is to be done, null when it is refused; revision and shown: how the product
 * stood, and what changes, when it was written down. note: why it is held or refused, or what came between.
 */
export const changeLines = pgTable(
  "change_lines",
  {
    setId: reference()
      .$type<ChangeSetId>()
      .notNull()
      .references(() => changeSets.id, { onDelete: "cascade" }),
    line: integer().notNull(),
    productId: reference()
      .$type<ProductId>()
      .references(() => products.id, { onDelete: "cascade" }),
    revision: integer(),
    name: text().notNull(),
    change: jsonb().$type<Readonly<Record<string, unknown>>>(),
    shown: jsonb().$type<readonly Readonly<{ field: string; before: unknown; after: unknown }>[]>().notNull().default([]),
    state: text().$type<ChangeLineState>().notNull(),
    note: text().notNull().default(""),
  },
  (table) => [
    primaryKey({ columns: [table.setId, table.line] }),
    oneOf("change_lines_state", table.state, CHANGE_LINE_STATES),
    index("change_lines_state").on(table.setId, table.state, table.line),
    index("change_lines_product").on(table.productId),
  ],
);
