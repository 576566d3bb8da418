import type { ScrapingService } from "../../contracts/scraping.ts";
import { scrapeEntries } from "../../models/scraping.ts";

/** Longer words are cut: addresses and titles of others are in them. */
const LONGEST = 1000;

/** Writes a line of a run's report. */
export const note: ScrapingService["note"] = async (tx, runId, { kind, url = "", words }) => {
  await tx.insert(scrapeEntries).values({ runId, kind, url: storable(url), words: storable(words) });
};

/** No text of PostgreSQL holds the character 0. */
function storable(text: string): string {
  return text.replaceAll("\0", "").slice(0, LONGEST);
}
