import { eq, type SQL, sql } from "drizzle-orm";
import type { EntryCard, EntryFilter } from "../../contracts/events.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { calendars, rooms } from "../../models/calendars.ts";
import { calendarEntries } from "../../models/events.ts";
import type { CalendarId, OccurrenceId } from "../../models/ids.ts";
import { media } from "../../models/media.ts";
import { entryOverrides, occurrences } from "../../models/occurrences.ts";
import { cleanWords } from "../search.ts";
import { cardFields, entryColumns } from "./entry-card.ts";

const DAY_MS = 86_400_000;

/** Days of a zone, YYYY-MM-DD, both included; mostADay: what is more on a day is counted only. */
export interface DaysAsked {
  readonly firstOn: string;
  readonly lastOn: string;
  readonly zone: string;
  readonly calendarId: CalendarId | null;
  readonly mostADay: number;
  readonly filter: EntryFilter;
}

/** A day's entries, which whoever makes the page checks: of the whole day first, long ones before short ones. total: of that day, with what is not in cards. */
export interface DayRead {
  readonly cards: readonly EntryCard[];
  readonly total: number;
}

/**
 * What touches days of a zone, by day. An end is exclusive: what ends at midnight does not touch the day after. What takes whole days
 * keeps the days of its own zone. However much there is on a day, the database gives no more of it than is shown.
 */
export function makeReadDays({ db, publicUrl }: Pick<ServiceDeps, "db" | "publicUrl">) {
  const byId = prepareById(db);
  return async (asked: DaysAsked): Promise<ReadonlyMap<string, DayRead>> => {
    const { rows } = await db.execute<{ on: string; id: string; total: string }>(daysQuery(asked));
    const ids = [...new Set(rows.map(({ id }) => Number(id) as OccurrenceId))];
    const found = ids.length === 0 ? [] : await byId.execute({ ids });
    const cards = new Map(found.map((row) => [row.id, cardFields(row, publicUrl)]));
    const days = new Map<string, { cards: EntryCard[]; total: number }>();
    for (const { on, id, total } of rows) {
      const card = cards.get(Number(id) as OccurrenceId);
      const day = days.get(on) ?? { cards: [], total: Number(total) };
      if (card) day.cards.push(card);
      days.set(on, day);
    }
    return days;
  };
}

function prepareById(db: ServiceDeps["db"]) {
  return db
    .select({ id: occurrences.id, ...entryColumns })
    .from(occurrences)
    .innerJoin(calendarEntries, eq(calendarEntries.id, occurrences.entryId))
    .innerJoin(calendars, eq(calendars.id, calendarEntries.calendarId))
    .leftJoin(entryOverrides, eq(entryOverrides.id, occurrences.overrideId))
    .leftJoin(rooms, eq(rooms.id, occurrences.roomId))
    .leftJoin(media, eq(media.id, calendarEntries.pictureId))
    .where(sql`${occurrences.id} = any(${sql.placeholder("ids")}::bigint[])`)
    .prepare("events_times_by_id");
}

/**
 * The days of the view begin at instants that are computed once; which of them a time touches is then a search among these numbers,
 * not a question to the rules of a zone for each row. Only what takes whole days asks its own zone.
 */
function daysQuery({ firstOn, lastOn, zone, calendarId, mostADay, filter }: DaysAsked) {
  const midnight = (day: string, shift: number) => sql`((${day}::date + ${shift}::int)::timestamp at time zone ${zone}::text)`;
  const days = 1 + (Date.parse(lastOn) - Date.parse(firstOn)) / DAY_MS;
  const lastMoment = sql`greatest(ends_at - interval '1 millisecond', starts_at)`;
  const dayAt = (at: SQL) =>
    sql`case when is_all_day then (${at} at time zone entry_zone)::date - ${firstOn}::date else width_bucket(${at}, begins) - 1 end`;
  return sql`
    with bounds as materialized (
      select array_agg((${firstOn}::date + n)::timestamp at time zone ${zone}::text order by n) as begins, array_agg(n order by n) as numbers
      from generate_series(0, ${days}::int) as n
    ), times as (
      select occurrences.id, occurrences.starts_at, occurrences.ends_at, coalesce(entry_overrides.is_all_day, calendar_entries.is_all_day) as is_all_day,
        coalesce(entry_overrides.zone, calendar_entries.zone) as entry_zone
      from occurrences join calendar_entries on calendar_entries.id = entry_id left join entry_overrides on entry_overrides.id = override_id
      where calendar_entries.status in ('confirmed', 'cancelled')
        and occurrences.starts_at < ${midnight(lastOn, 2)} and occurrences.ends_at >= ${midnight(firstOn, -1)}
        and occurrences.starts_at > ${midnight(firstOn, -402)}
        ${calendarId === null ? sql`` : sql`and occurrences.calendar_id = ${calendarId}`} ${filterOf(filter)}
    ), spans as materialized (
      select id, starts_at, ends_at, is_all_day, greatest(${dayAt(sql`starts_at`)}, 0) as first_on, least(${dayAt(lastMoment)}, ${days}::int - 1) as last_on
      from times, bounds
    ), touched as (
      select id, starts_at, ends_at, is_all_day, first_on as day from spans where first_on = last_on
      union all select id, starts_at, ends_at, is_all_day, day
      from spans, bounds, unnest(numbers[first_on + 1 : last_on + 1]) as day where first_on < last_on
    ), days as (
      select id, day, row_number() over (partition by day order by is_all_day desc, starts_at, ends_at desc, id) as place,
        count(*) over (partition by day) as total
      from touched
    )
    select to_char(${firstOn}::date + day, 'YYYY-MM-DD') as "on", id, total from days where place <= ${mostADay} order by day, place`;
}

/** room: what is in it, in one inside it, or in one around it. */
function filterOf({ room, tag, price, words }: EntryFilter) {
  const inRoom = sql`and occurrences.room_id in (
    with recursive inside as (
      select id from rooms where slug = ${room} union select rooms.id from rooms join inside on rooms.within_id = inside.id
    ), around as (
      select id, within_id from rooms where slug = ${room} union select rooms.id, rooms.within_id from rooms join around on rooms.id = around.within_id
    )
    select id from inside union select id from around)`;
  const hasTag = sql`and coalesce(entry_overrides.tags, calendar_entries.tags) @> array[${tag}]::text[]`;
  const tickets = sql`select from ticket_types where ticket_types.entry_id = occurrences.entry_id and not is_closed`;
  const hasPrice = price === "free" ? sql`and not exists (${tickets} and price_minor > 0)` : sql`and exists (${tickets} and code = '')`;
  const hasWords = sql`and search @@ websearch_to_tsquery('public.plain_english', ${cleanWords(words)})`;
  return sql`${room === null ? sql`` : inRoom} ${tag === null ? sql`` : hasTag} ${price === null ? sql`` : hasPrice} ${words === "" ? sql`` : hasWords}`;
}
