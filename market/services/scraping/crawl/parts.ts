import type { CrawlingService } from "@rose-ash/shared/contracts/crawling.ts";
import type { ScrapingService } from "@rose-ash/shared/contracts/scraping.ts";
import type { Transaction } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { Outside } from "@rose-ash/shared/infrastructure/http/outside/index.ts";
import type { SupplierConfig } from "../suppliers/supplier.ts";

/** What a run works with, for all suppliers. */
export interface CrawlParts {
  readonly services: { readonly crawling: CrawlingService; readonly scraping: ScrapingService };
  readonly transaction: Transaction;
  readonly outside: Outside;
  /** Where whoever is asked reads who asks: an address of ours. */
  readonly contact: string;
  /** What is tried again first waits so long, and twice as long each time after. */
  readonly retrySeconds: number;
  readonly random: () => number;
  /** Told of what fell over. */
  readonly report: (error: unknown, url: string) => void;
}

/** The same for one run. signal: aborted when it is to end, for whatever reason. */
export interface RunParts extends CrawlParts {
  readonly supplier: SupplierConfig;
  readonly signal: AbortSignal;
}
