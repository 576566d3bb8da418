import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { lineOf } from "../activity-line.ts";
import { readerOf } from "../hub/reader.ts";
import { type TimelineQuery, timelineQuery } from "../hub/send-timeline.ts";
import { showHome } from "../hub/show-home.ts";
import { tabsOf } from "../hub/tabs.ts";
import { byDay } from "./by-day.ts";

/** GET /: a member's home; for guests the public activities, newest first; ?before= goes on after the line of that id. */
export const showTimeline: Route<{ Querystring: TimelineQuery }> = {
  method: "GET",
  url: "/",
  schema: { querystring: timelineQuery },
  config: { publicPage: ["timeline"] },
  async handler(request, reply) {
    const reader = readerOf(request);
    return reader === null ? sendBoard(request, reply, "/") : showHome(request, reply, reader);
  },
};

/** GET /board: the same for members, whose home is another. */
export const showBoard: Route<{ Querystring: TimelineQuery }> = {
  method: "GET",
  url: "/board",
  schema: { querystring: timelineQuery },
  config: { publicPage: ["timeline"] },
  handler: (request, reply) => sendBoard(request, reply, "/board"),
};

async function sendBoard(request: FastifyRequest, reply: FastifyReply, path: string): Promise<FastifyReply> {
  const { before } = request.query as TimelineQuery; // both routes say so
  const { services, runtime, publicUrl } = request.server;
  const { activities, olderUrl } = await services.federation.listPublicActivities(
    before === undefined ? null : Number.parseInt(before, 10),
  );
  const days = byDay(activities.map(lineOf), runtime.site.timeZone);
  const last = activities.at(-1);
  return reply.page("timeline/show.html", {
    ...{ days, tabs: tabsOf(path, readerOf(request)), newestUrl: before === undefined ? null : publicUrl("federation", path) },
    olderUrl: olderUrl === null || last === undefined ? null : publicUrl("federation", `${path}?before=${last.id}`),
  });
}
