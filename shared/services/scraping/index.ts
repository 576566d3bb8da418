import type { ScrapeReviewService } from "../../contracts/scrape-review.ts";
import type { ScrapingService } from "../../contracts/scraping.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { askRun, resumeRun, stopRun } from "./ask-run.ts";
import { finishRun } from "./finish-run.ts";
import { note } from "./note.ts";
import { makeReads } from "./reads.ts";
import { recordSeen } from "./record-seen.ts";
import { wantPictures } from "./want-pictures.ts";

/** Runs over suppliers' pages, over PostgreSQL. */
export function makeScrapingService(deps: ServiceDeps, { scrapeReview }: { scrapeReview: ScrapeReviewService }): ScrapingService {
  return {
    askRun,
    resumeRun,
    stopRun: (tx, id) => stopRun(tx, id, scrapeReview),
    recordSeen,
    note,
    finishRun: (tx, hold, end) => finishRun(tx, hold, end, scrapeReview),
    wantPictures,
    ...makeReads(deps),
  };
}
