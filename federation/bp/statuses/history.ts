import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { readerOf } from "../hub/reader.ts";
import { type StatusRequest, statusParams } from "./params.ts";

/** GET /posts/:id/history: how a post read before it was edited, the latest first. */
export const showHistory: Route<StatusRequest> = {
  method: "GET",
  url: "/posts/:id/history",
  schema: { params: statusParams },
  async handler(request, reply) {
    const { statuses } = request.server.services;
    const reader = readerOf(request);
    const status = await statuses.getStatus(request.params.id, reader);
    reply.header("cache-control", "private, no-store");
    return reply.page("statuses/history.html", { status, versions: await statuses.listVersions(status.id, reader) });
  },
};
