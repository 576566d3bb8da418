import type { FastifyPluginAsync } from "fastify";
import { listBookings } from "./list.ts";

/** Rooms that a member has booked. */
export const bookings: FastifyPluginAsync = async (app) => {
  app.route(listBookings);
};
