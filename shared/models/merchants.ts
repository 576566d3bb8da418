import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
import { pages } from "./blog.ts";
import { createdAt, identity, instant, reference } from "./columns.ts";
import type { MerchantId, PageId } from "./ids.ts";

/**
 * Who is paid. code: as SumUp knows it. name, address and vatId stand on receipts. keyJwe: its API key, encrypted under the
 * deployment's secret; null: none is kept here, and SUMUP_KEYS may have one. isDefault: is paid for whatever no page's merchant sells.
 * chargesVat false: it is not registered, and there is no tax in what it sells. isActive false: nothing new is sold by it. revision counts edits. pageId: the release before reads it; merchant_pages is what holds.
 */
export const merchants = pgTable(
  "merchants",
  {
    id: identity().$type<MerchantId>(),
    code: text().notNull().unique(),
    name: text().notNull(),
    currency: text().notNull().default("GBP"),
    address: text().notNull().default(""),
    vatId: text().notNull().default(""),
    keyJwe: text(),
    keySetAt: instant(),
    pageId: reference()
      .$type<PageId>()
      .references(() => pages.id),
    isDefault: boolean().notNull().default(false),
    chargesVat: boolean().notNull().default(true),
    isActive: boolean().notNull().default(true),
    revision: integer().notNull().default(1),
    createdAt: createdAt(),
  },
  (table) => [
    unique("merchants_page").on(table.pageId),
    uniqueIndex("merchants_one_default").on(table.isDefault).where(sql`${table.isDefault}`),
    check("merchants_code", sql`${table.code} ~ '^[A-Za-z0-9_-]{1,40}$'`),
    check("merchants_currency", sql`${table.currency} ~ '^[A-Z]{3}$'`),
    check("merchants_key", sql`(${table.keyJwe} is null) = (${table.keySetAt} is null)`),
  ],
);

/** Whose sales a page's are: those of the market places and calendars that it shows. A page that is not here sells for everybody's. */
export const merchantPages = pgTable(
  "merchant_pages",
  {
    pageId: reference()
      .$type<PageId>()
      .primaryKey()
      .references(() => pages.id, { onDelete: "cascade" }),
    merchantId: reference()
      .$type<MerchantId>()
      .notNull()
      .references(() => merchants.id),
  },
  (table) => [index("merchant_pages_merchant").on(table.merchantId)],
);
