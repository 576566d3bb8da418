import type { FastifyPluginAsync } from "fastify";
import { createRoom, listRooms, removeRoom, saveRoom } from "./rooms.ts";

/** Rooms behind the counter. */
export const roomsAdmin: FastifyPluginAsync = async (app) => {
  app.adminSections.push({
    path: "/admin/rooms",
    name: "Rooms",
    detail: "Rooms, which of them lie in which, and how many people they hold.",
    action: "edit",
  });
  app.route(listRooms);
  app.route(createRoom);
  app.route(saveRoom);
  app.route(removeRoom);
};
