import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { addDays } from "@rose-ash/shared/infrastructure/zoned-time.ts";
import { z } from "zod";
import { spanWords } from "../calendar/span-words.ts";
import { readerOf } from "./reader.ts";

const params = z.object({ slug: z.string() });
const querystring = z.object({ from: z.string().max(10).optional().catch(undefined) });

/** GET /rooms/:slug/times: when a room is offered, which of that is free, and why the rest is not. */
export const showTimes: Route<{ Params: z.output<typeof params>; Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/rooms/:slug/times",
  schema: { params, querystring },
  async handler(request, reply) {
    const { services, publicUrl } = request.server;
    const page = await services.bookings.getDays(request.params.slug, request.query.from ?? null, { userId: readerOf(request) });
    const { room, from, until, today, lastOn } = page;
    const here = `/rooms/${room.slug}/times`;
    const [before, after] = [addDays(from, -14), addDays(until, 1)];
    reply.header("cache-control", "private, no-store"); // what is held in carts changes by the minute
    return reply.page("rooms/times.html", {
      ...{ page, room, label: spanWords(from, until), isMember: request.viewer.kind === "member" },
      earlierUrl: from > today ? `${here}${before > today ? `?from=${before}` : ""}` : null,
      laterUrl: after <= lastOn ? `${here}?from=${after}` : null,
      trail: [
        { name: "Calendar", url: publicUrl("events", "/") },
        { name: "Rooms", url: publicUrl("events", "/rooms") },
        { name: room.name },
      ],
    });
  },
};
