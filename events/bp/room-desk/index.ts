import type { FastifyPluginAsync } from "fastify";
import { callOffBooking, decideBooking, showBookingDesk } from "./bookings.ts";
import { closeRoom, liftClosure, showRoomDesk } from "./room.ts";
import { editSlot, saveSlot } from "./slot.ts";

/** Rooms, for whoever looks after them: what waits, what is offered, and what is closed. */
export const roomDesk: FastifyPluginAsync = async (app) => {
  app.route(showBookingDesk);
  app.route(decideBooking);
  app.route(callOffBooking);
  app.route(showRoomDesk);
  app.route(closeRoom);
  app.route(liftClosure);
  app.route(editSlot);
  app.route(saveSlot);
};
