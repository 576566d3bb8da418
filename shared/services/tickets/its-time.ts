import { type SQL, sql } from "drizzle-orm";
import { isPartOff } from "../../models/tickets.ts";

/**
 * SQL: joins to a row of tickets called ticket, with its entry, the time that it is for (its), what is otherwise at that time (other)
 * and where that is (room). Of a ticket for all times its next one stands for them.
 */
export function itsTime(now: Date): SQL {
  const at = sql`${now.toISOString()}::timestamptz`;
  return sql`
    left join lateral (
      select * from (
        select * from occurrences as own where own.entry_id = entry.id and (ticket.occurrence_key = '' or own.key = ticket.occurrence_key)
        union all
        select further.* from calendar_entries as later join occurrences as further on further.entry_id = later.id
        where ticket.occurrence_key = '' and entry.recurrence <> '{}' and later.continues @> array[entry.id]
          and ticket.created_at <= later.created_at and later.status in ('confirmed', 'cancelled')
          and not ${isPartOff("ticket", sql`later.id`)}) as this
      order by this.ends_at > ${at} desc, abs(extract(epoch from this.starts_at - ${at})), this.id limit 1) as its on true
    left join entry_overrides as other on other.id = its.override_id
    left join rooms as room on room.id = its.room_id`;
}
