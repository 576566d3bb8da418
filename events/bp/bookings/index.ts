import type { FastifyPluginAsync } from "fastify";
import { listBookings, payBooking, returnBooking, showBooking } from "./bookings.ts";

/** What somebody has booked. */
export const bookings: FastifyPluginAsync = async (app) => {
  app.route(listBookings);
  app.route(showBooking);
  app.route(payBooking);
  app.route(returnBooking);
};
