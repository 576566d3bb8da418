import { type SQL, sql } from "drizzle-orm";
import { calendarEntries } from "../../models/events.ts";
import { occurrences } from "../../models/occurrences.ts";

/** Of an entry's times the one that is on or comes next; the last, where all are over. now: an instant. */
export function isNextTime(now: SQL): SQL {
  return sql`${occurrences.id} = (
    select this.id from ${occurrences} as this where this.entry_id = ${calendarEntries.id}
    order by this.ends_at > ${now} desc, abs(extract(epoch from this.starts_at - ${now})), this.id limit 1)`;
}
