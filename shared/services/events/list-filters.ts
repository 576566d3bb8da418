import { sql } from "drizzle-orm";
import type { EventsService } from "../../contracts/events.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";

const MOST_TAGS = 12;

/** What the entries that are ahead can be filtered by. */
export function makeListFilters({ db, clock }: ServiceDeps): EventsService["listFilters"] {
  return async (calendarSlug) => {
    const now = clock.now().toISOString();
    const ahead = sql`
      select occurrences.entry_id, occurrences.room_id, coalesce(entry_overrides.tags, calendar_entries.tags) as tags
      from occurrences join calendar_entries on calendar_entries.id = entry_id join calendars on calendars.id = occurrences.calendar_id
      left join entry_overrides on entry_overrides.id = override_id
      where status in ('confirmed', 'cancelled') and occurrences.ends_at > ${now}::timestamptz and occurrences.starts_at < ${now}::timestamptz + interval '1 year'
        and occurrences.starts_at > ${now}::timestamptz - interval '401 days'
        and (${calendarSlug}::text is null or calendars.slug = ${calendarSlug}::text)`;
    const { rows } = await db.execute<{ rooms: { name: string; slug: string }[]; tags: string[] }>(sql`
      with ahead as materialized (${ahead}), found as (
        select tag from (select distinct entry_id, unnest(tags) as tag from ahead) as each group by tag order by count(*) desc, tag limit ${MOST_TAGS}
      )
      select coalesce((select json_agg(json_build_object('name', name, 'slug', slug) order by position, id) from rooms
        where id in (select room_id from ahead)), '[]') as rooms, coalesce((select json_agg(tag) from found), '[]') as tags`);
    return rows[0] ?? { rooms: [], tags: [] };
  };
}
