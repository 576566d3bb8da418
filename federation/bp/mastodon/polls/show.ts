import type { StatusView } from "@rose-ash/shared/contracts/statuses.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { pollEntity } from "../../../mastodon/entities/poll.ts";
import { idOfStatus } from "../../../mastodon/entities/status.ts";
import { anybody, readerOf } from "../access.ts";
import { notFound } from "../errors.ts";
import { type StatusRequest, statusOf, statusParams } from "../statuses/params.ts";

/** GET /api/v1/polls/:id: by the id of its post. */
export const showPoll: Route<StatusRequest> = {
  method: "GET",
  url: "/api/v1/polls/:id",
  schema: { params: statusParams },
  config: anybody("read:statuses"),
  async handler(request, reply) {
    const reader = readerOf(request);
    return reply.send(pollOf(await statusOf(request, reader), reader !== null));
  },
};

/** Throws 404 for a post that asks nothing. */
export function pollOf(view: StatusView, isReader: boolean) {
  if (view.poll === null) throw notFound();
  return pollEntity(view.poll, idOfStatus(view), isReader);
}
