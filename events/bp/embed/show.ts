import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { inARow } from "../calendar/views.ts";

const params = z.object({ slug: z.string() });
const querystring = z.object({ view: z.enum(["agenda", "month"]).catch("agenda").default("agenda"), month: z.string().optional() });
const DAYS = 60;

/** Everything from here, nothing by a form, and any page may have it in a frame. */
const POLICY = "default-src 'self';base-uri 'none';form-action 'none';img-src 'self' data:;object-src 'none';frame-ancestors *";

/** GET /embed/:slug: a calendar for a frame of another website: what is ahead, or a month. Its links open outside of the frame. */
export const showEmbed: Route<{ Params: z.output<typeof params>; Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/embed/:slug",
  schema: { params, querystring },
  async handler(request, reply) {
    const { services, templating, publicUrl } = request.server;
    const { slug } = request.params;
    const { view, month } = request.query;
    const isMonth = view === "month";
    const [shownMonth, page] = await Promise.all([
      isMonth ? services.events.getMonth(slug, month ?? null) : null,
      isMonth ? null : services.events.getDays(slug, { from: null, days: DAYS }),
    ]);
    const inFrame = (url: string) => `/embed/${slug}?view=month&month=${new URL(url).searchParams.get("month")}`;
    const html = await templating.render("embed/show.html", {
      calendar: shownMonth?.calendar ?? page?.calendar,
      zone: shownMonth?.zone ?? page?.zone,
      month: shownMonth && { ...shownMonth, previousUrl: inFrame(shownMonth.previousUrl), nextUrl: inFrame(shownMonth.nextUrl) },
      entries: page === null ? [] : inARow(page.days).entries,
      url: publicUrl("events", `/calendars/${slug}`),
    });
    return reply
      .header("content-security-policy", POLICY)
      .removeHeader("x-frame-options")
      .header("cross-origin-resource-policy", "cross-origin")
      .header("cache-control", "public, max-age=60, stale-while-revalidate=3600, stale-if-error=86400")
      .type("text/html; charset=utf-8")
      .send(html);
  },
};
