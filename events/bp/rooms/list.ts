import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";

/** GET /rooms: the rooms that can be booked. */
export const showRooms: Route = {
  method: "GET",
  url: "/rooms",
  config: { publicPage: ["calendar"] },
  async handler(request, reply) {
    const { services, publicUrl } = request.server;
    const trail = [{ name: "Calendar", url: publicUrl("events", "/") }, { name: "Rooms" }];
    const isMember = request.viewer.kind === "member";
    return reply.page("rooms/list.html", { rooms: await services.bookings.listRooms(), isMember, trail });
  },
};
