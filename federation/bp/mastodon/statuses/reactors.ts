import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { makeShow } from "../../../mastodon/show.ts";
import { anybody, readerOf } from "../access.ts";
import { limitOf, readParams } from "../params.ts";
import { type StatusRequest, statusParams } from "./params.ts";

const params = z.object({ limit: limitOf(40, 100) });

/** GET /api/v1/statuses/:id/reblogged_by and …/favourited_by: the latest first. */
export const statusReactors: readonly Route<StatusRequest>[] = (
  [
    ["reblogged_by", "Announce"],
    ["favourited_by", "Like"],
  ] as const
).map(([name, type]) => ({
  method: "GET",
  url: `/api/v1/statuses/:id/${name}`,
  schema: { params: statusParams },
  config: anybody("read:statuses"),
  async handler(request: FastifyRequest<StatusRequest>, reply: FastifyReply) {
    const reader = readerOf(request);
    const { limit } = await readParams(request, params);
    const found = (await request.server.services.statuses.listReactors(request.params.id, type, reader)).slice(0, limit);
    const accounts = await makeShow(request.server, reader).accounts(found.map(({ uri }) => uri));
    return reply.send(found.flatMap(({ uri }) => accounts.get(uri) ?? []));
  },
}));
