import type { ClientMarker, MarkedTimeline } from "@rose-ash/shared/contracts/client-api.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { MARKED_TIMELINES } from "@rose-ash/shared/models/client-api.ts";
import { z } from "zod";
import { member, memberReader } from "../access.ts";
import { listOf, readParams, text } from "../params.ts";

const listParams = z.object({ timeline: listOf(text(100), 10) });

/** GET /api/v1/markers?timeline[]=…: how far the member has read, as their apps tell each other. */
export const listMarkers: Route = {
  method: "GET",
  url: "/api/v1/markers",
  config: member("read:statuses", "read:notifications"),
  async handler(request, reply) {
    const { userId } = memberReader(request);
    const { timeline } = await readParams(request, listParams);
    const wanted = MARKED_TIMELINES.filter((one) => timeline.includes(one));
    return reply.send(entitiesOf(await request.server.services.clientApi.listMarkers(userId, wanted)));
  },
};

const marker = z.object({ last_read_id: text(64).pipe(z.string().regex(/^\d{1,64}$/)) }).optional();
const params = z.object({ home: marker, notifications: marker });

/** POST /api/v1/markers. */
export const setMarkers: Route = {
  method: "POST",
  url: "/api/v1/markers",
  config: member("write:statuses", "write:notifications"),
  async handler(request, reply) {
    const { userId } = memberReader(request);
    const sent = await readParams(request, params);
    const { services, transaction } = request.server;
    const given = MARKED_TIMELINES.flatMap((timeline): { timeline: MarkedTimeline; id: string }[] => {
      const id = sent[timeline]?.last_read_id;
      return id === undefined ? [] : [{ timeline, id }];
    });
    await transaction(async (tx) => {
      for (const { timeline, id } of given) await services.clientApi.setMarker(tx, userId, timeline, id);
    });
    const timelines = given.map(({ timeline }) => timeline);
    return reply.send(entitiesOf(await services.clientApi.listMarkers(userId, timelines)));
  },
};

const entitiesOf = (markers: readonly ClientMarker[]) =>
  Object.fromEntries(
    markers.map(({ timeline, lastReadId, version, updatedAt }) => [
      timeline,
      { last_read_id: lastReadId, version, updated_at: updatedAt.toISOString() },
    ]),
  );
