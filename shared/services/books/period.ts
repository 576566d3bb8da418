import { type SQL, sql } from "drizzle-orm";
import type { BookPeriod } from "../../contracts/books.ts";

/** The instants of a period: from the beginning of its first day to the end of its last. */
export function boundsOf({ from, until }: BookPeriod, timeZone: string): { begin: SQL; end: SQL } {
  return {
    begin: sql`(${from}::date::timestamp at time zone ${timeZone})`,
    end: sql`((${until}::date + 1)::timestamp at time zone ${timeZone})`,
  };
}
