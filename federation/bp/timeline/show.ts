import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { lineOf } from "../activity-line.ts";
import { byDay } from "./by-day.ts";

const querystring = z.object({ before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional() });

/** GET /: the public activities, newest first; ?before= goes on after the line of that id. */
export const showTimeline: Route<{ Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/",
  schema: { querystring },
  config: { publicPage: ["timeline"] },
  async handler(request, reply) {
    const { before = null } = request.query;
    const { services, runtime, publicUrl } = request.server;
    const { activities, olderUrl } = await services.federation.listPublicActivities(before);
    const days = byDay(activities.map(lineOf), runtime.site.timeZone);
    return reply.page("timeline/show.html", { days, olderUrl, newestUrl: before === null ? null : publicUrl("federation", "/") });
  },
};
