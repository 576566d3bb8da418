import { openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { sql } from "drizzle-orm";

/** Times in the one month. */
export const TIMES = 5_000;
export const BENCH_MONTH = "2030-05";

/** A calendar with TIMES in a month, one in nine of a whole day, one in fifty over several; each under a name of its own. */
export async function fillCalendar(databaseUrl: string): Promise<void> {
  const db = openDb(databaseUrl, 1);
  try {
    await db.execute(sql`insert into calendars (slug, name, colour, zone, position) values ('bench', 'Bench', 'ink', 'Europe/London', 99)`);
    await db.execute(sql`
      insert into calendar_entries (calendar_id, slug, title, summary, html, place, starts_at, ends_at, zone, is_all_day, status, tags)
      select calendars.id, 'bench-' || n, 'Something to come to, number ' || n, 'A line about it', '<p>A text about it.</p>', 'Hall',
        begins, begins + case when n % 9 = 0 then interval '1 day' when n % 50 = 0 then interval '3 days' else interval '90 minutes' end,
        'Europe/London', n % 9 = 0, 'confirmed', array['music']
      from calendars, generate_series(1, ${sql.raw(String(TIMES))}) n,
        lateral (select (date '2030-05-01' + n % 31)::timestamp at time zone 'Europe/London'
          + case when n % 9 = 0 then interval '0' else (n * 7 % 1400) * interval '1 minute' end as begins) as time
      where calendars.slug = 'bench'`);
    await db.execute(sql`vacuum analyze`);
  } finally {
    await db.close();
  }
}
