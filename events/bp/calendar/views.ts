import type { RoomLine } from "@rose-ash/shared/contracts/calendar-setup.ts";
import type { CalendarLink, DaysPage, MonthPage } from "@rose-ash/shared/contracts/events.ts";
import { addDays, instantOf, mondayOf, wallClockOf } from "@rose-ash/shared/infrastructure/zoned-time.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { addressOf, type CalendarQuery, filterOf, VIEWS, type View } from "./query.ts";
import { spanWords } from "./span-words.ts";

/** calendarSlug null: all together. roomSlug: of the room whose page it is. */
export interface Asked {
  readonly calendarSlug: string | null;
  readonly roomSlug: string | null;
  readonly query: CalendarQuery;
}

/**
 * Days of a calendar or room as everybody sees them. html: tabs, filters and days, drawn by our templates. goodUntil: when today ends, in
 * ms since 1970.
 */
export const calendarView = z.object({
  title: z.string(),
  html: z.string(),
  calendar: z.object({ name: z.string(), slug: z.string(), description: z.string() }).nullable(),
  room: z.object({ name: z.string(), description: z.string(), whole: z.string() }).nullable(),
  sections: z.array(z.object({ name: z.string(), url: z.string(), isCurrent: z.boolean() })),
  goodUntil: z.number(),
});
export type CalendarView = z.output<typeof calendarView>;

const DAYS: Record<Exclude<View, "month">, number> = { week: 7, day: 1, agenda: 30 };
const NAMES: Record<View, string> = { month: "Month", week: "Week", day: "Day", agenda: "Agenda" };

type Room = RoomLine & { readonly whole: { readonly name: string; readonly slug: string } | null };
/** What was drawn, and what it is of. */
interface Drawn {
  readonly page: MonthPage | DaysPage;
  readonly label: string;
  readonly html: string;
}

/** Draws views anew. */
export function makeViews(app: FastifyInstance): (asked: Asked) => Promise<CalendarView> {
  const { services, runtime, publicUrl } = app;
  return async (asked) => {
    const now = runtime.clock.now();
    const room = asked.roomSlug === null ? null : await services.calendarSetup.getRoom(asked.roomSlug);
    const { page, label, html } = await (asked.query.view === "month" ? drawMonth(app, asked, room) : drawDays(app, asked, room));
    const { calendar } = page;
    return {
      ...{ html, title: [room?.name, calendar?.name, label].filter((part) => part !== undefined).join(", ") },
      calendar: calendar && { name: calendar.name, slug: calendar.slug, description: calendar.description },
      room: room && { name: room.name, description: room.description, whole: room.whole?.name ?? "" },
      sections: sectionsOf(asked, page, publicUrl("events", "/")),
      goodUntil: endOfDay(now, page.zone).getTime(),
    };
  };
}

/** A month as a grid. */
async function drawMonth({ services: { events }, templating }: FastifyInstance, asked: Asked, room: Room | null): Promise<Drawn> {
  const query = withRoom(asked);
  const [month, filters] = await Promise.all([
    events.getMonth(asked.calendarSlug, query.month ?? null, filterOf(query)),
    events.listFilters(asked.calendarSlug),
  ]);
  const days = month.weeks.flat().filter(({ isInMonth }) => isInMonth);
  const path = pathOf(asked);
  const turn = (url: string) => addressOf(path, { ...own(asked), month: new URL(url).searchParams.get("month") });
  const first = days.find(({ isToday }) => isToday)?.on ?? days[0]?.on ?? "";
  const html = await templating.render("calendar/month.html", {
    ...frameOf(asked, month, { filters, room, on: first, month: month.month }),
    month: { ...month, previousUrl: turn(month.previousUrl), nextUrl: turn(month.nextUrl), todayUrl: addressOf(path, own(asked)) },
    isEmpty: days.every(({ entries }) => entries.length === 0),
    isThisMonth: days.some(({ isToday }) => isToday),
  });
  return { page: month, label: month.label, html };
}

/** Days in a row: a week from Monday, a day, or thirty days of which the empty ones are left out. */
async function drawDays({ services: { events }, templating }: FastifyInstance, asked: Asked, room: Room | null): Promise<Drawn> {
  const query = withRoom(asked);
  const view = query.view === "month" ? "agenda" : query.view;
  const span = DAYS[view];
  const from = query.on === undefined ? null : view === "week" ? mondayOf(query.on) : query.on;
  const ask = (first: string | null) => events.getDays(asked.calendarSlug, { from: first, days: span }, filterOf(query));
  const [found, filters] = await Promise.all([
    // only the calendar knows which day it is: the present week is asked for by its Monday
    ask(from).then((page) => (from === null && view === "week" ? ask(mondayOf(page.today)) : page)),
    events.listFilters(asked.calendarSlug),
  ]);
  const path = pathOf(asked);
  const at = (on: string) => addressOf(path, { ...own(asked), view, on });
  const label = spanWords(found.firstOn, found.lastOn);
  const html = await templating.render("calendar/days.html", {
    ...frameOf(asked, found, { filters, room, on: found.firstOn, month: found.firstOn.slice(0, 7) }),
    ...{ view, page: found, ...inARow(found.days), label },
    isEmpty: found.days.every(({ entries }) => entries.length === 0),
    previousUrl: at(addDays(found.firstOn, -span)),
    nextUrl: at(addDays(found.firstOn, span)),
    todayUrl: addressOf(path, { ...own(asked), view }),
    isNow: found.firstOn <= found.today && found.today <= found.lastOn,
  });
  return { page: found, label, html };
}

/** Each once, though it goes on for days; and how many there are beside them. */
export function inARow(days: DaysPage["days"]) {
  const entries = new Map(days.flatMap((day) => day.entries).map((entry) => [`${entry.url} ${entry.startsAt.getTime()}`, entry]));
  const inOrder = [...entries.values()].sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
  return { entries: inOrder, more: days.reduce((sum, { more }) => sum + more, 0) };
}

/** Days that are shown of all calendars stay so in each of them. */
function whenOf({ query }: Asked) {
  return { view: query.view, ...(query.view === "month" ? { month: query.month } : { on: query.on }) };
}

/** The calendars as a second line. */
function sectionsOf(asked: Asked, page: MonthPage | DaysPage, home: string) {
  const inView = (url: string) => addressOf(url, whenOf(asked));
  const isAll = page.calendar === null && asked.roomSlug === null;
  const all = { name: "All calendars", url: inView(home), isCurrent: isAll };
  const each = page.calendars.map((one: CalendarLink) => ({
    name: one.name,
    url: inView(one.url),
    isCurrent: one.slug === page.calendar?.slug,
  }));
  return each.length > 1 || asked.roomSlug !== null ? [all, ...each] : [];
}

interface Around {
  readonly filters: Awaited<ReturnType<FastifyInstance["services"]["events"]["listFilters"]>>;
  readonly room: Room | null;
  readonly on: string;
  readonly month: string;
}

/** What all views have around them: themselves as tabs, and what can be filtered by. */
function frameOf(asked: Asked, page: MonthPage | DaysPage, at: Around) {
  const { query } = asked;
  const path = pathOf(asked);
  const tabs = VIEWS.map((view) => ({
    name: NAMES[view],
    url: addressOf(path, { ...own(asked), view, ...(view === "month" ? { month: at.month } : { on: at.on }) }),
    isCurrent: view === query.view,
  }));
  const { tag, price, words, room } = filterOf(query);
  const chosenRoom = asked.roomSlug === null ? (room ?? "") : "";
  return {
    ...{ calendar: page.calendar, calendars: page.calendars, zone: page.zone, room: at.room, here: path, tabs, tag, price, words },
    hidden: Object.entries(whenOf(asked)).filter(([, value]) => value),
    ...{ filters: at.filters, chosenRoom, isFiltered: words !== "" || tag !== null || price !== null || chosenRoom !== "" },
  };
}

/** What stays when one turns to other days. */
function own({ query, roomSlug }: Asked) {
  return { room: roomSlug === null ? query.room : null, tag: query.tag, price: query.price, q: query.q };
}

function withRoom({ query, roomSlug }: Asked): CalendarQuery {
  return roomSlug === null ? query : { ...query, room: roomSlug };
}

/** Where it stands, without what is asked of it. */
export function pathOf({ calendarSlug, roomSlug }: Asked): string {
  if (roomSlug !== null) return `/rooms/${roomSlug}`;
  return calendarSlug === null ? "/" : `/calendars/${calendarSlug}`;
}

function endOfDay(now: Date, zone: string): Date {
  const { year, month, day } = wallClockOf(now, zone);
  return instantOf({ year, month, day: day + 1, hour: 0, minute: 0 }, zone);
}
