import type { ScrapeRunId } from "../models/ids.ts";
import type { AcceptanceRules, RunCounts } from "../models/scraping.ts";
import type { RunHold } from "./scraping.ts";
import type { Tx } from "./tx.ts";

/** A supplier that a process knows how to read. configDigest: of all that its file says. */
export interface CrawlableSupplier {
  readonly supplierId: number;
  readonly configDigest: string;
  readonly rules: AcceptanceRules;
}

/** A run that a process has in hand, for HOLD_SECONDS from each keepHold. isResumed: another began it. */
export interface RunInHand extends RunHold {
  readonly supplierId: number;
  readonly isResumed: boolean;
}

/** How far a run is. waiting: pages that are listed and not yet settled; listings: all that are known. isStopAsked: somebody wants it ended. */
export interface RunProgress {
  readonly counts: RunCounts;
  readonly waiting: number;
  readonly listings: number;
  readonly isStopAsked: boolean;
}

/** A page to be fetched. */
export interface WaitingPage {
  readonly url: string;
  readonly kind: "listing" | "product";
  readonly depth: number;
  readonly barren: number;
  readonly attempts: number;
}

/** Pages that were taken and are not settled, and hosts of which enough are: of neither another page is taken. */
export interface InHand {
  readonly urls: readonly string[];
  readonly hosts: readonly string[];
}

/**
 * page: attempts without this one, which is counted before it is made, as a page may make its process fall over. Null: none is due
 * for so many seconds, or, seconds null, none is left besides what is in hand, or the run is to end.
 */
export interface TakenPage {
  readonly progress: RunProgress;
  readonly page: WaitingPage | null;
  readonly seconds: number | null;
}

/** What was kept of a page when it was fetched last, in any run of the supplier. */
export interface KnownPage {
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly snapshot: string;
  readonly contentType: string;
  /** Of the record that was read from it; null: none was. */
  readonly extractorVersion: string | null;
}

/** A page as it came. bytes: unpacked, put away gzipped under their SHA-256. */
export interface PageBytes {
  readonly bytes: Buffer;
  readonly contentType: string;
}

/** What came of a page. later: to be tried again, not before so many seconds. bytes: over the line; products: that it shows. */
export type PageOutcome = {
  readonly url: string;
  readonly status: number | null;
  readonly note: string;
  readonly bytes: number;
  readonly products: number;
} & (
  | {
      readonly state: "fetched" | "unchanged";
      readonly etag: string | null;
      readonly lastModified: string | null;
      readonly snapshot: string;
    }
  | { readonly state: "skipped" | "failed" }
  | { readonly state: "later"; readonly seconds: number }
);

/** What a host's robots.txt came to (RFC 9309 §2.3.1): read, none (all may be fetched), or unreachable (nothing may). */
export interface HostRobots {
  readonly verdict: "read" | "none" | "unreachable";
  readonly text: string;
  readonly at: Date;
}

/** How long a process has a run in hand without saying so again. */
export const HOLD_SECONDS = 60;

/** Another process has the run in hand now, or it is over: what this one still had to say of it is not written down. */
export class HoldLost extends Error {}

/** What a crawler keeps in the database, so that it can be killed at any step. Commands of a run throw HoldLost to whoever lost it. */
export interface CrawlingService {
  /** The supplier by its slug, made where there is none. */
  supplierIdOf(tx: Tx, supplier: { slug: string; name: string }): Promise<number>;
  /** Those of them that there are, by slug. */
  findSuppliers(slugs: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** When its last run was asked for; null: never. */
  findLastAskedAt(supplierId: number): Promise<Date | null>;
  /** Whether a run of these suppliers waits, or is left by whoever had it. */
  isWorkWaiting(supplierIds: readonly number[]): Promise<boolean>;
  /** Takes the oldest such run, or that one; null: there is none. */
  claimRun(
    tx: Tx,
    claim: { holder: string; suppliers: readonly CrawlableSupplier[]; runId: ScrapeRunId | null },
  ): Promise<RunInHand | null>;
  /** stop: somebody wants it ended. lost: another process has it, or it is over. */
  keepHold(tx: Tx, hold: RunHold): Promise<"held" | "stop" | "lost">;
  /** Gives the run back, to be taken up by whoever comes next. */
  releaseRun(tx: Tx, hold: RunHold): Promise<void>;
  /** Puts it aside until somebody has it go on. */
  pauseRun(tx: Tx, hold: RunHold): Promise<void>;
  /** Lists pages that this run does not know; gives how many of these were new. */
  addPages(tx: Tx, hold: RunHold, pages: readonly Pick<WaitingPage, "url" | "kind" | "depth" | "barren">[]): Promise<number>;
  /** Takes the next that is due, listings first, each kind in the order found, and besides what is in hand; a transaction of its own. */
  takePage(hold: RunHold, besides: InHand): Promise<TakenPage>;
  /** Writes down what came of a page, and counts it. */
  settlePage(tx: Tx, hold: RunHold, outcome: PageOutcome): Promise<void>;
  getProgress(runId: ScrapeRunId): Promise<RunProgress>;
  /** Why a run is not complete: pages that failed, and listings that could not be used. */
  listFaults(runId: ScrapeRunId): Promise<readonly { url: string; kind: "listing" | "product"; note: string }[]>;
  /** Only where its bytes are still there. */
  findKnown(supplierId: number, url: string): Promise<KnownPage | null>;
  putSnapshot(tx: Tx, page: PageBytes): Promise<string>;
  getSnapshot(sha256: string): Promise<PageBytes | null>;
  /** Says that the products which this page showed are still shown; gives how many. */
  recordUnchanged(tx: Tx, hold: RunHold, url: string): Promise<number>;
  /** Removes pages, reports and bytes of a supplier's runs but for the last few. */
  forgetOld(tx: Tx, supplierId: number): Promise<void>;
  /**
   * A place in the queue of a host, after which nobody has one for gapMs, whatever becomes of who took it; ms: how far from now it
   * is. One that is further off than mostMs is not taken.
   */
  takeSlot(host: string, wish: { gapMs: number; mostMs: number }): Promise<{ isTaken: boolean; ms: number }>;
  /** Leaves a host alone for a time. */
  holdOff(tx: Tx, host: string, ms: number): Promise<void>;
  findRobots(host: string): Promise<HostRobots | null>;
  keepRobots(tx: Tx, host: string, robots: Omit<HostRobots, "at">): Promise<void>;
}
