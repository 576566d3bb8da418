import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { anyValue, createdAt, identity, instant, oneOf, reference } from "./columns.ts";
import { users } from "./identity.ts";
import type { ProductId, ScrapeAlarmId, ScrapeFindingId, ScrapeRunId, UserId } from "./ids.ts";
import { products, suppliers } from "./market.ts";
import { scrapeRuns } from "./scraping.ts";

/** new: nothing on the shelf is known to be it; changed: the supplier says something else than stands; gone: a complete run missed it. */
export const FINDING_KINDS = ["new", "changed", "gone"] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** settled: nothing of it waits any more; superseded: a later run says otherwise. */
export const FINDING_STATES = ["waiting", "settled", "superseded"] as const;
export type FindingState = (typeof FINDING_STATES)[number];

/** What of a product a supplier's pages say, as findings name it; availability is no field of a product but moves its stock. */
export const FINDING_FIELDS = ["name", "brand", "priceMinor", "costMinor", "availability", "gtin", "ingredients"] as const;
export type FindingField = (typeof FINDING_FIELDS)[number];

export const DECISIONS = ["waiting", "accepted", "declined", "superseded"] as const;
export type Decision = (typeof DECISIONS)[number];

/** Whether a product is to be had: available, unavailable, or gone from the supplier's pages. said: the supplier's own word. */
export interface AvailabilitySaid {
  readonly is: "available" | "unavailable" | "gone";
  readonly said: string;
}

/** Why a person has to look: codes of a record's doubts and of ours; docs/scraping.md says what each means. */
export const FINDING_DOUBTS = [
  "price-negative",
  "price-zero",
  "price-absurd",
  "price-disputed",
  "price-jump",
  "currency-unknown",
  "other-currency",
  "page-cut",
  "duplicate-sku",
  "gtin-taken",
  "unsure",
  "unreadable",
] as const;
export type FindingDoubt = (typeof FINDING_DOUBTS)[number];

const runKey = () =>
  reference()
    .$type<ScrapeRunId>()
    .references(() => scrapeRuns.id, { onDelete: "cascade" });

/**
 * Something that a run found otherwise than it stands on the shelf; one waits for a supplier's number at most. runId: the last
 * run that saw it so. productId: what it is about, and of a new one what came of it. matchId: a product that it may be.
 * doubts: of the page as a whole; with one of them, or a doubtful field, it is held: no rule accepts it.
 */
export const scrapeFindings = pgTable(
  "scrape_findings",
  {
    id: identity().$type<ScrapeFindingId>(),
    supplierId: reference()
      .notNull()
      .references(() => suppliers.id),
    sku: text().notNull(),
    runId: runKey().notNull(),
    kind: text().$type<FindingKind>().notNull(),
    state: text().$type<FindingState>().notNull().default("waiting"),
    doubts: text().array().$type<FindingDoubt[]>().notNull().default([]),
    productId: reference()
      .$type<ProductId>()
      .references(() => products.id, { onDelete: "cascade" }),
    matchId: reference()
      .$type<ProductId>()
      .references(() => products.id, { onDelete: "set null" }),
    foundAt: createdAt(),
    settledAt: instant(),
  },
  (table) => [
    oneOf("scrape_findings_kind", table.kind, FINDING_KINDS),
    oneOf("scrape_findings_state", table.state, FINDING_STATES),
    check("scrape_findings_about", sql`${table.kind} = 'new' or ${table.productId} is not null`),
    uniqueIndex("scrape_findings_one_waiting").on(table.supplierId, table.sku).where(sql`${table.state} = 'waiting'`),
    index("scrape_findings_sku").on(table.supplierId, table.sku, table.id),
    index("scrape_findings_run").on(table.runId),
    index("scrape_findings_product").on(table.productId),
    index("scrape_findings_match").on(table.matchId),
  ],
);

/**
 * One field of a finding. before: what the supplier said until now, else what stands, null: nothing; after: as the product would
 * hold it, or the supplier's words where canTake is false. doubt "": none. rule: the one that accepted it, or will unless somebody is quicker; "": none.
 * stands: it is the last word about this value; false once the supplier said something else.
 */
export const scrapeFindingFields = pgTable(
  "scrape_finding_fields",
  {
    findingId: reference()
      .$type<ScrapeFindingId>()
      .notNull()
      .references(() => scrapeFindings.id, { onDelete: "cascade" }),
    field: text().$type<FindingField>().notNull(),
    before: anyValue(),
    after: anyValue().notNull(),
    canTake: boolean().notNull(),
    source: text().notNull(),
    confidencePercent: integer().notNull(),
    doubt: text().$type<FindingDoubt | "">().notNull().default(""),
    decision: text().$type<Decision>().notNull().default("waiting"),
    rule: text().notNull().default(""),
    reason: text().notNull().default(""),
    userId: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
    decidedAt: instant(),
    stands: boolean().notNull().default(true),
  },
  (table) => [
    primaryKey({ columns: [table.findingId, table.field] }),
    oneOf("scrape_finding_fields_field", table.field, FINDING_FIELDS),
    oneOf("scrape_finding_fields_decision", table.decision, DECISIONS),
    check("scrape_finding_fields_decided", sql`(${table.decision} in ('accepted', 'declined')) = (${table.decidedAt} is not null)`),
    index("scrape_finding_fields_user").on(table.userId),
  ],
);

/** A field that pages no longer say as often as they did. share and usual: parts of all products, 0..1. */
export interface Drift {
  readonly field: string;
  readonly share: number;
  readonly usual: number;
}

/**
 * A supplier's pages no longer say what they did: no rule accepts anything of theirs until it ends. One stands at most. runId: the
 * run that raised it; lastRunId: the last one that was like it. ending "": it stands; dismissed: staff take this for how it is now.
 */
export const scrapeAlarms = pgTable(
  "scrape_alarms",
  {
    id: identity().$type<ScrapeAlarmId>(),
    supplierId: reference()
      .notNull()
      .references(() => suppliers.id),
    runId: runKey().notNull(),
    lastRunId: runKey().notNull(),
    drifts: jsonb().$type<readonly Drift[]>().notNull(),
    raisedAt: createdAt(),
    ending: text().$type<"" | "found-again" | "dismissed">().notNull().default(""),
    endedAt: instant(),
    endedBy: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
    endedInRun: runKey(),
    reason: text().notNull().default(""),
  },
  (table) => [
    oneOf("scrape_alarms_ending", table.ending, ["", "found-again", "dismissed"]),
    check("scrape_alarms_ended", sql`(${table.ending} = '') = (${table.endedAt} is null)`),
    uniqueIndex("scrape_alarms_one_standing").on(table.supplierId).where(sql`${table.ending} = ''`),
    index("scrape_alarms_supplier").on(table.supplierId, table.id),
    index("scrape_alarms_run").on(table.runId),
    index("scrape_alarms_last_run").on(table.lastRunId),
    index("scrape_alarms_ended_in_run").on(table.endedInRun),
    index("scrape_alarms_ended_by").on(table.endedBy),
  ],
);
