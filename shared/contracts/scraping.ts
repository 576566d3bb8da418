import { z } from "zod";
import type { ProductId, ScrapeRunId, UserId } from "../models/ids.ts";
import { ENTRY_KINDS, type EntryKind, RUN_STATES, type RunCounts, type RunState, type ScrapedFields } from "../models/scraping.ts";
import { paging } from "./dto.ts";
import type { Tx } from "./tx.ts";

const runId = z.custom<ScrapeRunId>((id) => Number.isSafeInteger(id));

/** A run as people follow it. supplier: its name; waitingPages: still to be fetched; by null: the timetable. */
export const scrapeRun = z
  .object({
    id: runId,
    supplierId: z.number().int(),
    supplierSlug: z.string(),
    supplier: z.string(),
    state: z.enum(RUN_STATES),
    isStopAsked: z.boolean(),
    askedAt: z.date(),
    startedAt: z.date().nullable(),
    finishedAt: z.date().nullable(),
    by: z.string().nullable(),
    counts: z.custom<RunCounts>((counts) => typeof counts === "object"),
    waitingPages: z.number().int(),
    found: z.record(z.string(), z.number().int()),
    ending: z.string(),
  })
  .readonly();
export type ScrapeRun = z.output<typeof scrapeRun>;

/** A line of a run's report. url "": it is about the run. */
export const scrapeEntry = z.object({ at: z.date(), kind: z.enum(ENTRY_KINDS), url: z.string(), words: z.string() }).readonly();
export type ScrapeEntry = z.output<typeof scrapeEntry>;

export const scrapeRunList = z.object({ runs: z.array(scrapeRun).readonly(), paging, total: z.number().int() }).readonly();
export type ScrapeRunList = z.output<typeof scrapeRunList>;

/** The hold of one process on a run. Whoever shows an old one changes nothing. */
export interface RunHold {
  readonly runId: ScrapeRunId;
  readonly holder: string;
}

/** A product that a page shows. sku: 1..100 characters; url: as the page calls itself; pageUrl: as the run lists it. */
export interface SeenProduct {
  readonly supplierId: number;
  readonly sku: string;
  readonly url: string;
  readonly pageUrl: string;
  readonly fields: ScrapedFields;
  readonly doubts: readonly string[];
  readonly extractorVersion: string;
}

/** same: it says what it said; duplicate: another page of this run said something else under that number, and stays; url: that page. */
export type SeenResult = { kind: "new" | "changed" | "same" } | { kind: "duplicate"; url: string };

/** How a run ended. complete: all pages were seen, so that what was not there is missing. */
export interface RunEnd {
  readonly state: Extract<RunState, "complete" | "incomplete" | "stopped" | "failed">;
  readonly ending: string;
}

/** Runs over suppliers' pages, and what was seen. Commands are conditional on the hold of whoever gives them. */
export interface ScrapingService {
  /** One run of a supplier at a time: under-way is the one that is not over. by null: the timetable. */
  askRun(tx: Tx, wish: { supplierId: number; by: UserId | null }): Promise<{ kind: "asked" | "under-way"; runId: ScrapeRunId }>;
  /** Has a paused run go on. False: it is not paused. */
  resumeRun(tx: Tx, id: ScrapeRunId): Promise<boolean>;
  /** Ends it after the page in hand, for good; at once where nobody has it in hand. False: it is over. */
  stopRun(tx: Tx, id: ScrapeRunId): Promise<boolean>;
  /** Writes down that a product was seen: new, changed, or seen again. */
  recordSeen(tx: Tx, hold: RunHold, seen: SeenProduct): Promise<SeenResult>;
  note(tx: Tx, runId: ScrapeRunId, entry: { kind: EntryKind; url?: string; words: string }): Promise<void>;
  /**
   * Ends a run that is held: counts what was found, marks what is missing (only where it is complete, and never more than the
   * rules let pass: then it is incomplete), and has the review compare it, all in one transaction. Null: the hold is another's.
   */
  finishRun(tx: Tx, hold: RunHold, end: RunEnd): Promise<RunEnd | null>;
  /** Has pictures of another site brought to the library and shown with the product, in this order. Asked twice they come once. */
  wantPictures(tx: Tx, want: { productId: ProductId; urls: readonly string[] }): Promise<void>;
  /** Newest first; supplierId null: of all. page: from 1. */
  listRuns(query: { supplierId: number | null; page: number }): Promise<ScrapeRunList>;
  /** Throws not-found. */
  getRun(id: ScrapeRunId): Promise<ScrapeRun>;
  /** By time, at most 500; kind null: all. */
  listEntries(id: ScrapeRunId, kind: EntryKind | null): Promise<readonly ScrapeEntry[]>;
  /** How many there are of each kind. */
  countEntries(id: ScrapeRunId): Promise<Readonly<Partial<Record<EntryKind, number>>>>;
}
