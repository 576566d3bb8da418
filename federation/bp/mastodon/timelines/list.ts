import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { member, memberReader } from "../access.ts";
import { type ListRequest, listParams } from "../lists/params.ts";
import { pageParams } from "../paging.ts";
import { readParams } from "../params.ts";
import { sendStatuses } from "./send.ts";

const params = z.object(pageParams);

/** GET /api/v1/timelines/list/:id: what those say who are in a list of the member's. */
export const listTimeline: Route<ListRequest> = {
  method: "GET",
  url: "/api/v1/timelines/list/:id",
  schema: { params: listParams },
  config: member("read:lists"),
  async handler(request, reply) {
    const reader = memberReader(request);
    const { people, statuses } = request.server.services;
    const actors = await people.listPeopleOfList(reader.userId, request.params.id);
    return sendStatuses(request, reply, await readParams(request, params), (from) => statuses.listOfActors(actors, reader, from));
  },
};
