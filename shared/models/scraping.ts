import { sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytea, createdAt, identity, instant, oneOf, reference } from "./columns.ts";
import { users } from "./identity.ts";
import type { MediaId, ProductId, ScrapeRecordId, ScrapeRunId, UserId } from "./ids.ts";
import { products, suppliers } from "./market.ts";
import { media } from "./media.ts";

/** A run is waiting, running or paused until it ended: complete (all was seen), incomplete, stopped by somebody, or failed by our fault. */
export const RUN_STATES = ["waiting", "running", "paused", "complete", "incomplete", "stopped", "failed"] as const;
export type RunState = (typeof RUN_STATES)[number];

/** What a run says of itself, in the order in which reports show it; docs/scraping.md says what each means. */
export const ENTRY_KINDS = [
  "captcha",
  "unreachable",
  "slow",
  "busy",
  "not-public",
  "robots",
  "robots-cut",
  "status",
  "gone",
  "redirect-loop",
  "redirect-elsewhere",
  "too-large",
  "wrong-type",
  "broken-json-ld",
  "no-product",
  "price-held",
  "duplicate-sku",
  "no-sku",
  "endless-pagination",
  "limit",
  "many-missing",
  "missing",
  "fault",
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** How many pages of a run came to what, and the products among them. refused: may not be fetched, or no use; failed: may work another time. */
export interface RunCounts {
  readonly listed: number;
  /** Lists among the pages found; absent in runs of an older release. */
  readonly lists?: number;
  readonly fetched: number;
  readonly unchanged: number;
  readonly products: number;
  readonly refused: number;
  readonly failed: number;
  readonly bytes: number;
}

/** One field as a page shows it: price a decimal string, currency ISO 4217, availability schema.org's word, images addresses. */
export interface ScrapedField {
  readonly value: string | readonly string[];
  readonly source: string;
  /** 0..1 */
  readonly confidence: number;
}
export const SCRAPED_FIELDS = ["name", "price", "currency", "gtin", "brand", "availability", "ingredients", "images"] as const;
export type ScrapedFieldName = (typeof SCRAPED_FIELDS)[number];
/** What a page does not say is not in it. */
export type ScrapedFields = Readonly<Partial<Record<ScrapedFieldName, ScrapedField>>>;

/** What may be taken over without a person looking, and how much may be gone before nobody believes it. */
export interface AcceptanceRules {
  /** A price that moved by no more than this, in percent of what stands; 0: none. */
  readonly pricePercent: number;
  readonly fields: readonly ("stock" | "name" | "brand" | "gtin" | "ingredients")[];
  /** Found no more than this before a complete run is doubted, in percent of the products known. */
  readonly mostMissingPercent: number;
  /** A price that rises or falls by more than this, in percent of what stood, is held; absent: 50. */
  readonly mostRisePercent?: number;
  readonly mostFallPercent?: number;
  /** What a page's price is: what the shop asks, with VAT, or what the supplier asks of us, without; absent: shelf. */
  readonly prices?: "shelf" | "cost";
}

const runKey = () =>
  reference()
    .$type<ScrapeRunId>()
    .notNull()
    .references(() => scrapeRuns.id, { onDelete: "cascade" });

/**
 * A supplier's pages read once. configDigest and rules: of the supplier's file when it began ("" and null before). heldBy: the
 * process that has it in hand, until heldUntil; a running one that nobody holds is taken up by whoever comes. startedBy null: the
 * timetable. isStopAsked: somebody wants it ended. ending: why it ended, a sentence. found: how many "products" there were, and
 * how many of them said each field, once it ended; what alarms about drift compare.
 */
export const scrapeRuns = pgTable(
  "scrape_runs",
  {
    id: identity().$type<ScrapeRunId>(),
    supplierId: reference()
      .notNull()
      .references(() => suppliers.id),
    configDigest: text().notNull().default(""),
    rules: jsonb().$type<AcceptanceRules>(),
    state: text().$type<RunState>().notNull().default("waiting"),
    isStopAsked: boolean().notNull().default(false),
    askedAt: createdAt(),
    startedBy: reference()
      .$type<UserId>()
      .references(() => users.id, { onDelete: "set null" }),
    startedAt: instant(),
    finishedAt: instant(),
    heldBy: uuid(),
    heldUntil: instant(),
    counts: jsonb()
      .$type<RunCounts>()
      .notNull()
      .default({ listed: 0, fetched: 0, unchanged: 0, products: 0, refused: 0, failed: 0, bytes: 0 }),
    found: jsonb().$type<Readonly<Record<string, number>>>().notNull().default({}),
    ending: text().notNull().default(""),
  },
  (table) => [
    oneOf("scrape_runs_state", table.state, RUN_STATES),
    uniqueIndex("scrape_runs_one_open").on(table.supplierId).where(sql`${table.state} in ('waiting', 'running', 'paused')`),
    index("scrape_runs_supplier").on(table.supplierId, table.id),
    index("scrape_runs_started_by").on(table.startedBy),
  ],
);

/**
 * A page of a run. url: as it was listed, without its fragment; position: the order in which it was found. barren: how many listings in
 * a row led here that named nothing new. snapshot: of scrape_snapshots. status: HTTP's last.
 */
export const scrapePages = pgTable(
  "scrape_pages",
  {
    runId: runKey(),
    url: text().notNull(),
    kind: text().$type<"listing" | "product">().notNull(),
    state: text().$type<"waiting" | "fetched" | "unchanged" | "skipped" | "failed">().notNull().default("waiting"),
    position: reference().generatedAlwaysAsIdentity(),
    depth: integer().notNull(),
    barren: integer().notNull().default(0),
    attempts: integer().notNull().default(0),
    notBefore: createdAt(),
    status: integer(),
    etag: text(),
    lastModified: text(),
    snapshot: text(),
    note: text().notNull().default(""),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.url] }),
    oneOf("scrape_pages_kind", table.kind, ["listing", "product"]),
    oneOf("scrape_pages_state", table.state, ["waiting", "fetched", "unchanged", "skipped", "failed"]),
    check("scrape_pages_url", sql`length(${table.url}) <= 2000`),
    index("scrape_pages_waiting").on(table.runId, table.kind, table.position).where(sql`${table.state} = 'waiting'`),
    index("scrape_pages_snapshot").on(table.snapshot),
  ],
);

/** A page's bytes as they came, gzipped, by the SHA-256 of what they unpack to. Those of a supplier's last runs are kept. */
export const scrapeSnapshots = pgTable("scrape_snapshots", {
  sha256: text().primaryKey(),
  gzip: bytea().notNull(),
  contentType: text().notNull().default(""),
  storedAt: createdAt(),
});

/**
 * What a supplier's pages say of a product under a number of theirs, as last seen. sku: theirs, else its GTIN, else its path.
 * url: as the page calls itself; pageUrl: as it was listed, null where an older release wrote the record, and the two were taken for one.
 * digest: of fields and doubts; changedRun: the run in which it became what it is. missingSinceRun: the first complete run without it.
 */
export const scrapeRecords = pgTable(
  "scrape_records",
  {
    id: identity().$type<ScrapeRecordId>(),
    supplierId: reference()
      .notNull()
      .references(() => suppliers.id),
    sku: text().notNull(),
    url: text().notNull(),
    pageUrl: text(),
    fields: jsonb().$type<ScrapedFields>().notNull(),
    doubts: text().array().notNull().default([]),
    extractorVersion: text().notNull(),
    digest: text().notNull(),
    firstSeenRun: reference().$type<ScrapeRunId>().notNull(),
    lastSeenRun: reference().$type<ScrapeRunId>().notNull(),
    changedRun: reference().$type<ScrapeRunId>().notNull(),
    missingSinceRun: reference().$type<ScrapeRunId>(),
    seenAt: instant().notNull(),
  },
  (table) => [
    unique("scrape_records_once_each").on(table.supplierId, table.sku),
    index("scrape_records_url").on(table.supplierId, table.url),
    index("scrape_records_page").on(table.supplierId, sql`coalesce(${table.pageUrl}, ${table.url})`),
    index("scrape_records_seen").on(table.supplierId, table.lastSeenRun),
    check("scrape_records_sku", sql`length(${table.sku}) between 1 and 100`),
  ],
);

/** What a run has to say, for people. */
export const scrapeEntries = pgTable(
  "scrape_entries",
  {
    id: identity(),
    runId: runKey(),
    at: createdAt(),
    kind: text().$type<EntryKind>().notNull(),
    url: text().notNull().default(""),
    words: text().notNull(),
  },
  (table) => [index("scrape_entries_run").on(table.runId, table.id)],
);

/**
 * The one queue of a host, for all runs and pictures of all processes. nextAt: when it may be asked next. robots: its robots.txt,
 * null: not asked yet; robotsVerdict: what it came to (RFC 9309 §2.3.1): read, none (all may be fetched), or unreachable (nothing may).
 */
export const scrapeHosts = pgTable("scrape_hosts", {
  host: text().primaryKey(),
  nextAt: createdAt(),
  robots: text(),
  robotsVerdict: text().$type<"read" | "none" | "unreachable">(),
  robotsAt: instant(),
});

/** A picture of another site that a product is to have. */
export const wantedPictures = pgTable(
  "wanted_pictures",
  {
    id: identity(),
    productId: reference()
      .$type<ProductId>()
      .notNull()
      .references(() => products.id, { onDelete: "cascade" }),
    url: text().notNull(),
    state: text().$type<"waiting" | "taken" | "failed">().notNull().default("waiting"),
    attempts: integer().notNull().default(0),
    notBefore: createdAt(),
    heldUntil: instant(),
    mediaId: reference()
      .$type<MediaId>()
      .references(() => media.id, { onDelete: "set null" }),
    note: text().notNull().default(""),
  },
  (table) => [
    oneOf("wanted_pictures_state", table.state, ["waiting", "taken", "failed"]),
    unique("wanted_pictures_once").on(table.productId, table.url),
    index("wanted_pictures_waiting").on(table.notBefore, table.id).where(sql`${table.state} = 'waiting'`),
    index("wanted_pictures_media").on(table.mediaId),
    check("wanted_pictures_url", sql`length(${table.url}) <= 2000`),
  ],
);
