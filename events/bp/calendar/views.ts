import type { RoomLine } from "@rose-ash/shared/contracts/calendar-setup.ts";
import type { CalendarLink, DaysPage, MonthPage } from "@rose-ash/shared/contracts/events.ts";
import { addDays, mondayOf } from "@rose-ash/shared/infrastructure/zoned-time.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { addressOf, type CalendarQuery, filterOf, VIEWS, type View } from "./query.ts";
import { spanWords } from "./span-words.ts";

/** calendarSlug null: all together. room: the one whose page it is; isOffered: it can be booked. */
export interface Asked {
  readonly calendarSlug: string | null;
  readonly room:
    | (RoomLine & { readonly whole: { readonly name: string; readonly slug: string } | null; readonly isOffered: boolean })
    | null;
  readonly query: CalendarQuery;
}

const DAYS: Record<Exclude<View, "month">, number> = { week: 7, day: 1, agenda: 30 };
const NAMES: Record<View, string> = { month: "Month", week: "Week", day: "Day", agenda: "Agenda" };

/** A month as a grid. */
export async function sendMonth(request: FastifyRequest, reply: FastifyReply, asked: Asked): Promise<FastifyReply> {
  const { events } = request.server.services;
  const { query, calendarSlug } = asked;
  const [month, filters] = await Promise.all([
    events.getMonth(calendarSlug, query.month ?? null, filterOf(query)),
    events.listFilters(calendarSlug),
  ]);
  const days = month.weeks.flat().filter(({ isInMonth }) => isInMonth);
  const path = pathOf(asked);
  const turn = (url: string) => addressOf(path, { ...own(asked), month: new URL(url).searchParams.get("month") });
  const first = days.find(({ isToday }) => isToday)?.on ?? days[0]?.on ?? "";
  return reply.page("calendar/month.html", {
    ...frameOf(request, asked, month, { filters, on: first, month: month.month }),
    month: { ...month, previousUrl: turn(month.previousUrl), nextUrl: turn(month.nextUrl), todayUrl: addressOf(path, own(asked)) },
    isEmpty: days.every(({ entries }) => entries.length === 0),
    isThisMonth: days.some(({ isToday }) => isToday),
  });
}

/** Days in a row: a week from Monday, a day, or thirty days of which the empty ones are left out. */
export async function sendDays(request: FastifyRequest, reply: FastifyReply, asked: Asked): Promise<FastifyReply> {
  const { events } = request.server.services;
  const { query, calendarSlug } = asked;
  const view = query.view === "month" ? "agenda" : query.view;
  const span = DAYS[view];
  const from = query.on === undefined ? null : view === "week" ? mondayOf(query.on) : query.on;
  const [found, filters] = await Promise.all([
    events.getDays(calendarSlug, { from, days: span }, filterOf(query)).then(async (page) => {
      // only the calendar knows which day it is: the present week is asked for by its Monday
      if (from !== null || view !== "week") return page;
      return events.getDays(calendarSlug, { from: mondayOf(page.today), days: span }, filterOf(query));
    }),
    events.listFilters(calendarSlug),
  ]);
  const path = pathOf(asked);
  const at = (on: string) => addressOf(path, { ...own(asked), view, on });
  const { days } = found;
  return reply.page("calendar/days.html", {
    ...frameOf(request, asked, found, { filters, on: found.firstOn, month: found.firstOn.slice(0, 7) }),
    ...{
      view,
      page: found,
      ...inARow(days),
      label: spanWords(found.firstOn, found.lastOn),
      isEmpty: days.every(({ entries }) => entries.length === 0),
    },
    previousUrl: at(addDays(found.firstOn, -span)),
    nextUrl: at(addDays(found.firstOn, span)),
    todayUrl: addressOf(path, { ...own(asked), view }),
    isNow: found.firstOn <= found.today && found.today <= found.lastOn,
  });
}

/** Each once, though it goes on for days; and how many there are beside them. */
export function inARow(days: DaysPage["days"]) {
  const entries = new Map(days.flatMap((day) => day.entries).map((entry) => [`${entry.url} ${entry.startsAt.getTime()}`, entry]));
  const inOrder = [...entries.values()].sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
  return { entries: inOrder, more: days.reduce((sum, { more }) => sum + more, 0) };
}

type Filters = Awaited<ReturnType<FastifyRequest["server"]["services"]["events"]["listFilters"]>>;

/** What all views have around them: the calendars as a second line, the views as tabs, what can be filtered by. */
function frameOf(request: FastifyRequest, asked: Asked, page: MonthPage | DaysPage, at: { filters: Filters; on: string; month: string }) {
  const { query, room } = asked;
  const path = pathOf(asked);
  const { publicUrl } = request.server;
  const when = { view: query.view, ...(query.view === "month" ? { month: query.month } : { on: query.on }) };
  const inView = (url: string) => addressOf(url, when);
  const all = { name: "All calendars", url: inView(publicUrl("events", "/")), isCurrent: page.calendar === null && room === null };
  const each = page.calendars.map((one: CalendarLink) => ({
    name: one.name,
    url: inView(one.url),
    isCurrent: one.slug === page.calendar?.slug,
  }));
  const tabs = VIEWS.map((view) => ({
    name: NAMES[view],
    url: addressOf(path, { ...own(asked), view, ...(view === "month" ? { month: at.month } : { on: at.on }) }),
    isCurrent: view === query.view,
  }));
  const { tag, words } = filterOf(query);
  return {
    ...{
      calendar: page.calendar,
      calendars: page.calendars,
      zone: page.zone,
      room,
      here: path,
      tabs,
      tag,
      words,
      isMember: request.viewer.kind === "member",
    },
    sections: each.length > 1 || room !== null ? [all, ...each] : [],
    hidden: Object.entries(when).filter(([, value]) => value),
    ...{ filters: at.filters, chosenRoom: room === null ? (query.room ?? "") : "" },
    isFiltered: words !== "" || tag !== null || (room === null && query.room !== undefined && query.room !== ""),
    proposeUrl: forMembers(request, page.calendar === null ? "/propose" : `/propose?calendar=${page.calendar.slug}`),
    shareUrl: page.calendar === null ? null : publicUrl("events", `/calendars/${page.calendar.slug}/share`),
  };
}

/** Where a member goes at once, and a guest after signing in. */
export function forMembers({ viewer }: FastifyRequest, path: string): string {
  return viewer.kind === "member" ? path : `/auth/login?next=${encodeURIComponent(path)}`;
}

/** What stays when one turns to other days. */
function own({ query, room }: Asked) {
  return { room: room === null ? query.room : null, tag: query.tag, q: query.q };
}

function pathOf({ calendarSlug, room }: Asked): string {
  if (room !== null) return `/rooms/${room.slug}`;
  return calendarSlug === null ? "/" : `/calendars/${calendarSlug}`;
}
