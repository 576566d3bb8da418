import { sql } from "drizzle-orm";
import { bigint, check, date, index, pgTable, text } from "drizzle-orm/pg-core";
import { orders } from "./cart.ts";
import { createdAt, identity, oneOf, reference } from "./columns.ts";
import type { LedgerEntryId, OrderId } from "./ids.ts";

/** What happened to money. suspense: it came, and is not what was asked for; owed: it came too late or twice, and goes back. */
export const ENTRY_KINDS = ["sale", "owed", "suspense", "refund", "owed_refund", "dispute", "correction"] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/**
 * One thing that happened to money. key: of what it records, so that it is recorded once. recordedBy: "user:<id>";
 * null: nobody, it came by itself. valueOn: the day the money came or went, where that is not the day it was recorded. Append-only: a trigger refuses changes, and
 * another refuses, at the commit, postings that do not come to nothing in every currency.
 */
export const ledgerEntries = pgTable(
  "ledger_entries",
  {
    id: identity().$type<LedgerEntryId>(),
    key: text().notNull().unique(),
    kind: text().$type<EntryKind>().notNull(),
    orderId: reference()
      .$type<OrderId>()
      .references(() => orders.id),
    recordedBy: text(),
    recordedAt: createdAt(),
    valueOn: date({ mode: "string" }),
  },
  (table) => [
    oneOf("ledger_entries_kind", table.kind, ENTRY_KINDS),
    index("ledger_entries_order").on(table.orderId),
    index("ledger_entries_when").on(table.recordedAt, table.id),
  ],
);

/**
 * A side of an entry, in minor units: above nothing what an account gets, below what it gives. Accounts: sumup:<merchant> (what SumUp
 * has for us), cash:… and bank:… (what is in till and bank), suspense:… and owed:… (what is not ours), disputes:…, and by VAT class
 * sales:…, discounts:… (what of sales nobody paid), vat:… and refunds:….
 */
export const postings = pgTable(
  "postings",
  {
    id: identity(),
    entryId: reference()
      .$type<LedgerEntryId>()
      .notNull()
      .references(() => ledgerEntries.id),
    account: text().notNull(),
    amountMinor: bigint({ mode: "number" }).notNull(),
    currency: text().notNull(),
  },
  (table) => [
    index("postings_entry").on(table.entryId),
    index("postings_account").on(table.account, table.currency),
    check("postings_amount", sql`${table.amountMinor} <> 0`),
    check("postings_currency", sql`${table.currency} ~ '^[A-Z]{3}$'`),
    check(
      "postings_account",
      sql`${table.account} ~ '^((sumup|cash|bank|suspense|owed|disputes):[A-Za-z0-9_-]{1,40}|(sales|vat|refunds|discounts):(zero|reduced|standard)|rounding)$'`,
    ),
  ],
);
