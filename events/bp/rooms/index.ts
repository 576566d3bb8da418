import type { FastifyPluginAsync } from "fastify";
import { bookTime, showTime } from "./book.ts";
import { showRooms } from "./list.ts";
import { showTimes } from "./times.ts";

/** Rooms that can be booked: which there are, when each is free, and taking one. */
export const rooms: FastifyPluginAsync = async (app) => {
  app.route(showRooms);
  app.route(showTimes);
  app.route(showTime);
  app.route(bookTime);
};
