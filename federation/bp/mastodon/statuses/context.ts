import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { makeShow } from "../../../mastodon/show.ts";
import { anybody, readerOf } from "../access.ts";
import { type StatusRequest, statusParams } from "./params.ts";

/** GET /api/v1/statuses/:id/context: what came before in its thread, and what answers it. */
export const showContext: Route<StatusRequest> = {
  method: "GET",
  url: "/api/v1/statuses/:id/context",
  schema: { params: statusParams },
  config: anybody("read:statuses"),
  async handler(request, reply) {
    const reader = readerOf(request);
    const { ancestors, replies } = await request.server.services.statuses.getThread(request.params.id, reader);
    const show = makeShow(request.server, reader);
    const shown = await show.statuses([...ancestors, ...replies.map(({ status }) => status)]);
    const above = new Set(ancestors.map(({ uri }) => uri));
    return reply.send({ ancestors: shown.filter(({ uri }) => above.has(uri)), descendants: shown.filter(({ uri }) => !above.has(uri)) });
  },
};
