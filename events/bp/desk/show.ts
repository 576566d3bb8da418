import type { RoomClash } from "@rose-ash/shared/contracts/calendar-desk.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { memberOf } from "../member.ts";

/** GET /desk: what waits for the member to decide, what they propose and organise, and their own calendar. */
export const showDesk: Route = {
  method: "GET",
  url: "/desk",
  handler: (request, reply) => sendDesk(request, reply, {}),
};

/** feedUrl: a new address, which is shown this once. clashes: why an entry was not confirmed. */
export async function sendDesk(
  request: FastifyRequest,
  reply: FastifyReply,
  just: { feedUrl?: string; problem?: string; clashes?: readonly RoomClash[] },
): Promise<FastifyReply> {
  const { calendarDesk, calendarFiles, roomDesk } = request.server.services;
  const userId = memberOf(request);
  const [queue, own, address, isKeeper, rooms, waitingRooms] = await Promise.all([
    calendarDesk.listQueue(userId),
    calendarDesk.listOwn(userId),
    calendarFiles.findOwnAddress(userId),
    calendarDesk.isKeeper(userId),
    roomDesk.listKept(userId),
    roomDesk.countWaiting(userId),
  ]);
  reply.header("cache-control", "private, no-store");
  return reply.page("desk/show.html", {
    ...{ queue, own, address, isKeeper, feedUrl: just.feedUrl ?? "", problem: just.problem ?? "", clashes: just.clashes ?? [] },
    ...{ keepsRooms: rooms.length > 0, waitingRooms },
    trail: [{ name: "Calendar", url: request.server.publicUrl("events", "/") }, { name: "Your entries" }],
  });
}
