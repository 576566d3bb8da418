import { CodedError } from "../../contracts/errors.ts";
import { type DayPage, type DaysPage, daysPage, type EventsService, monthPage } from "../../contracts/events.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { addDays } from "../../infrastructure/zoned-time.ts";
import { calendarLinkOf, prepareCalendars } from "./list-calendars.ts";
import { dayIn, isDay, monthGrid } from "./month-grid.ts";
import { type DayRead, makeReadDays } from "./read-days.ts";

/** A day of a month has room for so many. */
const MOST_IN_MONTH = 6;
const MOST_IN_DAYS = 200;

/** Days of one calendar in its zone, or of all in the co-operative's: a month as a grid, or days in a row. */
export function makeGetMonth(deps: ServiceDeps): Pick<EventsService, "getMonth" | "getDays"> {
  const { db, clock, publicUrl, timeZone } = deps;
  const all = prepareCalendars(db);
  const readDays = makeReadDays(deps);

  async function calendarOf(slug: string | null) {
    const rows = await all.execute();
    const shown = rows.find((row) => row.slug === slug);
    if (slug !== null && shown === undefined) throw new CodedError("not-found", "There is no calendar at this address.");
    const zone = shown?.zone ?? timeZone;
    return {
      ...{
        id: shown?.id ?? null,
        zone,
        today: dayIn(zone, clock.now()),
        url: publicUrl("events", shown ? `/calendars/${shown.slug}` : "/"),
      },
      calendar: shown ? { ...calendarLinkOf(shown, publicUrl), description: shown.description } : null,
      calendars: rows.map((row) => calendarLinkOf(row, publicUrl)),
    };
  }

  const dayOf = (on: string, today: string, url: string, read: DayRead | undefined): DayPage => ({
    ...{ on, day: Number(on.slice(8)), isToday: on === today, url: `${url}?view=day&on=${on}` },
    ...{ entries: read?.cards ?? [], more: (read?.total ?? 0) - (read?.cards.length ?? 0) },
  });

  return {
    async getMonth(calendarSlug, month, filter) {
      const { id, zone, today, url, calendar, calendars } = await calendarOf(calendarSlug);
      const grid = monthGrid(month ?? today.slice(0, 7));
      if (grid === null) throw new CodedError("not-found", "There is no such month in the calendar.", { month });
      const { firstOn, lastOn } = grid;
      const days = await readDays({ firstOn, lastOn, zone, calendarId: id, mostADay: MOST_IN_MONTH, filter: filter ?? NO_FILTER });
      return monthPage.parse({
        ...{ label: grid.label, month: grid.month, zone, calendar, calendars },
        previousUrl: `${url}?month=${grid.previous}`,
        nextUrl: `${url}?month=${grid.next}`,
        todayUrl: url,
        weeks: grid.weeks.map((week) => week.map((day) => ({ ...dayOf(day.on, today, url, days.get(day.on)), isInMonth: day.isInMonth }))),
      });
    },
    async getDays(calendarSlug, { from, days: count }, filter): Promise<DaysPage> {
      const { id, zone, today, url, calendar, calendars } = await calendarOf(calendarSlug);
      const firstOn = from ?? today;
      if (!isDay(firstOn)) throw new CodedError("not-found", "There is no such day in the calendar.", { from });
      const lastOn = addDays(firstOn, count - 1);
      const days = await readDays({ firstOn, lastOn, zone, calendarId: id, mostADay: MOST_IN_DAYS, filter: filter ?? NO_FILTER });
      const list = Array.from({ length: count }, (_, index) => addDays(firstOn, index));
      return daysPage.parse({
        ...{ zone, today, calendar, calendars, firstOn, lastOn },
        days: list.map((on) => dayOf(on, today, url, days.get(on))),
      });
    },
  };
}

const NO_FILTER = { room: null, tag: null, price: null, words: "" };
