import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { boostEntity } from "../../../mastodon/entities/status.ts";
import { makeShow } from "../../../mastodon/show.ts";
import { member, memberReader } from "../access.ts";
import { notFound } from "../errors.ts";
import { entityOf, type StatusRequest, statusOf, statusParams } from "./params.ts";

/** POST /api/v1/statuses/:id/reblog: gives the line that the member's followers get. */
export const reblogStatus: Route<StatusRequest> = {
  method: "POST",
  url: "/api/v1/statuses/:id/reblog",
  schema: { params: statusParams },
  config: member("write:statuses"),
  async handler(request, reply) {
    const reader = memberReader(request);
    const { services, transaction, fediverse } = request.server;
    const { id } = await statusOf(request, reader);
    await transaction((tx) => services.statuses.react(tx, reader, id, "Announce"));
    const { uri } = fediverse.actors.ofMember(reader.handle);
    const inner = await entityOf(request, await statusOf(request, reader));
    const [own, { lines }] = await Promise.all([
      makeShow(request.server, reader).accounts([uri]),
      services.statuses.listOf(uri, reader, null),
    ]);
    const booster = own.get(uri);
    if (booster === undefined) throw notFound();
    const line = lines.find(({ status, boostedBy }) => status.id === id && boostedBy !== null);
    const now = request.server.runtime.clock.now();
    const place = line?.place ?? `${now.getTime() * 1000}-${id}`; // boosted before, and further down by now
    return reply.send(boostEntity(inner, booster, place, new Date(Number(place.split("-")[0]) / 1000)));
  },
};
