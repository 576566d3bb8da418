import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { PeopleListId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { memberReader } from "./reader.ts";
import { sendTimeline, type TimelineQuery, timelineQuery } from "./send-timeline.ts";

const params = z.object({
  id: z.coerce
    .number()
    .int()
    .min(1)
    .max(Number.MAX_SAFE_INTEGER)
    .transform((id) => id as PeopleListId),
});

/** GET /lists/:id: what those say who are in a list of the member's. */
export const showListTimeline: Route<{ Params: z.output<typeof params>; Querystring: TimelineQuery }> = {
  method: "GET",
  url: "/lists/:id",
  schema: { params, querystring: timelineQuery },
  async handler(request, reply) {
    const reader = memberReader(request);
    const { services } = request.server;
    const { id } = request.params;
    const { name } = await services.people.getList(reader.userId, id);
    const actors = await services.people.listPeopleOfList(reader.userId, id);
    const page = await services.statuses.listOfActors(actors, reader, request.query.before ?? null);
    const [path, people] = [`/lists/${id}`, `/lists/${id}/people`];
    const empty = { title: "Nothing yet", body: "What those in this list say stands here.", label: "See who is in it", url: people };
    const lead = "What those in this list say.";
    return sendTimeline(request, reply, {
      title: name,
      lead,
      path,
      page,
      empty,
      compose: null,
      more: { name: "Who is in it", url: people },
    });
  },
};
