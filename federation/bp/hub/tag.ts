import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { readerOf } from "./reader.ts";
import { sendTimeline, type TimelineQuery, timelineQuery } from "./send-timeline.ts";

const params = z.object({ tag: z.string().regex(/^[\p{L}\p{N}_]{1,100}$/u) });

/** GET /tags/:tag: what everybody may see under a tag. */
export const showTag: Route<{ Params: z.output<typeof params>; Querystring: TimelineQuery }> = {
  method: "GET",
  url: "/tags/:tag",
  schema: { params, querystring: timelineQuery },
  async handler(request, reply) {
    const tag = request.params.tag.toLowerCase();
    const page = await request.server.services.statuses.listTagged(tag, readerOf(request), request.query.before ?? null);
    const empty = {
      title: "Nothing yet",
      body: `Nobody has used #${tag} where everybody can see it.`,
      label: "See what members say",
      url: "/local",
    };
    const path = `/tags/${encodeURIComponent(tag)}`;
    return sendTimeline(request, reply, {
      title: `#${tag}`,
      lead: "Posts with this tag, the newest first.",
      path,
      page,
      empty,
      compose: null,
    });
  },
};
