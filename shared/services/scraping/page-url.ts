import { sql } from "drizzle-orm";
import { scrapeRecords } from "../../models/scraping.ts";

/** The address under which a run lists the page of a record: what the page calls itself may be another. */
export const PAGE_URL = sql<string>`coalesce(${scrapeRecords.pageUrl}, ${scrapeRecords.url})`;
