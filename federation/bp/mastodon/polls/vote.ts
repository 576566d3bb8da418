import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { member, memberReader } from "../access.ts";
import { listOf, readParams, wholeNumber } from "../params.ts";
import { type StatusRequest, statusOf, statusParams } from "../statuses/params.ts";
import { pollOf } from "./show.ts";

const params = z.object({ choices: listOf(wholeNumber(0, 100), 20) });

/** POST /api/v1/polls/:id/votes: once, and only while it is open. */
export const voteInPoll: Route<StatusRequest> = {
  method: "POST",
  url: "/api/v1/polls/:id/votes",
  schema: { params: statusParams },
  config: member("write:statuses"),
  async handler(request, reply) {
    const reader = memberReader(request);
    const { choices } = await readParams(request, params);
    const { services, transaction } = request.server;
    const { id } = await statusOf(request, reader);
    await transaction((tx) => services.statuses.vote(tx, reader, id, choices));
    return reply.send(pollOf(await statusOf(request, reader), true));
  },
};
