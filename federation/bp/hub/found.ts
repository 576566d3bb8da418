import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { readerOf } from "./reader.ts";
import { sendTimeline, timelineQuery } from "./send-timeline.ts";

const querystring = timelineQuery.extend({ q: z.string().max(1000).default("") });
type FoundQuery = z.output<typeof querystring>;

/** GET /found?q=: members' public posts with these words, of those who let theirs be found so. */
export const showFound: Route<{ Querystring: FoundQuery }> = {
  method: "GET",
  url: "/found",
  schema: { querystring },
  async handler(request, reply) {
    const { q, before } = request.query;
    const words = q.trim();
    const page = await request.server.services.statuses.listFound(words, readerOf(request), before ?? null);
    const empty = {
      title: words === "" ? "What are you looking for?" : "Nothing was found",
      body: "Posts are found whose authors allow it, by all of the words.",
      label: "Find people and tags",
      url: `/people?${new URLSearchParams({ q: words })}`,
    };
    return sendTimeline(request, reply, {
      title: "Find posts",
      lead: "What members said to everybody, the newest first.",
      path: `/found?${new URLSearchParams({ q: words })}`,
      ...{ page, empty, compose: null, words },
    });
  },
};
