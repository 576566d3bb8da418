import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { CalendarFeedId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { CALENDAR_PATH, type CalendarParams, calendarParams, number, typed } from "./fields.ts";
import { sendCalendar } from "./show.ts";

const MAX_URL = 2_000;
const added = z.object({ url: typed });
const named = z.object({ feedId: number.transform((id) => id as CalendarFeedId), withEntries: z.string().optional() });
type Named = { Params: CalendarParams; Body: z.output<typeof named> };

/** POST /admin/calendars/:id/feeds: it follows somebody else's calendar from now on. */
export const addFeed: Route<{ Params: CalendarParams; Body: z.output<typeof added> }> = {
  method: "POST",
  url: `${CALENDAR_PATH}/feeds`,
  schema: { params: calendarParams, body: added },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id } = request.params;
    const url = URL.parse(request.body.url.replace(/^webcals?:/i, "https:"));
    if (url === null || !/^https?:$/.test(url.protocol) || url.username !== "" || url.href.length > MAX_URL)
      return sendCalendar(request, reply.code(422), id, { feedProblem: "An address that begins with https:// or webcal://." });
    const by = adminOf(request).userId;
    const added = await transaction((tx) => services.calendarFiles.addFeed(tx, { calendarId: id, url: url.href, by }));
    return reply.redirect(withNotice(`/admin/calendars/${id}`, added === "added" ? "feed-followed" : "setup-refused"), 303);
  },
};

/** POST /admin/calendars/:id/feeds/asking: it is asked now, and read whole. */
export const askFeed: Route<Named> = {
  method: "POST",
  url: `${CALENDAR_PATH}/feeds/asking`,
  schema: { params: calendarParams, body: named },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id } = request.params;
    await transaction((tx) => services.calendarFiles.askFeed(tx, id, request.body.feedId));
    return reply.redirect(withNotice(`/admin/calendars/${id}`, "feed-asked"), 303);
  },
};

/** POST /admin/calendars/:id/feeds/removal: it is not followed any more; what it brought goes, or stays as the calendar's own. */
export const removeFeed: Route<Named> = {
  method: "POST",
  url: `${CALENDAR_PATH}/feeds/removal`,
  schema: { params: calendarParams, body: named },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id } = request.params;
    const { feedId, withEntries } = request.body;
    const by = adminOf(request).userId;
    await transaction((tx) =>
      services.calendarFiles.removeFeed(tx, { calendarId: id, id: feedId, withEntries: withEntries === "yes", by }),
    );
    return reply.redirect(withNotice(`/admin/calendars/${id}`, "feed-ended"), 303);
  },
};
