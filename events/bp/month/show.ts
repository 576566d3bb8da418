import type { MonthPage } from "@rose-ash/shared/contracts/events.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { PublicUrl } from "@rose-ash/shared/infrastructure/service-deps.ts";
import { z } from "zod";

const querystring = z.object({ month: z.string().optional() });
const params = z.object({ slug: z.string() });
type Query = z.output<typeof querystring>;

/** GET /: all calendars together; ?month=YYYY-MM, or the present one. */
export const showMonth: Route<{ Querystring: Query }> = {
  method: "GET",
  url: "/",
  schema: { querystring },
  config: { publicPage: ["calendar"] },
  async handler(request, reply) {
    const page = await request.server.services.events.getMonth(null, request.query.month ?? null);
    return reply.page("month/show.html", contextOf(page, request.server.publicUrl));
  },
};

/** GET /calendars/:slug: one calendar. */
export const showMonthOfCalendar: Route<{ Params: z.output<typeof params>; Querystring: Query }> = {
  method: "GET",
  url: "/calendars/:slug",
  schema: { params, querystring },
  config: { publicPage: ["calendar"] },
  async handler(request, reply) {
    const page = await request.server.services.events.getMonth(request.params.slug, request.query.month ?? null);
    return reply.page("month/show.html", contextOf(page, request.server.publicUrl));
  },
};

/** The page with the calendars as a second line, each in the month that is shown; one alone needs none. */
function contextOf(page: MonthPage, publicUrl: PublicUrl) {
  const inMonth = (url: string) => `${url}?month=${page.month}`;
  const all = { name: "All calendars", url: inMonth(publicUrl("events", "/")), isCurrent: page.calendar === null };
  const each = page.calendars.map(({ name, slug, url }) => ({ name, url: inMonth(url), isCurrent: slug === page.calendar?.slug }));
  const days = page.weeks.flat().filter(({ isInMonth }) => isInMonth);
  return {
    month: page,
    sections: each.length > 1 ? [all, ...each] : [],
    isEmpty: days.every(({ entries }) => entries.length === 0),
    isThisMonth: days.some(({ isToday }) => isToday),
  };
}
