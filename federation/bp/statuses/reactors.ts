import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { readerOf } from "../hub/reader.ts";
import { type StatusRequest, statusParams } from "./params.ts";

const LISTS = [
  { name: "boosts", type: "Announce", title: "Who boosted it" },
  { name: "likes", type: "Like", title: "Who liked it" },
] as const;

/** GET /posts/:id/boosts and likes: by whom. */
export const listReactors: readonly Route<StatusRequest>[] = LISTS.map(({ name, type, title }) => ({
  method: "GET",
  url: `/posts/:id/${name}`,
  schema: { params: statusParams },
  async handler(request, reply) {
    const { statuses } = request.server.services;
    const reader = readerOf(request);
    const status = await statuses.getStatus(request.params.id, reader);
    const people = await statuses.listReactors(status.id, type, reader);
    reply.header("cache-control", "private, no-store");
    return reply.page("statuses/reactors.html", { title, status, people });
  },
}));
