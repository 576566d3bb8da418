import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { readerOf } from "./reader.ts";
import { sendTimeline, type TimelineQuery, timelineQuery } from "./send-timeline.ts";

/** GET /local: what members say to everybody. */
export const showLocal: Route<{ Querystring: TimelineQuery }> = {
  method: "GET",
  url: "/local",
  schema: { querystring: timelineQuery },
  async handler(request, reply) {
    const page = await request.server.services.statuses.listLocal(readerOf(request), request.query.before ?? null);
    return sendTimeline(request, reply, {
      ...{ title: "Members", lead: "What members of the co-op say to everybody.", path: "/local", page, compose: null },
      empty: { title: "Nobody has said anything yet", body: "What members say to everybody stands here.", label: "Go home", url: "/" },
    });
  },
};
