import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { readerOf } from "../hub/reader.ts";
import { type StatusRequest, statusParams } from "./params.ts";

/** GET /posts/:id: a post, what it answers above it and the answers below. Servers that ask for it get the document of a member's. */
export const showStatus: Route<StatusRequest> = {
  method: "GET",
  url: "/posts/:id",
  schema: { params: statusParams },
  config: { document: "Status" },
  async handler(request, reply) {
    const reader = readerOf(request);
    const thread = await request.server.services.statuses.getThread(request.params.id, reader);
    reply.header("cache-control", "private, no-store").header("vary", "accept");
    return reply.page("statuses/show.html", { ...thread, here: `/posts/${request.params.id}`, isMember: reader !== null });
  },
};
