import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { backTo, memberReader } from "../hub/reader.ts";
import { type StatusRequest, statusParams } from "./params.ts";

const choice = z.coerce.number().int().min(0).max(100);
const body = z.object({ choice: z.union([choice, z.array(choice).max(20)]).optional(), back: z.string().max(1000).optional() });

/** POST /posts/:id/votes: answers a poll. */
export const voteOnStatus: Route<StatusRequest & { Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/posts/:id/votes",
  schema: { params: statusParams, body },
  async handler(request, reply) {
    const reader = memberReader(request);
    const { id } = request.params;
    const { choice: chosen, back } = request.body;
    const positions = chosen === undefined ? [] : [chosen].flat();
    const { services, transaction } = request.server;
    if (positions.length > 0) await transaction((tx) => services.statuses.vote(tx, reader, id, positions));
    return reply.redirect(`${backTo(back, `/posts/${id}`)}#post-${id}`, 303);
  },
};
